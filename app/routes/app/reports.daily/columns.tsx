import { Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { DailyReport, DailyRow } from '~/domain/analytics'
import type { DailyMetric, Reached } from '~/domain/analytics/vocabulary'
import { addDays } from '~/lib/period'
import type { Column } from '~/ui/tables/data-table'
import { useFormat } from '~/ui/use-format'

// The same filters as `dailyLeadMetrics`, as they stand in the address of the list.
const filters: Record<Exclude<DailyMetric, 'contacts' | 'calls' | 'overdue'>, Record<string, string>> = {
  leads: {}, kept: { verdict: 'valid', sla: 'kept' }, missed: { verdict: 'valid', sla: 'missed' },
  qualified: { view: 'activity', verdict: 'valid', reached: 'qualified' }, graded: { view: 'activity', verdict: 'valid', reached: 'graded' }, won: { view: 'activity', verdict: 'valid', reached: 'won' },
}

/** The list behind a number: of a member, of nobody, of the team, or of all. */
export function dailyHref({ day, teamId }: Pick<DailyReport, 'day' | 'teamId'>, metric: DailyMetric, row: Pick<DailyRow, 'id'> | null): string {
  if (metric === 'contacts' || metric === 'calls') {
    const whose: Record<string, string> = row?.id == null ? (teamId === null ? {} : { team: teamId }) : { member: row.id }
    return `/reports/daily/contacts?${new URLSearchParams({ day, ...whose, ...(metric === 'calls' ? { kind: 'call' } : {}) })}`
  }
  const params = new URLSearchParams(metric === 'overdue' ? {} : { from: day, to: day, ...filters[metric] })
  if (metric === 'overdue') params.append('f', `next.to.${addDays(day, -1)}`)
  if (row !== null) params.set('owner', row.id ?? 'none')
  else if (teamId !== null) params.append('f', `team.is.${teamId}`)
  return `/leads?${params}`
}

const onPhone = ['contacts', 'calls', 'qualified', 'won', 'missed', 'overdue'] as const

/** One line a member; every count opens exactly what it counts. */
export function useDailyColumns(report: DailyReport): Column<DailyRow>[] {
  const { t } = useTranslation('notices')
  const format = useFormat()
  const shown = (metric: DailyMetric, row: DailyRow | null) => {
    const n = (row?.counts ?? report.totals)[metric]
    return n === null ? '—' : n === 0 ? format.number(0) : <Link className="lnk" to={dailyHref(report, metric, row)}>{format.number(n)}</Link>
  }
  const count = (metric: DailyMetric): Column<DailyRow> => ({ id: metric, header: t(`metric.${metric}`), numeric: true, cell: (row) => shown(metric, row), footer: shown(metric, null) })
  const reached = (targets: readonly Reached[]) => targets.length === 0 ? '—' : targets.map(({ metric, value, reached: done }) => (
    <span key={metric} className="block tn" title={t(`target.${metric}`)}>{t(`daily.reached.${metric}`, { reached: format.number(done), value: format.number(value), share: format.percent(done / value, 0) })}</span>
  ))
  return [
    { id: 'name', header: t('daily.member'), cell: (row) => row.name ?? t('daily.nobody'), footer: t('daily.total') },
    count('leads'), count('kept'), count('missed'), count('contacts'), count('calls'), count('qualified'), count('graded'), count('won'), count('overdue'),
    // On a phone a number stands with its name.
    { id: 'came', header: t('metric.leads'), hidden: true, cell: (row) => <>{t('metric.leads')} {shown('leads', row)}</> },
    { id: 'did', header: t('daily.member'), hidden: true, cell: (row) => <span className="flex flex-wrap gap-x-3">{onPhone.map((metric) => <span key={metric}>{t(`metric.${metric}`)} {shown(metric, row)}</span>)}</span> },
    { id: 'targets', header: t('daily.targets'), numeric: true, cell: (row) => reached(row.targets), footer: reached(report.targets) },
  ]
}
