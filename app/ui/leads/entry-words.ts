import { useTranslation } from 'react-i18next'
import { checklistAnswers, checklistItems, personRoles } from '~/domain/leads/vocabulary'
import { useFormat } from '../use-format'
import { useLeadWords } from './lead-words'
import type { TimelineEntryView } from './types'

type Words = { title: string; quote: string | null; small: string[] }
const some = (...parts: (string | null | undefined | false)[]): string[] => parts.filter((part): part is string => typeof part === 'string' && part !== '')

/** What an entry of the timeline says. */
export function useEntryWords(entry: TimelineEntryView, names: Record<string, string>): Words {
  const { t, i18n } = useTranslation('leads')
  const { t: mail } = useTranslation('mail')
  const format = useFormat()
  const words = useLeadWords()
  switch (entry.kind) {
    case 'touch':
      return { title: touchTitle(entry), quote: null, small: some(pathOf(entry.said.page), entry.channel, entry.campaign, entry.verdict === 'machine' && t('timeline.machine'), entry.verdict === 'unsure' && t('timeline.unsure')) }
    case 'inquiry': {
      const title = (entry.person ?? '') === '' ? t('timeline.inquiry', { source: entry.source }) : t('timeline.inquiryBy', { person: entry.person ?? '', source: entry.source })
      return { title, quote: entry.message, small: some(entry.isRepeat && t('timeline.repeat')) }
    }
    case 'move': {
      const amount = entry.amount === null || entry.currency === null ? null : format.money(entry.amount, entry.currency)
      const small = some(entry.grade !== null && t('gradeChip', { grade: entry.grade }), amount, words.reason(entry.reason), entry.isImported && t('timeline.imported'), entry.actor)
      if (entry.undoes !== null) return { title: t('timeline.undid', { to: t(`stage.${entry.to}`) }), quote: null, small }
      if (entry.from === null) return { title: t('timeline.opened'), quote: null, small }
      if (entry.from === entry.to) return { title: t('timeline.corrected', { stage: t(`stage.${entry.to}`) }), quote: null, small }
      return { title: t('timeline.moved', { from: t(`stage.${entry.from}`), to: t(`stage.${entry.to}`) }), quote: null, small }
    }
    case 'mail': {
      const title = entry.person === null || entry.person === '' ? `${mail('mail')}: ${mail(`state.${entry.state}`)}` : mail(`title.${entry.state}`, { person: entry.person })
      return { title, quote: entry.subject, small: some(entry.problem !== null && mail(`problem.${entry.problem}`), entry.actor) }
    }
    case 'activity': {
      const length = entry.durationSeconds === null ? null : t('timeline.lasted', { minutes: `${String(Math.floor(entry.durationSeconds / 60))}:${String(entry.durationSeconds % 60).padStart(2, '0')}` })
      const small = some(entry.detail !== null && t(`which.${entry.detail}`), entry.direction === 'in' && t('timeline.in'), length, entry.nextStepAt !== null && t('timeline.next', { when: format.date(entry.nextStepAt, 'moment') }), entry.actor)
      if (entry.outcome === null) return { title: t(`kind.${entry.activity}`), quote: entry.note, small }
      const said = { kind: t(`kind.${entry.activity}`), outcome: words.outcome(entry) }
      return { title: (entry.person ?? '') === '' ? t('timeline.contact', said) : t('timeline.contactWith', { ...said, person: entry.person ?? '' }), quote: entry.note, small }
    }
    case 'change': return { title: changeTitle(entry), quote: null, small: some(entry.change === 'owner' && words.reason(entry.reason), entry.actor) }
  }

  function touchTitle({ touch, said: { event, topic, minutes } }: Extract<TimelineEntryView, { kind: 'touch' }>): string {
    const kind = t(`timeline.touch.${touch}`)
    const about = topic ?? kind
    if (event === 'joined') return t('timeline.joined', { topic: about })
    if (event === 'left') return minutes === null ? t('timeline.left', { topic: about }) : t('timeline.stayed', { topic: about, count: minutes })
    if (event === 'accepted') return t('timeline.accepted')
    if (event === 'removed') return t('timeline.removed')
    return topic === null ? kind : t('timeline.about', { kind, topic })
  }

  function changeTitle({ change, before, after, reason }: Extract<TimelineEntryView, { kind: 'change' }>): string {
    const [first = '', second = ''] = (after ?? '').split(':')
    switch (change) {
      case 'owner': return t('timeline.owner', { from: named(before), to: named(after) })
      case 'verdict': return after === 'junk' ? t('timeline.junk', { reason: words.junk(reason) }) : t('timeline.valid')
      case 'snooze': return after === null ? t('timeline.woken') : t('timeline.snoozed', { when: format.date(after, 'moment') })
      case 'separate': return t('timeline.separate')
      case 'checklist': {
        const [item, answer] = [checklistItems.find((known) => known === first), checklistAnswers.find((known) => known === second)]
        return item === undefined || answer === undefined ? first : t('timeline.check', { item: t(`check.${item}`), answer: t(`check.${answer}`) })
      }
      case 'field': return t(second === 'empty' ? 'timeline.fieldEmptied' : 'timeline.fieldSet', { field: names[i18n.language === 'zh-CN' ? `${first}:zh-CN` : first] ?? '' })
      case 'role': {
        const role = personRoles.find((known) => known === second)
        return t('timeline.role', { person: names[first] ?? '', role: role === undefined ? second : t(`role.${role}`) })
      }
    }
  }

  function named(id: string | null): string {
    return id === null ? t('list.nobody') : (names[id] ?? '')
  }
}

/** The path of an address: without where it is, and without what it was asked. */
function pathOf(page: string | null): string | null {
  return page !== null && URL.canParse(page) ? new URL(page).pathname : page
}
