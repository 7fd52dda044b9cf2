import { Link, useSearchParams } from '@remix-run/react'
import { clsx } from 'clsx'
import { useRef, type MouseEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { namedSorts } from '~/domain/leads/vocabulary'
import { useLeadWords } from '~/ui/leads/lead-words'
import { Button } from '~/ui/primitives/button'
import { EditableCell } from './editable-cell'
import { columnsIn, listHref } from './list-address'
import { LeadCard } from './lead-card'
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
  const nameOrder = useOrder(name ?? { id: '', label: '', cell: () => null })
  if (name === undefined) return null
  return (
    <form ref={box} method="get" action="/leads/bulk" className={clsx('ll-table', label === undefined && 'll-fills')} data-density={search.get('density') ?? undefined}>
      {data.may.write && <SelectionBar data={data} selection={selection} rows={rows} />}
      <div className="tbl-wrap" tabIndex={0} role="region" aria-label={label ?? t('meta')}>
        <table className="tbl">
          <caption className="sr">{label ?? t('meta')}</caption>
          <thead>
            <tr>
              <th scope="col" aria-sort={nameOrder?.current}>
                {data.may.write && <input type="checkbox" className="native-check ll-tick" aria-label={l('selectAll')} checked={selection.isAll} onChange={(event) => selection.setAll(event.target.checked)} />}
                <SortLink column={name} />
              </th>
              {columns.map((column) => <Head key={column.id} column={column} />)}
            </tr>
          </thead>
          <tbody>{rows.map((row, at) => <Row key={row.id} row={row} at={at} name={name} columns={columns} data={data} selection={selection} />)}</tbody>
        </table>
      </div>
      {data.may.write && <PickButton selection={selection} />}
      <ul className="cards" aria-label={label ?? t('meta')}>{rows.map((row, at) => <LeadCard key={row.id} row={row} at={at} selection={data.may.write ? selection : null} />)}</ul>
    </form>
  )
}

/** On a phone: begin to select, or be done with it. A long press on a lead does the same. */
function PickButton({ selection: { isPicking, setPicking } }: { selection: Selection }) {
  const { t } = useTranslation('lists')
  return <p className="ll-pick"><Button size="s" variant="quiet" aria-pressed={isPicking} onPress={() => setPicking(!isPicking)}>{t(isPicking ? 'pickDone' : 'pick')}</Button></p>
}

type Shown = ListColumn & { width: string | null }

function Head({ column }: { column: Shown }) {
  const className = clsx(column.numeric === true && 'num', column.width !== null && `ll-w-${column.width}`)
  return <th scope="col" className={className} aria-sort={useOrder(column)?.current}><SortLink column={column} /></th>
}

/** How the list stands by a column now, and how it would at a press: names from A on, numbers from their largest. */
function useOrder({ sort: name }: ListColumn): { current: 'none' | 'ascending' | 'descending'; next: string } | null {
  const [search] = useSearchParams()
  const sort = search.get('sort') ?? '-came_in'
  if (name === undefined) return null
  const current = sort.replace(/^-/, '') !== name ? 'none' : sort.startsWith('-') ? 'descending' : 'ascending'
  const startsUp = namedSorts.some((each) => each === name)
  return { current, next: (current === 'none' ? startsUp : current === 'descending') ? name : `-${name}` }
}

function SortLink({ column }: { column: ListColumn }) {
  const { t } = useTranslation()
  const [search] = useSearchParams()
  const order = useOrder(column)
  if (order === null) return <>{column.label}</>
  const { current, next } = order
  return <Link to={listHref(search, { sort: next })} className="sort" preventScrollReset title={t(next.startsWith('-') ? 'table.sortDescending' : 'table.sortAscending', { column: column.label })}>{current !== 'none' && <span aria-hidden="true">{current === 'descending' ? '↓' : '↑'}</span>}{column.label}</Link>
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
