import { patternOf, type Table } from './table'

const MOST = 150_000

/** A source of numbers in [0, 1) that repeats itself for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** How pairs taken at random agree: all pairs of a small table, 150,000 of a large one. */
export function randomPatterns(table: Table, seed = 1, most = MOST): Map<number, number> {
  const counts = new Map<number, number>()
  const note = (a: number, b: number) => {
    const pattern = patternOf(table, a, b)
    counts.set(pattern, (counts.get(pattern) ?? 0) + 1)
  }
  if ((table.size * (table.size - 1)) / 2 <= most) {
    for (let a = 0; a < table.size; a += 1) for (let b = a + 1; b < table.size; b += 1) note(a, b)
    return counts
  }
  const random = seeded(seed)
  for (let drawn = 0; drawn < most;) {
    const [a, b] = [Math.floor(random() * table.size), Math.floor(random() * table.size)]
    if (a === b) continue
    note(a, b)
    drawn += 1
  }
  return counts
}
