import { useSearchParams } from '@remix-run/react'
import { useRef, useState } from 'react'

export type Selection = {
  count: number; isAll: boolean; ids: ReadonlySet<string>; isEverything: boolean
  /** on a phone: rows can be ticked; `pick` begins it with one of them */
  isPicking: boolean; setPicking: (isPicking: boolean) => void; pick: (at: number) => void
  has: (id: string) => boolean; toggle: (at: number, isRange: boolean) => void; setAll: (all: boolean) => void; setEverything: (everything: boolean) => void
}
type Ticked = { of: string; ids: readonly string[]; isEverything: boolean; isPicking: boolean }

/**
 * Which rows are ticked. With Shift, all from the row ticked last to this one. "Everything" is all that match, of all
 * pages. Another question (filter, page) begins anew; rows that come, go or change their place meanwhile change no tick.
 */
export function useSelection(rows: readonly { id: string }[]): Selection {
  const [params] = useSearchParams()
  const search = questionOf(params)
  const none: Ticked = { of: search, ids: [], isEverything: false, isPicking: false }
  const [kept, setKept] = useState(none)
  const last = useRef<string | null>(null)
  const ticked = kept.of === search ? kept : none
  const ids = new Set(rows.map(({ id }) => id).filter((id) => ticked.ids.includes(id)))
  // From what was kept last: two ticks may come before the page is painted once.
  const keep = (change: (before: Ticked) => Partial<Ticked>) => {
    setKept((before) => {
      const known = before.of === search ? before : none
      return { ...known, ...change(known) }
    })
  }
  return {
    ids, count: ids.size, isAll: rows.length > 0 && ids.size === rows.length, isEverything: ticked.isEverything, isPicking: ticked.isPicking,
    setPicking: (isPicking) => { keep(() => (isPicking ? { isPicking } : none)) },
    pick: (at) => {
      const one = rows[at]?.id
      last.current = one ?? null
      keep(() => ({ isPicking: true, ids: one === undefined ? [] : [one] }))
    },
    has: (id) => ids.has(id),
    toggle: (at, isRange) => {
      const one = rows[at]?.id
      if (one === undefined) return
      const before = isRange ? rows.findIndex(({ id }) => id === last.current) : at
      const from = before === -1 ? at : before
      const range = rows.slice(Math.min(at, from), Math.max(at, from) + 1).map(({ id }) => id)
      last.current = one
      keep((known) => {
        const others = known.ids.filter((id) => !range.includes(id))
        return known.ids.includes(one) ? { ids: others, isEverything: false } : { ids: [...others, ...range] }
      })
    },
    setAll: (all) => { keep(() => (all ? { ids: rows.map(({ id }) => id) } : { ids: [], isEverything: false })) },
    setEverything: (isEverything) => { keep(() => ({ isEverything })) },
  }
}

/** What of an address says which leads there are; the rest is how they are looked at. */
function questionOf(params: URLSearchParams): string {
  const asked = new URLSearchParams(params)
  for (const name of ['peek', 'density', 'cols', 'layout', 'add', 'edit', 'deleted', 'refused']) asked.delete(name)
  return asked.toString()
}
