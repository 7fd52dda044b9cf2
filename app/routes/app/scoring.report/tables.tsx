import { useTranslation } from 'react-i18next'
import { CellMap } from '~/ui/scoring/cell-map'
import { DataTable, type Column } from '~/ui/tables/data-table'
import { useFormat } from '~/ui/use-format'
import type { Report } from './route'

/** Tenths of the tested leads, best first: what was promised, what came, and how much of all that was found by then. */
export function DecileTable({ report: { deciles, outcome } }: { report: Report }) {
  const { t } = useTranslation('scoring')
  const format = useFormat()
  const all = deciles.reduce((sum, { positives }) => sum + positives, 0)
  const most = Math.max(...deciles.map(({ actual }) => actual), 1e-9)
  const found = (upTo: number) => deciles.slice(0, upTo + 1).reduce((sum, { positives }) => sum + positives, 0)
  return (
    <div className="tbl-wrap sc-bleed" tabIndex={0} role="region" aria-label={t('deciles.title')}>
      <table className="tbl sc-deciles">
        <caption className="sr">{t('deciles.title')}</caption>
        <thead><tr><th scope="col">{t('deciles.tenth')}</th><th scope="col" className="num">{t('deciles.leads')}</th><th scope="col" className="num">{t(`deciles.${outcome}`)}</th><th scope="col">{t('deciles.rate')}</th><th scope="col" className="num">{t('deciles.promised')}</th><th scope="col" className="num">{t('deciles.lift')}</th><th scope="col" className="num">{t('deciles.found')}</th></tr></thead>
        <tbody>
          {deciles.map(({ rows, positives, predicted, actual, lift }, at) => (
            <tr key={at}>
              <th scope="row">{t('deciles.nth', { from: at * 10, to: at * 10 + 10 })}</th>
              <td className="num">{format.number(rows)}</td><td className="num">{format.number(positives)}</td>
              <td><span className="sc-bar"><i style={{ width: `${String((actual / most) * 100)}%` }} aria-hidden="true" /><span className="tn">{format.percent(actual)}</span></span></td>
              <td className="num">{format.percent(predicted)}</td><td className="num">{t('quality.times', { n: format.number(lift, 1) })}</td><td className="num">{all === 0 ? '—' : format.percent(found(at) / all, 0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Where the tested leads stood, and what came of each cell. */
export function TestedCells({ report: { cells, open, outcome } }: { report: Report }) {
  const { t } = useTranslation('scoring')
  const format = useFormat()
  const of = new Map(cells.map((each) => [each.cell, each]))
  const stands = new Map(open.stands.map(({ cell, leads }) => [cell, leads]))
  if (cells.length === 0) return <CellMap label={t('cells.stands')} of={(cell) => ({ leads: stands.get(cell) ?? 0 })} />
  return <CellMap label={t('cells.title')} of={(cell) => { const found = of.get(cell); return { leads: found?.leads ?? 0, note: found === undefined || found.leads === 0 ? undefined : t(`cells.${outcome}`, { rate: format.percent(found.positives / found.leads, 0) }) } }} />
}

/** Whether it sorts well within each channel, too. */
export function ChannelTable({ report: { channels, outcome } }: { report: Report }) {
  const { t } = useTranslation('scoring')
  const format = useFormat()
  type Row = Report['channels'][number]
  const columns: Column<Row>[] = [
    { id: 'name', header: t('channels.channel'), cell: ({ name }) => <span className="sc-cut-text">{name ?? t('channels.none')}</span> },
    { id: 'leads', header: t('deciles.leads'), numeric: true, cell: ({ leads }) => format.number(leads) },
    { id: 'positives', header: t(`deciles.${outcome}`), numeric: true, cell: ({ positives }) => format.number(positives) },
    { id: 'rate', header: t('deciles.rate'), numeric: true, cell: ({ leads, positives }) => format.percent(leads === 0 ? null : positives / leads) },
    { id: 'auc', header: t('quality.auc'), numeric: true, cell: ({ auc }) => (auc === null ? <span title={t('channels.few')}>—<span className="sr">{t('channels.few')}</span></span> : format.number(auc, 3)) },
    { id: 'second', header: '', hidden: true, cell: ({ leads, positives }) => t('channels.second', { leads: format.number(leads), positives: format.number(positives) }) },
  ]
  return <div className="sc-bleed"><DataTable label={t('channels.title')} rows={channels} columns={columns} rowId={({ channelId }) => channelId ?? 'none'} rowTone={({ auc }) => (auc === null ? 'thin' : undefined)} card={{ primary: 'name', secondary: 'second', end: 'auc' }} empty={null} /></div>
}
