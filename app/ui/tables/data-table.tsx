import { Link } from '@remix-run/react'
import { rowSelectionFeature, tableFeatures, useTable, type ColumnDef, type Row as TableRow } from '@tanstack/react-table'
import { clsx } from 'clsx'
import { useEffect, useMemo, useRef, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Checkbox } from '../primitives/checkbox'
import { CardRow } from './card-row'
import { HeadCell } from './head-cell'
import { Pager, type PagerProps } from './pager'
import { SelectionBar, type Selection } from './selection-bar'
import type { Sort } from './sort'

export type Column<Row> = {
  id: string
  header: string
  /** unit or currency, faint after the header */
  unit?: string
  cell: (row: Row) => ReactNode
  /** numbers: right-aligned, tabular */
  numeric?: boolean
  sortable?: boolean
  /** first click of a sortable header; numbers start at their largest */
  firstSort?: 'asc' | 'desc'
  /** the totals row, recomputed and never averaged */
  footer?: ReactNode
  width?: number | string
  hidden?: boolean
}

export type DataTableProps<Row> = {
  label: string
  rows: readonly Row[]
  columns: readonly Column<Row>[]
  rowId: (row: Row) => string
  /** the first column becomes the row's link */
  rowHref?: (row: Row) => string
  /** for screen readers: "Select Chen Yuting" */
  rowName?: (row: Row) => string
  /** "thin" greys a row with too few leads to judge */
  rowTone?: (row: Row) => 'thin' | undefined
  sort?: Sort
  pager?: PagerProps
  selection?: Selection
  /** three columns a phone shows */
  card: { primary: string; secondary: string; end: string }
  /** an EmptyState, shown instead of rows */
  empty: ReactNode
  /** takes the rest of the window; header and pager stay while rows scroll */
  fill?: boolean
}

const features = tableFeatures({ rowSelectionFeature })
type Features = typeof features

/** The one table. The order, the page and the filters are in the URL; selection is the page's. */
export function DataTable<Row extends object>({ label, rows, columns, rowId, rowHref, rowName, rowTone, sort, pager, selection, card, empty, fill }: DataTableProps<Row>) {
  const { t } = useTranslation()
  const shown = useMemo(() => columns.filter(({ hidden }) => hidden !== true), [columns])
  const definitions = useMemo(() => shown.map((column): ColumnDef<Features, Row> => ({ id: column.id, header: column.header })), [shown])
  const selected = useMemo(() => Object.fromEntries<true>([...(selection?.selected ?? [])].map((id): [string, true] => [id, true])), [selection?.selected])
  const table = useTable<Features, Row>({
    features,
    columns: definitions,
    data: rows as Row[],
    getRowId: rowId,
    enableRowSelection: selection !== undefined,
    state: { rowSelection: selected },
    onRowSelectionChange: (update) => {
      const next = typeof update === 'function' ? update(selected) : update
      selection?.onChange(new Set(Object.keys(next).filter((id) => next[id] === true)))
    },
  })
  const scroller = useRef<HTMLDivElement>(null)
  const first = rows[0]
  const firstId = first === undefined ? '' : rowId(first)
  useEffect(() => {
    scroller.current?.scrollTo({ top: 0 })
  }, [firstId])
  if (rows.length === 0) return <>{empty}</>

  const tick = (row: TableRow<Features, Row>) =>
    selection === undefined ? null : <Checkbox aria-label={t('table.selectRow', { name: rowName?.(row.original) ?? row.id })} isSelected={row.getIsSelected()} onChange={(value) => row.toggleSelected(value)} />
  const hasTotals = shown.some(({ footer }) => footer !== undefined)
  const cellOf = (id: string, row: Row) => columns.find((column) => column.id === id)?.cell(row)
  const linked = (row: Row, content: ReactNode) => (rowHref === undefined ? content : <Link to={rowHref(row)} prefetch="intent" className="row-link">{content}</Link>)

  return (
    <div className={clsx('tbl-responsive', fill === true && 'fills')}>
      {selection !== undefined && selection.selected.size > 0 && <SelectionBar selection={selection} />}
      <div className="tbl-wrap" ref={scroller} tabIndex={0} role="region" aria-label={label}>
        <table className="tbl">
          <caption className="sr">{label}</caption>
          <thead>
            <tr>
              {selection !== undefined && (
                <th scope="col" className="w-8">
                  <Checkbox aria-label={t('table.selectAll')} isSelected={table.getIsAllRowsSelected()} isIndeterminate={table.getIsSomeRowsSelected() && !table.getIsAllRowsSelected()} onChange={(value) => table.toggleAllRowsSelected(value)} />
                </th>
              )}
              {shown.map((column) => (
                <HeadCell key={column.id} column={column} sort={sort} />
              ))}
            </tr>
          </thead>
          <tbody>
            {table.getRowModel().rows.map((row) => (
              <tr key={row.id} aria-selected={selection === undefined ? undefined : row.getIsSelected()} className={rowTone?.(row.original)}>
                {selection !== undefined && <td>{tick(row)}</td>}
                {/* Called, never mounted as a component: columns are made anew by every render, and what is in a cell would lose its state. */}
                {shown.map((column, index) => (
                  <td key={column.id} className={column.numeric === true ? 'num' : undefined}>
                    {index === 0 ? linked(row.original, column.cell(row.original)) : column.cell(row.original)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
          {hasTotals && (
            <tfoot>
              <tr>
                {selection !== undefined && <td />}
                {shown.map((column, index) => {
                  const Cell = index === 0 ? 'th' : 'td'
                  return <Cell key={column.id} className={column.numeric === true ? 'num' : undefined} {...(index === 0 ? { scope: 'row' } : {})}>{column.footer}</Cell>
                })}
              </tr>
            </tfoot>
          )}
        </table>
      </div>
      <ul className="cards" aria-label={label}>
        {table.getRowModel().rows.map((row) => (
          <CardRow key={row.id} tick={tick(row)} primary={linked(row.original, cellOf(card.primary, row.original))} secondary={cellOf(card.secondary, row.original)} end={cellOf(card.end, row.original)} />
        ))}
      </ul>
      {pager !== undefined && <Pager {...pager} />}
    </div>
  )
}
