import { fromUuid, type Id } from '~/lib/ids'

/** A told world is the same every time: all its chance comes from one seeded source. */
export type Chance = {
  next: () => number
  below: (n: number) => number
  happens: (p: number) => boolean
  pick: <T>(from: readonly T[]) => T
  weighted: <T>(from: readonly (readonly [T, number])[]) => T
  /** Skewed to the right around a median, as times and prices are. */
  around: (median: number, spread: number) => number
  id: <P extends string>(prefix: P, at: Date) => Id<P>
}

const at = <T>(list: readonly T[], index: number): T => list[index] as T

/** Mulberry32: small, fast and good enough to tell a story. */
export function chance(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const below = (n: number) => Math.floor(next() * n)
  const weighted = <T>(from: readonly (readonly [T, number])[]): T => {
    let rest = next() * from.reduce((sum, [, weight]) => sum + weight, 0)
    for (const [value, weight] of from) if ((rest -= weight) < 0) return value
    return at(from, from.length - 1)[0]
  }
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
  const hex = (digits: number) => Array.from({ length: digits }, () => below(16).toString(16)).join('')
  return {
    next, below, weighted,
    happens: (p) => next() < p,
    pick: (from) => at(from, below(from.length)),
    around: (median, spread) => median * Math.exp(spread * normal()),
    id: (prefix, moment) => {
      const ms = moment.getTime().toString(16).padStart(12, '0')
      return fromUuid(prefix, `${ms.slice(0, 8)}-${ms.slice(8)}-7${hex(3)}-${at(['8', '9', 'a', 'b'], below(4))}${hex(3)}-${hex(12)}`)
    },
  }
}
