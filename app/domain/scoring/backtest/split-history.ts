import type { CardRow } from '../cards/card-rows'

/** The first lead to judge by; those before it only calibrate, or were learned from. */
type Past = { cameInAt: Date; isPositive: boolean }

export const NEEDED = 30
const LAST = 0.3
const MOST_JUDGED = 0.6
const STEP = 0.05

/**
 * Where the leads begin that a card has not seen. A learned card knows when its lesson ended. Of a hand-made one it is the last 30 % of history, or
 * up to 60 % where that is what it takes for thirty of each outcome. The card in force, where it was learned, has not seen them either.
 */
export function unseenFrom(past: readonly Past[], cards: readonly CardRow[]): number {
  const seenUntil = Math.max(...cards.map(({ lesson }) => (lesson?.state === 'done' ? Date.parse(lesson.window.to) : -Infinity)))
  const first = past.findIndex(({ cameInAt }) => cameInAt.getTime() > seenUntil)
  const unseen = first === -1 ? past.length : first
  const isLearned = cards[0]?.lesson?.state === 'done'
  return isLearned ? unseen : Math.max(unseen, lastPart(past))
}

function lastPart(past: readonly Past[]): number {
  const from = (share: number) => { const at = Math.round(past.length * (1 - share)); return at }
  for (let share = LAST; share < MOST_JUDGED + STEP / 2; share += STEP) {
    const judged = past.slice(from(share))
    const positives = judged.filter(({ isPositive }) => isPositive).length
    if (Math.min(positives, judged.length - positives) >= NEEDED) return from(share)
  }
  return from(LAST)
}
