import { Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { PageSection } from '~/ui/layout/page-header'
import { ScoreCell } from '~/ui/primitives/score-cell'
import { CellMap } from '~/ui/scoring/cell-map'
import { classes } from '~/ui/scoring/classes'
import { DataTable, type Column } from '~/ui/tables/data-table'
import { useFormat } from '~/ui/use-format'
import type { Report, ReportData } from './route'

type Card = ReportData['card']

/** Who would stand elsewhere if this card came into force, of the open leads as they are now. */
export function MovesPart({ report: { moves, open }, card }: { report: Report; card: Card }) {
  const { t } = useTranslation('scoring')
  const format = useFormat()
  if (moves === null) {
    const stands = new Map(open.stands.map(({ cell, leads }) => [cell, leads]))
    return <PageSection title={t('moves.first', { count: open.leads, formatted: format.number(open.leads) })}><CellMap label={t('cells.stands')} of={(cell) => ({ leads: stands.get(cell) ?? 0 })} /></PageSection>
  }
  const moved = open.leads - moves.same
  return (
    <PageSection title={t('moves.title', { count: moved, formatted: format.number(moved), of: format.number(open.leads) })} aside={t('moves.aside', { better: format.number(moves.better), worse: format.number(moves.worse), sideways: format.number(moves.sideways) })}>
      {open.sampledFrom !== null && <p className="mb-3 text-12 text-muted">{t('moves.sampled', { n: format.number(open.leads), of: format.number(open.sampledFrom) })}</p>}
      <div className="sc-moves">
        <Matrix label={t('moves.fit')} counts={moves.fit} />
        <Matrix label={t('moves.interest')} counts={moves.interest} />
        <Top top={moves.top} />
      </div>
      <p className="mt-3 text-12 text-muted">{t('moves.read')}</p>
      {card.examples.length > 0 && <Examples examples={card.examples} />}
    </PageSection>
  )
}

/** From which class to which: what stays is on the diagonal. */
function Matrix({ label, counts }: { label: string; counts: readonly (readonly number[])[] }) {
  const { t } = useTranslation('scoring')
  const format = useFormat()
  return (
    <table className="sc-matrix tn">
      <caption>{label}</caption>
      <thead><tr><th scope="col" className="text-left">{t('moves.fromTo')}</th>{classes.map((to) => <th key={to} scope="col">{to}</th>)}</tr></thead>
      <tbody>{classes.map((from) => <tr key={from}><th scope="row" className="text-left">{from}</th>{classes.map((to) => { const leads = counts[from - 1]?.[to - 1] ?? 0; return <td key={to} className={leads === 0 ? 'text-faint' : from === to ? 'stay' : to < from ? 'rise' : 'fall'}>{format.number(leads)}</td> })}</tr>)}</tbody>
    </table>
  )
}

function Top({ top }: { top: NonNullable<Report['moves']>['top'] }) {
  const { t } = useTranslation('scoring')
  const format = useFormat()
  if (top.length === 0) return null
  return (
    <table className="sc-matrix tn">
      <caption>{t('moves.most')}</caption>
      <thead><tr><th scope="col" className="text-left">{t('moves.fromCell')}</th><th scope="col" className="text-left">{t('moves.toCell')}</th><th scope="col">{t('deciles.leads')}</th></tr></thead>
      <tbody>{top.slice(0, 6).map(({ from, to, leads }) => <tr key={`${String(from)}-${String(to)}`}><td className="text-left">{from}</td><td className="text-left">{to}</td><td>{format.number(leads)}</td></tr>)}</tbody>
    </table>
  )
}

function Examples({ examples }: { examples: Card['examples'] }) {
  const { t } = useTranslation('scoring')
  type Row = Card['examples'][number]
  const cell = (at: Row['from']) => at === null ? '—' : <span className="inline-flex items-center gap-2 tn"><ScoreCell cell={at} />{at}</span>
  const columns: Column<Row>[] = [
    { id: 'name', header: t('moves.lead'), cell: ({ leadId, name }) => <Link className="lnk sc-cut-text" to={`/leads/${leadId}`}>{name.trim() === '' ? t('moves.noName') : name}</Link> },
    { id: 'from', header: t('moves.now'), cell: ({ from }) => cell(from) }, { id: 'to', header: t('moves.then'), cell: ({ to }) => cell(to) },
    { id: 'change', header: '', hidden: true, cell: ({ from, to }) => <span className="tn">{from ?? '—'} → {to}</span> },
  ]
  return <details className="chart-data mt-4"><summary>{t('moves.examples', { count: examples.length })}</summary><div className="sc-bleed mt-2"><DataTable label={t('moves.examplesLabel')} rows={examples} columns={columns} rowId={({ leadId }) => leadId} card={{ primary: 'name', secondary: 'from', end: 'change' }} empty={null} /></div></details>
}
