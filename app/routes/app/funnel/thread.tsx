import { useTranslation } from 'react-i18next'
import type { FunnelReport, FunnelRow, StageTimes, StepTime } from '~/domain/analytics'
import { FunnelThread, type FunnelStage } from '~/ui/charts/funnel-thread'
import { useFormat, type Format } from '~/ui/use-format'
import { leadsHref, type Asked } from './links'

type ThreadProps = { asked: Asked; report: FunnelReport; times: StageTimes; previous: FunnelRow | null }

/** The whole period as one thread; a stage, and what was lost from it, opens its leads. */
export function Thread({ asked, report: { totals }, times, previous }: ThreadProps) {
  const { t } = useTranslation('funnel')
  const format = useFormat()
  const isCohort = asked.view === 'cohort'
  const lostFrom = (from: 'inquiry' | 'qualified' | 'graded') => {
    const rows = times.lost.filter((row) => row.from === from)
    const count = rows.reduce((sum, row) => sum + row.leads, 0)
    const note = rows.slice(0, 2).map((row) => `${t(`reason.${row.reason ?? 'none'}` as 'reason.none')} ${format.number(row.leads)}`).join(t('listComma'))
    return { count, note, ...(count > 0 && count === totals.lost ? { href: leadsHref(asked, 'lost') } : {}) }
  }
  const was = (metric: 'valid_leads' | 'qualified' | 'graded' | 'won') => (previous === null ? undefined : previous[metric])
  const note = (metric: 'qualified' | 'graded' | 'won') => {
    const share = format.percent(totals.rates[metric])
    // The last heading has the least room.
    const rate = !isCohort ? undefined : metric === 'won' ? share : t('thread.ofValid', { rate: share })
    const before = was(metric)
    return [rate, before === undefined ? undefined : t('thread.was', { n: format.number(before) })].filter(Boolean).join(t('listComma'))
  }
  const before = was('valid_leads')
  const first = [t('thread.validOf', { leads: format.number(totals.leads) }), before === undefined ? undefined : t('thread.was', { n: format.number(before) })].filter(Boolean).join(t('listComma'))
  const open = (stage: keyof StageTimes['open']) => (isCohort ? { count: times.open[stage].leads } : undefined)
  const stages: FunnelStage[] = [
    { id: 'inquiry', count: totals.valid_leads, href: leadsHref(asked, 'valid_leads'), note: first, ripening: open('inquiry'), lost: lostFrom('inquiry'), previous: before, toNextNote: stepNote(times.to_qualified) },
    { id: 'qualified', count: totals.qualified, href: leadsHref(asked, 'qualified'), note: note('qualified'), ripening: open('qualified'), lost: lostFrom('qualified'), previous: was('qualified'), toNextNote: stepNote(times.to_graded) },
    { id: 'graded', count: totals.graded, href: leadsHref(asked, 'graded'), note: note('graded'), ripening: open('graded'), lost: lostFrom('graded'), previous: was('graded'), toNextNote: stepNote(times.to_won) },
    { id: 'won', count: totals.won, href: leadsHref(asked, 'won'), note: note('won'), previous: was('won') },
  ]
  return <FunnelThread stages={stages} exposure={{ count: totals.exposures }} />

  function stepNote({ median, p90 }: StepTime): string | undefined {
    return median === null || p90 === null ? undefined : t('thread.median', { median: spanOf(median, format), p90: spanOf(p90, format) })
  }
}

const spanOf = (days: number, format: Format): string => format.duration(Math.max(0, days) * 86_400)
