import { Link, useSearchParams } from '@remix-run/react'
import ArrowDown from 'lucide-react/icons/arrow-down'
import ArrowUp from 'lucide-react/icons/arrow-up'
import Columns3 from 'lucide-react/icons/columns-3'
import { useTranslation } from 'react-i18next'
import { groupings, namedSorts, sortNames } from '~/domain/leads/vocabulary'
import { Disclosure } from '~/ui/layout/disclosure'
import { SegmentedLinks } from '~/ui/primitives/segmented-links'
import { columnsIn, columnsText, listHref, type ShownColumn } from './list-address'
import { useColumnLabels } from './lead-columns'
import type { ListData } from './route'

/** How the list looks: table or board, order, groups, density, and which columns. All of it stands in the address. */
export function Display({ data }: { data: ListData }) {
  const { t } = useTranslation('lists')
  const [search] = useSearchParams()
  const isBoard = search.get('layout') === 'board'
  const sort = search.get('sort') ?? '-came_in'
  const link = (label: string, to: string, current: boolean) => ({ label, href: to, current })
  return (
    <div className="ll-display">
      <SegmentedLinks label={t('layout')} items={[link(t('table'), listHref(search, { layout: 'table' }), !isBoard), link(t('board'), listHref(search, { layout: 'board' }), isBoard)]} />
      {!isBoard && (
        <Disclosure className="ll-menu ll-end" label={t('display')} summary={<span className="btn"><Columns3 className="i" aria-hidden="true" />{t('display')}</span>}>
          <div className="pop pop-pad ll-form ll-wide">
            <p className="list-head">{t('order')}</p>
            <p className="ll-links">{sortNames.map((name) => {
              const isHere = sort.replace(/^-/, '') === name
              const goesUp = isHere ? sort.startsWith('-') : namedSorts.some((each) => each === name)
              return <Link key={name} className="chip" aria-current={isHere ? 'true' : undefined} to={listHref(search, { sort: goesUp ? name : `-${name}` })}>{t(`sort.${name}`)}{isHere && (sort.startsWith('-') ? <ArrowDown className="i-s" aria-hidden="true" /> : <ArrowUp className="i-s" aria-hidden="true" />)}</Link>
            })}</p>
            <p className="list-head">{t('groups')}</p>
            <p className="ll-links">
              <Link className="chip" aria-current={search.has('group') ? undefined : 'true'} to={listHref(search, { group: null })}>{t('noGroups')}</Link>
              {groupings.map((name) => <Link key={name} className="chip" aria-current={search.get('group') === name ? 'true' : undefined} to={listHref(search, { group: name })}>{t(`group.${name}`)}</Link>)}
            </p>
            <p className="list-head">{t('density')}</p>
            <p className="ll-links">{(['comfortable', 'compact'] as const).map((name) => <Link key={name} className="chip" aria-current={(search.get('density') ?? 'comfortable') === name ? 'true' : undefined} to={listHref(search, { density: name })}>{t(`densities.${name}`)}</Link>)}</p>
            <p className="list-head">{t('columns')}</p>
            <ColumnList data={data} />
          </div>
        </Disclosure>
      )}
    </div>
  )
}

function ColumnList({ data }: { data: ListData }) {
  const { t } = useTranslation('lists')
  const [search] = useSearchParams()
  const labels = useColumnLabels(data.fields)
  const shown = columnsIn(search, data.fields)
  const hidden = [...labels.keys()].filter((id) => !shown.some((column) => column.id === id))
  const to = (columns: ShownColumn[]) => listHref(search, { cols: columnsText(columns) })
  const moved = (at: number, by: number) => { const next = [...shown]; const [one] = next.splice(at, 1); if (one !== undefined) next.splice(at + by, 0, one); return to(next) }
  return (
    <ul className="ll-cols">
      {shown.map((column, at) => {
        const name = labels.get(column.id) ?? column.id
        return (
          <li key={column.id}>
            <Link role="checkbox" aria-checked="true" to={to(shown.filter(({ id }) => id !== column.id))} className="ll-col-name">☑ {name}</Link>
            <span className="seg ll-widths" role="group" aria-label={t('widthOf', { name })}>{(['s', 'm', 'l'] as const).map((width) => <Link key={width} aria-current={column.width === width ? 'true' : undefined} aria-label={t(`width.${width}`)} to={to(shown.map((each) => (each.id === column.id ? { ...each, width: each.width === width ? null : width } : each)))}>{width.toUpperCase()}</Link>)}</span>
            {at > 0 && <Link aria-label={t('moveUp', { name })} to={moved(at, -1)} className="btn btn-quiet btn-icon btn-s"><ArrowUp className="i-s" aria-hidden="true" /></Link>}
            {at < shown.length - 1 && <Link aria-label={t('moveDown', { name })} to={moved(at, 1)} className="btn btn-quiet btn-icon btn-s"><ArrowDown className="i-s" aria-hidden="true" /></Link>}
          </li>
        )
      })}
      {hidden.map((id) => <li key={id}><Link role="checkbox" aria-checked="false" to={to([...shown, { id, width: null }])} className="ll-col-name text-muted">☐ {labels.get(id)}</Link></li>)}
    </ul>
  )
}
