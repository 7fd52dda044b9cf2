import { Link, useSearchParams } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { stages } from '~/domain/leads/vocabulary'
import { writeCondition } from '~/lib/conditions'
import { EmptyState } from '~/ui/primitives/empty-state'
import { LinkButton } from '~/ui/primitives/button'
import { Pager } from '~/ui/tables/pager'
import { useFormat } from '~/ui/use-format'
import { countedAtMost } from './counted'
import { LeadBoard } from './lead-board'
import { LeadTable } from './lead-table'
import { listHref } from './list-address'
import type { ListData } from './route'

/** The leads: as a table, in groups, or on a board. */
export function ListBody({ data }: { data: ListData }) {
  const { t } = useTranslation('leads')
  const [search] = useSearchParams()
  const isFiltered = Object.keys(data.applied).length > 0 || search.has('f') || search.has('or')
  const { rows, groups, columns, count, nextCursor, isFirst } = data
  const none = rows.length === 0 && (groups ?? []).length === 0 && (columns ?? []).every((column) => column.rows.length === 0)
  if (none) {
    return isFiltered
      ? <EmptyState kind="filtered" clearHref="/leads">{t('list.filteredHint')}</EmptyState>
      : <EmptyState kind="empty" title={t('list.empty')} action={<LinkButton to="/sources">{t('list.connect')}</LinkButton>}>{t('list.emptyHint')}</EmptyState>
  }
  if (columns !== null) return <LeadBoard data={data} columns={columns} />
  if (groups !== null) return <Groups data={data} groups={groups} />
  return (
    <div className="tbl-responsive fills">
      {data.isUnsorted && <p role="status" className="ll-said">{t('list.tooManyToSort')}</p>}
      <LeadTable data={data} rows={rows} />
      <Pager
        total={count ?? undefined} approximate={count !== null && count >= countedAtMost} firstHref={isFirst ? null : listHref(search, {})}
        nextHref={nextCursor === null ? null : listHref(search, { cursor: nextCursor })}
      />
    </div>
  )
}

function Groups({ data, groups }: { data: ListData; groups: NonNullable<ListData['groups']> }) {
  const { t } = useTranslation('lists')
  const { t: leads } = useTranslation('leads')
  const [search] = useSearchParams()
  const format = useFormat()
  const by = search.get('group') ?? 'stage'
  const nameOf = (key: string | null, name: string | null) => {
    const stage = stages.find((each) => each === key)
    if (by === 'cell') return key === null ? t('applied.noCell') : t('applied.cell', { cell: key })
    return stage !== undefined ? leads(`stage.${stage}`) : (name ?? (by === 'channel' ? leads('list.noChannel') : leads('list.nobody')))
  }
  const inside = (key: string | null) => listHref(search, { group: null, f: [...search.getAll('f'), writeCondition({ field: by, op: key === null ? 'empty' : 'is', values: key === null ? [] : [key] })] })
  return (
    <div className="ll-groups fills">
      {data.isUnsorted && <p role="status" className="ll-said">{leads('list.tooManyToSort')}</p>}
      {groups.map(({ key, name, count, rows }) => (
        <section key={key ?? 'none'} aria-label={nameOf(key, name)}>
          <h2 className="ll-group"><Link to={inside(key)} className="lnk">{nameOf(key, name)}</Link> <span className="chip tn">{count === null ? '…' : count >= countedAtMost ? '10,000+' : format.number(count)}</span></h2>
          {rows.length > 0 && <LeadTable data={data} rows={rows} label={nameOf(key, name)} />}
          {(count ?? countedAtMost) > rows.length && <p className="ll-more"><Link to={inside(key)} className="lnk">{t('showAll')}</Link></p>}
        </section>
      ))}
    </div>
  )
}
