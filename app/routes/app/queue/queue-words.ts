import { useTranslation } from 'react-i18next'
import { useLeadWords } from '~/ui/leads/lead-words'
import type { QueueLead } from '~/ui/leads/types'
import { useFormat } from '~/ui/use-format'

export type Lost = { perHour: number; currency: string | null }

/** Why a lead stands where it stands, in words, and what an hour of waiting costs. */
export function useQueueWords(now: Date) {
  const { t } = useTranslation('queue')
  const leads = useLeadWords()
  const format = useFormat()
  const seconds = (at: Date | null) => Math.abs(now.getTime() - (at ?? now).getTime()) / 1000
  return {
    chip(row: QueueLead): string {
      if (row.reason === 'done') return row.outcome === null ? t('reason.done') : leads.outcome({ outcome: row.outcome, labels: row.labels })
      const when = row.reasonAt === null ? '' : format.date(row.reasonAt, seconds(row.reasonAt) < 86_400 ? 'time' : 'moment')
      const reason = row.reason === 'fresh' && row.lastContactAt !== null ? 'again' : row.reason
      return t(`reason.${reason}`, { when, duration: format.duration(seconds(row.reasonAt)), channel: row.channel?.name ?? row.source.name, attempt: format.number(row.attempt + 1) })
    },
    why(row: QueueLead): string {
      const at = row.reason === 'later' ? row.restsUntil : row.reasonAt
      return t(`why.${row.reason}`, { when: at === null ? '' : format.date(at, 'moment'), attempt: format.number(row.attempt + 1) })
    },
    /** "¥410/h"; without amounts the share of a win: "2.9 %/h". */
    lost({ perHour, currency }: Lost): string {
      if (currency === null) return t('perHour', { value: format.percent(perHour, perHour >= 0.0995 ? 0 : 1) })
      return t('perHour', { value: format.money(Math.round(perHour), currency, { whole: perHour >= 1_000 }) })
    },
    clock(row: QueueLead): { text: string; tone: '' | 'warn' | 'breach'; icon: 'clock' | 'day' } {
      const { reason, reasonAt } = row
      if (reason === 'callback' || reason === 'sla_breached') return { text: format.duration(seconds(reasonAt)), tone: 'breach', icon: 'clock' }
      if (reason === 'sla_due') return { text: format.duration(seconds(reasonAt)), tone: 'warn', icon: 'clock' }
      if (reason === 'fresh') return { text: format.duration(seconds(reasonAt ?? row.cameInAt)), tone: seconds(reasonAt) > 3_600 ? 'warn' : '', icon: 'clock' }
      if (reason === 'later' && row.restsUntil !== null) return { text: format.date(row.restsUntil, seconds(row.restsUntil) < 86_400 ? 'time' : 'day'), tone: '', icon: 'day' }
      return { text: format.date(row.lastContactAt ?? row.cameInAt, 'day'), tone: '', icon: 'day' }
    },
  }
}
