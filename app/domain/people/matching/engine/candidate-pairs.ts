import { atomsOf, type Atom } from './block-keys'
import type { Table } from './table'

/** A blocking key: rows with equal readings in all its atoms are compared. */
export type BlockingKey = { name: string; atoms: readonly Atom[]; expected: number }
export type BlockingLimits = { mostKeys: number; pairsPerRow: number; largestBlock: number }

export const usualLimits: BlockingLimits = { mostKeys: 48, pairsPerRow: 60, largestBlock: 400 }
const SMALL = 1_000_000
const SINGLE_SHARE = 0.25

/**
 * Chooses complementary keys from the table itself: readings of one column that are rare enough alone, and of two
 * columns together, each column about equally often, the most selective first, until their pairs reach the limit.
 */
export function chooseKeys(table: Table, limits: BlockingLimits = usualLimits): BlockingKey[] {
  const all = (table.size * (table.size - 1)) / 2
  const budget = Math.min(all * 2, Math.max(SMALL, table.size * limits.pairsPerRow))
  const atoms = atomsOf(table).filter(({ likelihood }) => likelihood > 0)
  const offered = [...singles(atoms, all, budget), ...couples(atoms, all, budget)]
  const used = new Map<number, number>()
  const chosen: BlockingKey[] = []
  let spent = 0
  while (chosen.length < limits.mostKeys && offered.length > 0) {
    offered.sort((a, b) => usage(used, a) - usage(used, b) || a.expected - b.expected)
    const next = offered.shift()
    if (next === undefined || spent + next.expected > budget) continue
    chosen.push(next)
    spent += next.expected
    for (const at of columnsOf(next)) used.set(at, (used.get(at) ?? 0) + 1)
  }
  return chosen.sort((a, b) => a.expected - b.expected)
}

const columnsOf = ({ atoms }: BlockingKey): number[] => [...new Set(atoms.flatMap(({ columns }) => columns))]
const usage = (used: ReadonlyMap<number, number>, key: BlockingKey): number => Math.max(...columnsOf(key).map((at) => used.get(at) ?? 0))

function singles(atoms: readonly Atom[], all: number, budget: number): BlockingKey[] {
  return atoms.map((atom) => ({ name: atom.name, atoms: [atom], expected: atom.likelihood * all })).filter(({ expected }) => expected <= budget * SINGLE_SHARE)
}

function couples(atoms: readonly Atom[], all: number, budget: number): BlockingKey[] {
  return atoms.flatMap((one, at) => atoms.slice(at + 1).flatMap((other) => {
    if (one.columns.some((column) => other.columns.includes(column))) return []
    const expected = one.likelihood * other.likelihood * all
    return expected <= budget * SINGLE_SHARE ? [{ name: `${one.name} + ${other.name}`, atoms: [one, other], expected }] : []
  }))
}

/**
 * Hands every pair of rows that share a block to `take`, once; blocks beyond `largestBlock` say too little and are left
 * out. Answers each key's block of each row (-1 for none), by which one can tell whether two rows were compared.
 */
export function eachPair(table: Table, keys: readonly BlockingKey[], { largestBlock }: BlockingLimits, take: (a: number, b: number) => void): Int32Array[] {
  const before: Int32Array[] = []
  for (const key of keys) {
    const blockOf = new Int32Array(table.size).fill(-1)
    let block = 0
    for (const rows of blocksOf(table, key)) {
      if (rows.length < 2 || rows.length > largestBlock) continue
      block += 1
      for (const row of rows) blockOf[row] = block
      for (let i = 0; i < rows.length; i += 1) {
        for (let j = i + 1; j < rows.length; j += 1) {
          const [a, b] = [rows[i] ?? 0, rows[j] ?? 0]
          if (!before.some((of) => (of[a] ?? -1) >= 0 && of[a] === of[b])) take(a, b)
        }
      }
    }
    before.push(blockOf)
  }
  return before
}

function blocksOf(table: Table, { atoms }: BlockingKey): Iterable<number[]> {
  const blocks = new Map<number, number[]>()
  const width = table.size + 1
  for (let row = 0; row < table.size; row += 1) {
    let block = 0
    for (const { of } of atoms) {
      const place = of[row] ?? -1
      block = place < 0 || block < 0 ? -1 : block * width + place
    }
    if (block < 0) continue
    const rows = blocks.get(block)
    if (rows === undefined) blocks.set(block, [row])
    else rows.push(row)
  }
  return blocks.values()
}
