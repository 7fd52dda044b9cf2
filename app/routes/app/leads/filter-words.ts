import { useTranslation } from 'react-i18next'
import { countedAtMost } from './counted'
import { stages } from '~/domain/leads/vocabulary'
import { useFormat } from '~/ui/use-format'

type Named = { id: string; name: string }
export type Choices = { channels: readonly (Named & { kind: string })[]; campaigns: readonly Named[]; owners: readonly Named[]; sources: readonly Named[] }

/** Filters of the old addresses in words, one by one; reports link with them. */
export function useAppliedWords() {
  const { t } = useTranslation('leads')
  const { t: l } = useTranslation('lists')
  const { t: g } = useTranslation('grades')
  const format = useFormat()
  const gradingWords = (grading: string) => grading.split('.').map((word) => (word.startsWith('given-') ? g('filter.given', { grade: word.slice(6) }) : word.startsWith('suggested-') ? g('filter.suggested', { grade: word.slice(10) }) : word.startsWith('by-') ? g('filter.by') : g(`filter.${word as 'agreed'}`))).join(g('comma'))
  const nameOf = (list: readonly Named[], id: string | undefined) => (id === undefined ? null : id === 'none' ? t('filter.none') : id === 'me' ? t('filter.me') : (list.find((each) => each.id === id)?.name ?? null))
  return (applied: Record<string, string>, choices: Choices): { names: string[]; text: string }[] => {
    const range = applied['from'] !== undefined && applied['to'] !== undefined ? format.dayRange(applied['from'], applied['to']) : applied['from'] === undefined ? (applied['to'] === undefined ? null : `… ${format.day(applied['to'])}`) : `${format.day(applied['from'])} …`
    const stage = (name: string | undefined) => stages.find((each) => each === name)
    const [standing, reached] = [stage(applied['stage']), stage(applied['reached'])]
    const parts: [string[], string | null][] = [
      [['from', 'to', 'view'], range === null ? null : t(applied['view'] === 'activity' ? 'list.happened' : 'list.cameIn', { range })],
      [['reached'], reached === undefined || reached === 'inquiry' ? null : t('list.reached', { stage: t(`stage.${reached}`) })],
      [['stage'], standing === undefined ? null : t('list.standing', { stage: t(`stage.${standing}`) })],
      [['lost'], applied['lost'] === '1' || applied['lost'] === 'true' ? t('list.lostOnly') : null],
      [['verdict'], applied['verdict'] === 'junk' ? t('list.junkOnly') : applied['verdict'] === 'valid' ? t('list.validOnly') : null],
      [['channel'], applied['channel'] === 'none' ? t('list.noChannel') : nameOf(choices.channels, applied['channel'])],
      [['campaign'], applied['campaign'] === 'none' ? `${t('filter.campaign')}: ${t('filter.none')}` : nameOf(choices.campaigns, applied['campaign'])],
      [['owner'], applied['owner'] === 'none' ? t('list.nobody') : nameOf(choices.owners, applied['owner'])], [['source'], nameOf(choices.sources, applied['source'])],
      [['answered'], applied['answered'] === 'yes' || applied['answered'] === 'no' ? l(`applied.answered.${applied['answered']}`) : null],
      [['sla'], applied['sla'] === 'kept' || applied['sla'] === 'missed' ? l(`promise.${applied['sla']}`) : null],
      [['grading'], applied['grading'] === undefined ? null : gradingWords(applied['grading'])],
      [['cell'], applied['cell'] === undefined ? null : applied['cell'] === 'none' ? l('applied.noCell') : l('applied.cell', { cell: applied['cell'] })],
      [['hour'], applied['hour'] === undefined ? null : l('applied.hour', { from: applied['hour'], to: String((Number(applied['hour']) + 1) % 24) })],
      [['as_of'], applied['as_of'] === undefined ? null : t('list.asOf', { day: format.day(applied['as_of']) })],
      [['q'], applied['q'] === undefined ? null : `“${applied['q']}”`],
    ]
    return parts.flatMap(([names, text]) => (text === null ? [] : [{ names, text }]))
  }
}

/** The sentence over the list: how many, and which. */
export function useFilterWords() {
  const { t } = useTranslation('leads')
  const { t: l } = useTranslation('lists')
  const format = useFormat()
  const words = useAppliedWords()
  return (count: number | null, applied: Record<string, string>, choices: Choices): string => {
    const total = count === null ? l('many') : count >= countedAtMost ? t('list.titleMore') : t('list.title', { count, formatted: format.number(count) })
    const parts = words(applied, choices).map(({ text }) => text)
    return parts.length === 0 ? total : `${total}${format.locale === 'zh-CN' ? '：' : ': '}${parts.join(format.locale === 'zh-CN' ? '，' : ', ')}`
  }
}
