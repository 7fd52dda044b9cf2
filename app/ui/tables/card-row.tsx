import type { ReactNode } from 'react'

/** A row of a table on a phone: three fields of it. */
export function CardRow({ tick, primary, secondary, end }: { tick: ReactNode; primary: ReactNode; secondary: ReactNode; end: ReactNode }) {
  return (
    <li className="card-row">
      <span className="row-span-2">{tick}</span>
      <span className="min-w-0">{primary}</span>
      <span className="card-second">{secondary}</span>
      <span className="card-end">{end}</span>
    </li>
  )
}
