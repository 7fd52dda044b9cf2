import type { Id } from '~/lib/ids'
import type { CellCount, CellMoves } from '../contract'
import { cells, type Cell } from '../vocabulary'

const MOST_PAIRS = 20
const MOST_EXAMPLES = 50
const fitOf = (cell: Cell): number => Math.floor(cell / 10)
const interestOf = (cell: Cell): number => cell % 10
const rankOf = (cell: Cell): number => fitOf(cell) + interestOf(cell)

/**
 * Who would stand elsewhere by another card. Better and worse go by the sum of both classes; sideways is another cell of the same sum. Examples are
 * those who move farthest, so that the strangest are seen first.
 */
export function movesOf(leads: readonly { leadId: Id<'lead'>; from: Cell; to: Cell }[]): CellMoves {
  const table = () => Array.from({ length: 4 }, () => [0, 0, 0, 0])
  const moves = { same: 0, better: 0, worse: 0, sideways: 0, fit: table(), interest: table() }
  const pairs = new Map<string, { from: Cell; to: Cell; leads: number }>()
  const count = (counts: number[][], from: number, to: number) => { const row = counts[from - 1]; if (row !== undefined) row[to - 1] = (row[to - 1] ?? 0) + 1 }
  for (const { from, to } of leads) {
    count(moves.fit, fitOf(from), fitOf(to))
    count(moves.interest, interestOf(from), interestOf(to))
    const way = from === to ? 'same' : rankOf(to) < rankOf(from) ? 'better' : rankOf(to) > rankOf(from) ? 'worse' : 'sideways'
    moves[way] += 1
    if (from === to) continue
    const pair = pairs.get(`${from}-${to}`) ?? { from, to, leads: 0 }
    pairs.set(`${from}-${to}`, { ...pair, leads: pair.leads + 1 })
  }
  const far = ({ from, to }: { from: Cell; to: Cell }) => Math.abs(fitOf(from) - fitOf(to)) + Math.abs(interestOf(from) - interestOf(to))
  return {
    ...moves, top: [...pairs.values()].sort((a, b) => b.leads - a.leads || a.from - b.from || a.to - b.to).slice(0, MOST_PAIRS),
    examples: leads.filter(({ from, to }) => from !== to).sort((a, b) => far(b) - far(a)).slice(0, MOST_EXAMPLES),
  }
}

/** How many stand in each of the sixteen cells. */
export function standsOf(of: readonly Cell[]): CellCount[] {
  const counts = new Map<Cell, number>()
  for (const cell of of) counts.set(cell, (counts.get(cell) ?? 0) + 1)
  return cells.map((cell) => ({ cell, leads: counts.get(cell) ?? 0 }))
}
