import { Link, useLocation } from '@remix-run/react'
import ArrowDown from 'lucide-react/icons/arrow-down'
import ArrowUp from 'lucide-react/icons/arrow-up'
import { useTranslation } from 'react-i18next'
import { sortSearch, type Sort } from './sort'

type Head = { id: string; header: string; unit?: string; numeric?: boolean; sortable?: boolean; firstSort?: 'asc' | 'desc'; width?: number | string }

export function HeadCell({ column, sort }: { column: Head; sort: Sort | undefined }) {
  const { t } = useTranslation()
  const { search } = useLocation()
  const style = column.width === undefined ? undefined : { width: column.width }
  const text = (
    <>
      {column.header}
      {column.unit !== undefined && <span className="unit">{column.unit}</span>}
    </>
  )
  const className = column.numeric === true ? 'num' : undefined
  if (column.header === '') return <td className={className} style={style} />
  if (column.sortable !== true) return <th scope="col" className={className} style={style}>{text}</th>

  const current = sort?.by === column.id ? sort.direction : null
  const first = column.firstSort ?? (column.numeric === true ? 'desc' : 'asc')
  const next = current === null ? first : current === 'asc' ? 'desc' : 'asc'
  const Arrow = current === 'asc' ? ArrowUp : ArrowDown
  return (
    <th scope="col" className={className} style={style} aria-sort={current === null ? 'none' : current === 'asc' ? 'ascending' : 'descending'}>
      <Link to={sortSearch(search, { by: column.id, direction: next })} preventScrollReset className="sort" title={t(next === 'asc' ? 'table.sortAscending' : 'table.sortDescending', { column: column.header })}>
        {column.numeric === true && current !== null && <Arrow className="i-s" aria-hidden="true" />}
        {text}
        {column.numeric !== true && current !== null && <Arrow className="i-s" aria-hidden="true" />}
      </Link>
    </th>
  )
}
