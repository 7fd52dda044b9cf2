import { useTranslation } from 'react-i18next'
import { countedAtMost } from './counted'
import { stages } from '~/domain/leads/vocabulary'
import { useFormat } from '~/ui/use-format'

type Named = { id: string; name: string }
export type Choices = { channels: (Named & { kind: string })[]; campaigns: Named[]; owners: Named[]; sources: Named[] }

/** The sentence over the list: how many, and which. */
export function useFilterWords() {
  const { t } = useTranslation('leads')
  const format = useFormat()
  const nameOf = (list: readonly Named[], id: string | undefined) => (id === undefined ? null : id === 'none' ? t('filter.none') : id === 'me' ? t('filter.me') : (list.find((each) => each.id === id)?.name ?? null))
  return (count: number, applied: Record<string, string>, choices: Choices): string => {
    const total = count >= countedAtMost ? t('list.titleMore') : t('list.title', { count, formatted: format.number(count) })
    const range = applied['from'] !== undefined && applied['to'] !== undefined ? format.dayRange(applied['from'], applied['to']) : applied['from'] === undefined ? (applied['to'] === undefined ? null : `… ${format.day(applied['to'])}`) : `${format.day(applied['from'])} …`
    const stage = (name: string | undefined) => stages.find((each) => each === name)
    const [standing, reached] = [stage(applied['stage']), stage(applied['reached'])]
    const parts = [
      range === null ? null : t(applied['view'] === 'activity' ? 'list.happened' : 'list.cameIn', { range }),
      reached === undefined || reached === 'inquiry' ? null : t('list.reached', { stage: t(`stage.${reached}`) }),
      standing === undefined ? null : t('list.standing', { stage: t(`stage.${standing}`) }),
      applied['lost'] === '1' ? t('list.lostOnly') : null,
      applied['verdict'] === 'junk' ? t('list.junkOnly') : applied['verdict'] === 'valid' ? t('list.validOnly') : null,
      applied['channel'] === 'none' ? t('list.noChannel') : nameOf(choices.channels, applied['channel']), applied['campaign'] === 'none' ? `${t('filter.campaign')}: ${t('filter.none')}` : nameOf(choices.campaigns, applied['campaign']),
      applied['owner'] === 'none' ? t('list.nobody') : nameOf(choices.owners, applied['owner']), nameOf(choices.sources, applied['source']),
      applied['as_of'] === undefined ? null : t('list.asOf', { day: format.day(applied['as_of']) }),
      applied['q'] === undefined ? null : `“${applied['q']}”`,
    ].filter((part) => part !== null)
    return parts.length === 0 ? total : `${total}${format.locale === 'zh-CN' ? '：' : ': '}${parts.join(format.locale === 'zh-CN' ? '，' : ', ')}`
  }
}
