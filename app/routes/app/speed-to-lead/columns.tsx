import { Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { SpeedMetric, SpeedReport, SpeedRow } from '~/domain/analytics'
import { ChannelDot } from '~/ui/primitives/channel-dot'
import type { Column } from '~/ui/tables/data-table'
import { useFormat } from '~/ui/use-format'

// The same filters as `speedMetrics`, as they stand in the address of the list.
const filters: Record<SpeedMetric, [string, string]> = { answered: ['answered', 'yes'], unanswered: ['answered', 'no'], kept: ['sla', 'kept'], missed: ['sla', 'missed'] }

function leadsHref({ from, to, by }: SpeedReport, metric: SpeedMetric, row: SpeedRow | null): string {
  const params = new URLSearchParams({ from, to, verdict: 'valid', [filters[metric][0]]: filters[metric][1] })
  if (row !== null) params.set(by, row.key ?? 'none')
  return `/leads?${params}`
}

/** One line a channel, rep or hour; every count opens exactly the leads it counts. */
export function useSpeedColumns(report: SpeedReport): Column<SpeedRow>[] {
  const { t } = useTranslation('sla')
  const format = useFormat()
  const { totals, by } = report
  const nameOf = (row: SpeedRow) => {
    if (by === 'hour') return `${(row.key ?? '').padStart(2, '0')}:00`
    if (by === 'owner') return row.label ?? t('speed.nobody')
    return <ChannelDot kind={row.kind}>{row.label ?? t('speed.noChannel')}</ChannelDot>
  }
  const count = (metric: SpeedMetric): Column<SpeedRow> => {
    const shown = (row: SpeedRow | null) => {
      const n = (row ?? totals)[metric]
      return n === 0 ? format.number(0) : <Link className="lnk" to={leadsHref(report, metric, row)}>{format.number(n)}</Link>
    }
    return { id: metric, header: t(metric === 'kept' ? 'speed.inTime' : `speed.${metric}`), numeric: true, cell: shown, footer: shown(null) }
  }
  const wait = (id: 'p50working' | 'p90working' | 'p50calendar' | 'p90calendar', of: (row: SpeedRow) => number | null): Column<SpeedRow> => {
    const shown = (row: SpeedRow) => { const minutes = of(row); return minutes === null ? '—' : format.duration(minutes * 60, minutes < 60) }
    return { id, header: t(`speed.${id}`), numeric: true, cell: (row) => <span title={row.judged ? undefined : t('speed.few')}>{shown(row)}</span>, footer: shown(totals) }
  }
  const kept = count('kept')
  const share = (row: SpeedRow | null) => (row ?? totals).in_time === null ? '—' : <>{row === null ? kept.footer : kept.cell(row)}<span className="tbl-second">{format.percent((row ?? totals).in_time)}</span></>
  return [
    { id: 'name', header: t(`speed.${by}`), cell: nameOf, footer: t('speed.total') },
    count('answered'), count('unanswered'),
    wait('p50working', (row) => row.working.p50), wait('p90working', (row) => row.working.p90), wait('p50calendar', (row) => row.calendar.p50), wait('p90calendar', (row) => row.calendar.p90),
    { ...kept, cell: share, footer: share(null) }, count('missed'),
  ]
}
