import { Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Chip } from '~/ui/primitives/chip'
import { DataTable, type Column } from '~/ui/tables/data-table'
import { useFormat } from '~/ui/use-format'
import type { ScoringPageData } from './route'

type Row = ScoringPageData['cards'][number]

/** Every version: what it is, who made it, how well it sorted, what changed. */
export function VersionTable({ cards }: { cards: readonly Row[] }) {
  const { t } = useTranslation('scoring')
  const format = useFormat()
  const state = ({ state: is, learning }: Row) => {
    if (learning === 'running') return <Chip tone="warn">{t('state.learning')}</Chip>
    if (learning === 'abstained') return <Chip tone="lost">{t('state.abstained')}</Chip>
    return <Chip tone={is === 'published' ? 'won' : 'neutral'} icon={is === 'published' ? undefined : null}>{t(`state.${is}`)}</Chip>
  }
  const when = ({ state: is, publishedAt, retiredAt, changedAt }: Row) => is === 'published' ? t('list.since', { day: format.date(publishedAt, 'day-year') }) : is === 'retired' ? t('list.span', { from: format.date(publishedAt, 'day-year'), to: format.date(retiredAt, 'day-year') }) : format.date(changedAt, 'moment')
  const test = ({ cardId, test: is, auc }: Row) => is === 'none' ? '—' : is === 'running' ? t('test.running') : (
    <><Link className="lnk" to={`/scoring/${cardId}/report`} aria-label={t('list.reportOf', { auc: format.number(auc, 3) })}>{auc === null ? t('test.few') : format.number(auc, 3)}</Link>{is === 'outdated' && <span className="tbl-second">{t('test.outdated')}</span>}</>
  )
  const columns: Column<Row>[] = [
    { id: 'version', header: t('list.version'), cell: ({ version }) => t('version', { version }) },
    { id: 'state', header: t('list.state'), cell: state },
    { id: 'kind', header: t('list.kind'), cell: ({ kind }) => t(`kindOf.${kind}`) },
    { id: 'lines', header: t('list.lines'), numeric: true, cell: ({ lines }) => format.number(lines) },
    { id: 'auc', header: t('list.auc'), numeric: true, cell: test },
    { id: 'who', header: t('list.who'), cell: ({ publishedBy, createdBy }) => <span className="sc-cut-text">{publishedBy ?? createdBy ?? '—'}</span> },
    { id: 'when', header: t('list.when'), cell: (row) => <span className="tn">{when(row)}</span> },
    { id: 'note', header: t('list.note'), cell: ({ note }) => <span className="sc-cut-text sc-note" title={note ?? undefined}>{note ?? '—'}</span> },
    { id: 'second', header: '', hidden: true, cell: (row) => `${t(`kindOf.${row.kind}`)} · ${when(row)}` },
  ]
  return <div className="sc-bleed"><DataTable label={t('list.versions')} rows={cards} columns={columns} rowId={({ cardId }) => cardId} rowHref={({ cardId }) => `/scoring/${cardId}`} card={{ primary: 'version', secondary: 'second', end: 'state' }} empty={null} /></div>
}
