import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { FunnelReport, FunnelRow, LeadMetric } from '~/domain/analytics'
import { DataTable, type Column } from '~/ui/tables/data-table'
import { ChannelDot } from '~/ui/primitives/channel-dot'
import { useFormat } from '~/ui/use-format'
import { leadsHref, type Asked } from './links'

type Say = ReturnType<typeof useWords>

/** One line a channel; every number opens exactly the leads it counts. */
export function RowsTable({ asked, report }: { asked: Asked; report: FunnelReport }) {
  const say = useWords(asked, report)
  const columns = columnsOf(say)
  return (
    <DataTable
      label={say.t('table.label', { by: say.t(`by.${asked.by}`) })}
      rows={report.rows}
      columns={columns}
      rowId={(row) => row.key ?? 'none'}
      rowTone={(row) => (row.few === 'leads' ? 'thin' : undefined)}
      card={{ primary: 'name', secondary: 'summary', end: 'rate' }}
      empty={null}
    />
  )
}

function useWords(asked: Asked, report: FunnelReport) {
  const { t } = useTranslation('funnel')
  const format = useFormat()
  const count = (metric: LeadMetric, row: FunnelRow | null) => {
    const value = (row ?? report.totals)[metric]
    return value === 0 ? format.number(0) : <Link className="lnk" to={leadsHref(asked, metric, row ?? undefined)}>{format.number(value)}</Link>
  }
  return { t, format, asked, totals: report.totals, count }
}

const second = (first: ReactNode, below: ReactNode) => <>{first}<span className="tbl-second">{below}</span></>

function columnsOf(say: Say): Column<FunnelRow>[] {
  const { t, format, asked, totals, count } = say
  const counted = (id: LeadMetric, rate?: (row: FunnelRow) => number | null): Column<FunnelRow> => {
    const shown = (row: FunnelRow | null) => {
      const of = rate === undefined ? undefined : rate(row ?? totals)
      return of === undefined ? count(id, row) : second(count(id, row), format.percent(of))
    }
    return { id, header: t(`column.${id}`), numeric: true, cell: shown, footer: shown(null) }
  }
  // Few wins make the rate unsure, not the counts beside it.
  const rate = (row: FunnelRow) => {
    if (row.few === null) return share(row)
    const why = t(row.few === 'wins' ? 'table.fewWins' : 'table.thin')
    return <span className="text-faint" title={why}>{share(row)}<span className="sr">{why}</span></span>
  }
  const share = (row: FunnelRow) => second(format.percent(row.rates.won, 2), row.win_rate_interval === null ? '—' : `${format.number(row.win_rate_interval.lo * 100, 2)}–${format.number(row.win_rate_interval.hi * 100, 2)}`)
  const days = (row: FunnelRow) => second(format.number(row.days_to_won.median, 1), row.days_to_won.avg === null ? '—' : t('column.average', { days: format.number(row.days_to_won.avg, 1) }))
  const plain = (id: 'exposures' | 'inquiries'): Column<FunnelRow> =>
    ({ id, header: t(`column.${id}`), numeric: true, cell: (row) => format.number(row[id]), footer: format.number(totals[id]) })
  return [
    { id: 'name', header: t(`by.${asked.by}`), cell: (row) => <Name row={row} say={say} />, footer: t('table.all') },
    plain('exposures'), plain('inquiries'), counted('leads'), counted('valid_leads', (row) => row.rates.valid),
    counted('qualified', (row) => row.rates.qualified), counted('graded', (row) => row.rates.graded), counted('won'),
    { id: 'rate', header: t('column.rate'), numeric: true, cell: rate, footer: share(totals) },
    { id: 'days', header: t('column.days'), numeric: true, cell: days, footer: days(totals) },
    counted('lost'), counted('junk'),
    { id: 'summary', header: '', hidden: true, cell: (row) => t('table.summary', { won: format.number(row.won), valid: format.number(row.valid_leads) }) },
  ]
}

function Name({ row, say: { t, asked } }: { row: FunnelRow; say: Say }) {
  const label = row.label ?? <em className="not-italic text-muted">{t(`none.${asked.by}`)}</em>
  const name = asked.by === 'channel' ? <ChannelDot kind={row.kind}>{label}</ChannelDot> : label
  return row.few !== 'leads' ? name : second(name, t('table.thin'))
}
