import { formatDate } from '~/i18n/format-time'
import { counted, noticeWords, said, type NoticeWords } from '~/i18n/notice-words.server'
import type { Id } from '~/lib/ids'
import type { Locale } from '~/lib/locales'
import type { notices } from '~db/schema'
import type { Named } from './notice-names'
import type { NoticeKind } from './vocabulary'

export type NoticeRow = typeof notices.$inferSelect
/** A notice as people read it: one true sentence and where it leads. */
export type NoticeLine = { id: Id<'ntc'>; kind: NoticeKind; text: string; href: string; madeAt: Date; readAt: Date | null }
type Reader = { locale: Locale; timeZone: string; memberId: Id<'mem'> | null }

/** The sentence of a notice in the reader's language, with names as the reader may see them now. */
export function noticeLine(row: NoticeRow, names: ReadonlyMap<string, Named>, reader: Reader): NoticeLine {
  const { id, kind, madeAt, readAt } = row
  const words = noticeWords(reader.locale)
  const about = row.subject === null ? undefined : names.get(row.subject)
  return { id, kind, text: textOf(row, words, about, names, reader), href: hrefOf(row, about), madeAt, readAt }
}

function textOf({ kind, count, params }: NoticeRow, words: NoticeWords, about: Named | undefined, names: ReadonlyMap<string, Named>, reader: Reader): string {
  const facts = params as Record<string, string | null>
  const text = (name: string): string => facts[name] ?? ''
  const who = about?.name ?? (count === 1 && startsWithWho(words[kind].one) ? words.someLead : words.theLead)
  const name = about?.name ?? words.gone
  switch (kind) {
    case 'sla_breached': {
      const owner = facts['ownerId'] ?? null
      if (owner === reader.memberId) return counted(words.sla_breached, count, { who })
      return counted(words.sla_breached_of, count, { who, owner: owner === null ? words.nobody : (names.get(owner)?.name ?? words.nobody) })
    }
    case 'task_due': {
      const title = typeof about?.['title'] === 'string' && about['title'] !== '' ? about['title'] : about?.name == null ? words.taskPlain : said(words.taskOf, { who: about.name })
      return counted(words.task_due, count, { title })
    }
    case 'recycle_near': return counted(words.recycle_near, count, { who, at: formatDate(text('at'), reader.locale, reader.timeZone, 'moment') })
    case 'source_alarmed': return counted(words.source_alarmed, count, { name, alarm: words.alarm[text('alarm') as keyof NoticeWords['alarm']] ?? '' })
    case 'daily_report': return counted(words.daily_report, count, { day: text('day'), name: about?.name ?? words.wholeOrganisation })
    case 'bulk_finished':
    case 'handover_done': return counted(words[kind], count, { name, ...numbersOf(about) })
    default: return counted(words[kind], count, { who, name })
  }
}

const startsWithWho = (text: string) => text.startsWith('{who}')
const numbersOf = (about: Named | undefined) => ({ total: about?.['total'] ?? 0, changed: about?.['changed'] ?? 0, skipped: about?.['skipped'] ?? 0, moved: about?.['moved'] ?? 0 })

const MINE = '/leads?owner=me'

function hrefOf({ kind, count, subject, params }: NoticeRow, about: Named | undefined): string {
  const leadId = about?.leadId
  const facts = params as Record<string, string | null>
  switch (kind) {
    case 'lead_lost': return '/pool/lost'
    case 'lead_assigned':
    case 'sla_at_risk':
    case 'sla_breached':
    case 'recycle_near': return count === 1 && leadId != null ? `/leads/${leadId}` : '/queue'
    case 'callback_due':
    case 'task_due': return count === 1 && leadId != null ? `/leads/${leadId}` : '/tasks'
    case 'mail_failed': return leadId == null ? MINE : `/leads/${leadId}`
    case 'import_finished': return subject === null || about === undefined ? '/imports' : `/imports/${subject}`
    case 'bulk_finished': return subject === null || about === undefined ? MINE : `/leads/bulk/${subject}`
    case 'source_alarmed':
    case 'source_recovered': return count === 1 && about !== undefined && subject !== null ? `/sources/${subject}` : '/sources'
    case 'handover_done': return '/settings/members'
    case 'daily_report': return `/reports/daily?day=${facts['day'] ?? ''}${facts['teamId'] == null ? '' : `&team=${facts['teamId']}`}`
    case 'robot_disabled': return '/settings/robots'
    case 'score_line_paused': return '/scoring'
    case 'test': return '/settings/notifications'
  }
}
