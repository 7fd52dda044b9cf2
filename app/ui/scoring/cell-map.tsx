import { Link } from '@remix-run/react'
import { clsx } from 'clsx'
import type { CSSProperties, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Cell } from '~/domain/scoring/vocabulary'
import { useFormat } from '../use-format'
import { classes } from './classes'

export type CellShown = { leads: number; href?: string; /** second line: a share, a rate */ note?: ReactNode }

/** The sixteen cells as a table: fit down, interest across, 1 is best. The more leads, the deeper. */
export function CellMap({ label, of, compact }: { label: string; of: (cell: Cell) => CellShown; compact?: boolean }) {
  const { t } = useTranslation('scoring')
  const format = useFormat()
  const shown = classes.map((fit) => classes.map((interest) => ({ cell: (fit * 10 + interest) as Cell, ...of((fit * 10 + interest) as Cell) })))
  const most = Math.max(1, ...shown.flat().map(({ leads }) => leads))
  return (
    <table className={clsx('cell-map', compact === true && 'cell-map-s')}>
      <caption className="sr">{label}</caption>
      <thead>
        <tr>
          <td />
          {classes.map((each) => <th key={each} scope="col">{each === 1 ? t('map.interest', { class: each }) : <><span className="sr">{t('map.interestWord')} </span>{each}</>}</th>)}
        </tr>
      </thead>
      <tbody>
        {shown.map((row, at) => (
          <tr key={classes[at]}>
            <th scope="row">{at === 0 ? t('map.fit', { class: 1 }) : <><span className="sr">{t('map.fitWord')} </span>{classes[at]}</>}</th>
            {row.map(({ cell, leads, href, note }) => {
              const inside = <><small>{cell}</small><b>{format.number(leads)}</b>{note !== undefined && <span>{note}</span>}</>
              return (
                <td key={cell} className={leads === 0 ? 'none' : undefined} style={{ '--heat-at': `${String(Math.round(Math.sqrt(leads / most) * 34))}%` } as CSSProperties}>
                  {href === undefined || leads === 0 ? <span className="cell-in">{inside}</span> : <Link to={href} className="cell-in" aria-label={t('map.open', { cell, count: leads, formatted: format.number(leads) })}>{inside}</Link>}
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
