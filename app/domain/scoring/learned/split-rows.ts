import { seeded } from '~/lib/seeded'

export type Fold = { train: Int32Array; test: Int32Array }

/** Folds in which outcomes are spread evenly; the same seed deals the same rows. */
export function stratifiedFolds(outcomes: Uint8Array, folds: number, seed = 1): Fold[] {
  const random = seeded(seed)
  const place = new Int32Array(outcomes.length)
  let next = 0
  for (const wanted of [1, 0]) {
    const rows = shuffled(Int32Array.from(outcomes.keys()).filter((row) => outcomes[row] === wanted), random)
    for (const row of rows) place[row] = next++ % folds
  }
  const all = Int32Array.from(outcomes.keys())
  return Array.from({ length: folds }, (_, fold) => ({ train: all.filter((row) => place[row] !== fold), test: all.filter((row) => place[row] === fold) }))
}

/**
 * Windows in the order of time: each is judged by what was known before it. There is one window less than `folds`, because the
 * first has nothing before it. `order` are the rows, oldest first.
 */
export function forwardFolds(order: Int32Array, folds: number): Fold[] {
  const bound = (at: number) => Math.round((at * order.length) / folds)
  return Array.from({ length: folds - 1 }, (_, i) => ({ train: order.slice(0, bound(i + 1)), test: order.slice(bound(i + 1), bound(i + 2)) }))
}

/** A fifth of the rows to choose and calibrate by: the newest where rows have an order in time, else dealt evenly. */
export function heldBack(rows: Int32Array, outcomes: Uint8Array, isByTime: boolean, seed = 1): Fold {
  if (isByTime) {
    const at = Math.round(rows.length * 0.8)
    return { train: rows.slice(0, at), test: rows.slice(at) }
  }
  const [first] = stratifiedFolds(Uint8Array.from(rows, (row) => outcomes[row] ?? 0), 5, seed)
  const pick = (chosen: Int32Array) => Int32Array.from(chosen, (at) => rows[at] ?? 0)
  return first === undefined ? { train: rows, test: rows } : { train: pick(first.train), test: pick(first.test) }
}

function shuffled(rows: Int32Array, random: () => number): Int32Array {
  for (let at = rows.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1))
    const kept = rows[at] ?? 0
    rows[at] = rows[other] ?? 0
    rows[other] = kept
  }
  return rows
}
