import { useEffect, useRef, useState } from 'react'

export type Selection = {
  count: number; isAll: boolean; ids: ReadonlySet<string>; isEverything: boolean
  /** on a phone: rows can be ticked; `pick` begins it with one of them */
  isPicking: boolean; setPicking: (isPicking: boolean) => void; pick: (at: number) => void
  has: (id: string) => boolean; toggle: (at: number, isRange: boolean) => void; setAll: (all: boolean) => void; setEverything: (everything: boolean) => void
}

/** Which rows are ticked. With Shift, all from the row ticked last to this one. "Everything" is all that match, of all pages. */
export function useSelection(rows: readonly { id: string }[]): Selection {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set())
  const [isEverything, setEverything] = useState(false)
  const [isPicking, setPicking] = useState(false)
  const last = useRef(0)
  const shape = rows.map(({ id }) => id).join()
  useEffect(() => { setIds(new Set()); setEverything(false); setPicking(false) }, [shape])
  return {
    ids, count: ids.size, isEverything, isAll: rows.length > 0 && ids.size === rows.length,
    isPicking, setPicking: (on) => { setPicking(on); if (!on) { setIds(new Set()); setEverything(false) } },
    pick: (at) => { setPicking(true); last.current = at; const one = rows[at]; if (one !== undefined) setIds(new Set([one.id])) },
    has: (id) => ids.has(id),
    toggle: (at, isRange) => {
      const one = rows[at]
      if (one === undefined) return
      const next = new Set(ids)
      const isOn = !ids.has(one.id)
      const [from, to] = isRange ? [Math.min(at, last.current), Math.max(at, last.current)] : [at, at]
      for (const { id } of rows.slice(from, to + 1)) if (isOn) next.add(id); else next.delete(id)
      last.current = at
      setIds(next)
      if (next.size < rows.length) setEverything(false)
    },
    setAll: (all) => { setIds(new Set(all ? rows.map(({ id }) => id) : [])); if (!all) setEverything(false) },
    setEverything,
  }
}
