import { seeded } from '~/lib/seeded'
import { patternOf, type Table } from './table'

const MOST = 150_000

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
