import type { CardTerms } from '~/domain/scoring/contract'
import type { Cell, ScoreGroup } from '~/domain/scoring/vocabulary'
import type { Sums } from './types'

export type Thresholds = CardTerms['thresholds']
export const classes = [1, 2, 3, 4] as const
export type ScoreClass = (typeof classes)[number]

/** The class of a sum: 1 is best. The same as `cellOf` of the domain, which pages may not carry. */
export const classOf = (points: number, from: readonly number[]): ScoreClass => (from.filter((least) => points < least).length + 1) as ScoreClass

/** How many leads fall into each cell. */
export function cellsOf(sums: Sums, { fit, interest }: Thresholds): Map<Cell, number> {
  const cells = new Map<Cell, number>()
  for (const sum of sums) {
    const cell = (classOf(sum.fit, fit) * 10 + classOf(sum.interest, interest)) as Cell
    cells.set(cell, (cells.get(cell) ?? 0) + sum.leads)
  }
  return cells
}

/** How many leads each class of a group has, best first. */
export function classCounts(sums: Sums, group: ScoreGroup, from: readonly number[]): number[] {
  return classes.map((each) => sums.reduce((count, sum) => (classOf(sum[group], from) === each ? count + sum.leads : count), 0))
}

export type Bar = { from: number; leads: number; class: ScoreClass }
const MOST_BARS = 48

/** Sums of a group as bars of equal width, none across a threshold's own point more than needed; `low` and `high` hold the thresholds too. */
export function barsOf(sums: Sums, group: ScoreGroup, from: readonly number[]): { bars: Bar[]; low: number; width: number; count: number } {
  const points = [...sums.map((sum) => sum[group]), ...from]
  const [low, high] = [Math.min(...points), Math.max(...points)]
  const width = Math.max(1, Math.ceil((high - low + 1) / MOST_BARS))
  const count = Math.floor((high - low) / width) + 1
  const bars = Array.from({ length: count }, (_, at): Bar => ({ from: low + at * width, leads: 0, class: classOf(low + at * width, from) }))
  for (const sum of sums) { const bar = bars[Math.floor((sum[group] - low) / width)]; if (bar !== undefined) bar.leads += sum.leads }
  return { bars, low, width, count }
}
