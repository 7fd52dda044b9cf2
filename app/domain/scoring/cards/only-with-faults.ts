import type { CardFault, CardLine } from '../contract'
import { excludeEachOther } from './exclusive'

/** Of lines that count only with another: the other is not there, they wait for each other, or both can never hold. */
export function onlyWithFaults(lines: readonly CardLine[]): CardFault[] {
  const byKey = new Map(lines.map((line) => [line.key, line]))
  const told = new Set<string>()
  return lines.flatMap((line, at): CardFault[] => {
    if (line.onlyWith === null) return []
    const other = byKey.get(line.onlyWith)
    const fault = (code: CardFault['code'], params: CardFault['params'] = {}): CardFault[] => [{ at: `lines.${at}.onlyWith`, code, params }]
    if (other === undefined) return fault('only-with-unknown', { key: line.onlyWith })
    const cycle = cycleFrom(line, byKey)
    if (cycle !== null) {
      if (told.has(line.key)) return []
      for (const key of cycle) told.add(key)
      return fault('only-with-cycle', { cycle: [...cycle, line.key].join(' → ') })
    }
    return ancestors(line, byKey).some((each) => excludeEachOther(line.criterion, each.criterion)) ? fault('only-with-never', { key: other.key }) : []
  })
}

/** The lines on the way back to this one, itself first; null where it leads nowhere near it. */
function cycleFrom(line: CardLine, byKey: ReadonlyMap<string, CardLine>): string[] | null {
  const way = [line.key]
  let next = line.onlyWith
  while (next !== null && !way.includes(next)) {
    way.push(next)
    next = byKey.get(next)?.onlyWith ?? null
  }
  return next === line.key ? way : null
}

function ancestors(line: CardLine, byKey: ReadonlyMap<string, CardLine>): CardLine[] {
  const found: CardLine[] = []
  let next = line.onlyWith === null ? undefined : byKey.get(line.onlyWith)
  while (next !== undefined && !found.includes(next)) {
    found.push(next)
    next = next.onlyWith === null ? undefined : byKey.get(next.onlyWith)
  }
  return found
}
