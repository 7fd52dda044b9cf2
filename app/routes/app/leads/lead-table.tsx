import { Link, useSearchParams } from '@remix-run/react'
import { clsx } from 'clsx'
import { useRef, type MouseEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useLeadWords } from '~/ui/leads/lead-words'
import { StageChip } from '~/ui/leads/stage-chip'
import { EditableCell } from './editable-cell'
import { columnsIn, listHref } from './list-address'
import { useListColumns, type ListColumn, type ListRow } from './lead-columns'
import { SelectionBar } from './selection-bar'
import type { ListData } from './route'
import { useRowKeys } from './use-row-keys'
import { useSelection, type Selection } from './use-selection'

type Props = { data: ListData; rows: readonly ListRow[]; label?: string }

/** Leads in rows. Ticking works without a script: the table is a form that leads to the bulk page. */
export function LeadTable({ data, rows, label }: Props) {
  const { t } = useTranslation('leads')
  const { t: l } = useTranslation('lists')
  const [search] = useSearchParams()
  const all = useListColumns(data)
  const selection = useSelection(rows)
  const box = useRef<HTMLFormElement>(null)
  useRowKeys(box, selection)
  const columns = columnsIn(search, data.fields).flatMap(({ id, width }) => { const column = all.get(id); return column === undefined ? [] : [{ ...column, width }] })
  const name = all.get('name')
  if (name === undefined) return null
  return (
    <form ref={box} method="get" action="/leads/bulk" className={clsx('ll-table', label === undefined && 'll-fills')} data-density={search.get('density') ?? undefined}>
      {data.may.write && <SelectionBar data={data} selection={selection} rows={rows} />}
      <div className="tbl-wrap" tabIndex={0} role="region" aria-label={label ?? t('meta')}>
        <table className="tbl">
          <caption className="sr">{label ?? t('meta')}</caption>
          <thead>
            <tr>
              <th scope="col">
                {data.may.write && <input type="checkbox" className="native-check ll-tick" aria-label={l('selectAll')} checked={selection.isAll} onChange={(event) => selection.setAll(event.target.checked)} />}
                {name.label}
              </th>
              {columns.map((column) => <Head key={column.id} column={column} />)}
            </tr>
          </thead>
          <tbody>{rows.map((row, at) => <Row key={row.id} row={row} at={at} name={name} columns={columns} data={data} selection={selection} />)}</tbody>
        </table>
      </div>
      <ul className="cards" aria-label={label ?? t('meta')}>{rows.map((row) => <Card key={row.id} row={row} />)}</ul>
    </form>
  )
}

type Shown = ListColumn & { width: string | null }

function Head({ column }: { column: Shown }) {
  const { t } = useTranslation()
  const [search] = useSearchParams()
  const sort = search.get('sort') ?? '-came_in'
  const className = clsx(column.numeric === true && 'num', column.width !== null && `ll-w-${column.width}`)
  if (column.sort === undefined) return <th scope="col" className={className}>{column.label}</th>
  const current = sort.replace(/^-/, '') === column.sort ? (sort.startsWith('-') ? 'descending' : 'ascending') : 'none'
  const next = current === 'descending' ? column.sort : `-${column.sort}`
  return (
    <th scope="col" className={className} aria-sort={current}>
      <Link to={listHref(search, { sort: next })} className="sort" preventScrollReset title={t(next.startsWith('-') ? 'table.sortDescending' : 'table.sortAscending', { column: column.label })}>{current !== 'none' && <span aria-hidden="true">{current === 'descending' ? '↓' : '↑'}</span>}{column.label}</Link>
    </th>
  )
}

function Row({ row, at, name, columns, data, selection }: { row: ListRow; at: number; name: ListColumn; columns: readonly Shown[]; data: ListData; selection: Selection }) {
  const { t } = useTranslation()
  const words = useLeadWords()
  const isTicked = selection.has(row.id)
  return (
    <tr aria-selected={isTicked} data-row={at} data-lead={row.id}>
      <td>
        {data.may.write && <input type="checkbox" name="pick" value={`${row.id}-${row.version}`} className="native-check ll-tick" aria-label={t('table.selectRow', { name: words.name(row) })} checked={isTicked} onClick={(event: MouseEvent) => selection.toggle(at, event.shiftKey)} onChange={() => undefined} />}
        <Link to={`/leads/${row.id}`} prefetch="intent" className="row-link">{name.cell(row)}</Link>
      </td>
      {columns.map((column) => (
        <td key={column.id} className={clsx(column.numeric === true && 'num', column.width !== null && `ll-w-${column.width}`)}>
          {column.edit === undefined ? column.cell(row) : <EditableCell row={row} column={column} edit={column.edit} data={data} />}
        </td>
      ))}
    </tr>
  )
}

function Card({ row }: { row: ListRow }) {
  const words = useLeadWords()
  return (
    <li className="card-row">
      <span className="row-span-2" />
      <span className="min-w-0"><Link to={`/leads/${row.id}`} className="row-link">{words.name(row)}</Link></span>
      <span className="card-second">{row.company?.name ?? ''}{row.channel === null ? '' : ` · ${row.channel.name}`}</span>
      <span className="card-end"><StageChip lead={row} /></span>
    </li>
  )
}
