/** How well predictions fit outcomes. Shares are 0 to 1; `lift` counts against the average. */
export type Quality = { auc: number; average_precision: number; brier: number; log_loss: number; ece: number; lift_10: number; capture_20: number; capture_50: number }
export type Decile = { rows: number; predicted: number; actual: number; lift: number }

const BINS = 10

/**
 * Quality of predicted probabilities. Rows with one prediction share their place: at a cut each counts by the share of them that falls
 * inside, so that no order of the file makes it better. ECE: ten bins of equal width, weighted by rows.
 */
export function qualityOf(predicted: Float64Array, outcomes: Uint8Array): Quality {
  const order = Int32Array.from(predicted.keys()).sort((a, b) => (predicted[b] ?? 0) - (predicted[a] ?? 0))
  const groups = groupsOf(order, predicted, outcomes)
  const positives = groups.reduce((sum, group) => sum + group.positives, 0)
  const captured = (share: number) => capture(groups, share * predicted.length) / Math.max(positives, 1)
  return {
    auc: aucOf(groups), average_precision: precisionOf(groups, positives), ...lossesOf(predicted, outcomes), ece: eceOf(predicted, outcomes),
    lift_10: captured(0.1) / 0.1, capture_20: captured(0.2), capture_50: captured(0.5),
  }
}

type Group = { rows: number; positives: number }

function groupsOf(order: Int32Array, predicted: Float64Array, outcomes: Uint8Array): Group[] {
  const groups: Group[] = []
  let last: number | undefined
  for (const row of order) {
    const value = predicted[row] ?? 0
    if (value !== last) groups.push({ rows: 0, positives: 0 })
    last = value
    const group = groups.at(-1)
    if (group === undefined) continue
    group.rows += 1
    group.positives += outcomes[row] ?? 0
  }
  return groups
}

/** Area under the ROC curve: how often a positive row stands before a negative one; equals count half. */
export function areaUnder(predicted: Float64Array, outcomes: Uint8Array): number {
  return aucOf(groupsOf(Int32Array.from(predicted.keys()).sort((a, b) => (predicted[b] ?? 0) - (predicted[a] ?? 0)), predicted, outcomes))
}

function aucOf(groups: readonly Group[]): number {
  let [above, won, lost] = [0, 0, 0]
  for (const { rows, positives } of groups) {
    const negatives = rows - positives
    above += negatives * (won + positives / 2)
    won += positives
    lost += negatives
  }
  return won === 0 || lost === 0 ? Number.NaN : above / (won * lost)
}

// Davis and Goadrich 2006: precision at each distinct threshold, weighted by the recall it adds.
function precisionOf(groups: readonly Group[], positives: number): number {
  let [rows, found, sum] = [0, 0, 0]
  for (const group of groups) {
    rows += group.rows
    found += group.positives
    sum += group.positives * (found / rows)
  }
  return positives === 0 ? Number.NaN : sum / positives
}

function capture(groups: readonly Group[], first: number): number {
  let [left, found] = [first, 0]
  for (const { rows, positives } of groups) {
    const taken = Math.min(1, left / rows)
    found += positives * taken
    left -= rows * taken
    if (left <= 0) break
  }
  return found
}

function lossesOf(predicted: Float64Array, outcomes: Uint8Array): { brier: number; log_loss: number } {
  let [brier, loss] = [0, 0]
  predicted.forEach((p, row) => {
    const y = outcomes[row] ?? 0
    const safe = Math.min(1 - 1e-15, Math.max(1e-15, p))
    brier += (p - y) ** 2
    loss -= y === 1 ? Math.log(safe) : Math.log(1 - safe)
  })
  return { brier: brier / predicted.length, log_loss: loss / predicted.length }
}

function eceOf(predicted: Float64Array, outcomes: Uint8Array): number {
  const bins = Array.from({ length: BINS }, () => ({ rows: 0, predicted: 0, actual: 0 }))
  predicted.forEach((p, row) => {
    const bin = bins[Math.min(BINS - 1, Math.floor(p * BINS))]
    if (bin === undefined) return
    bin.rows += 1
    bin.predicted += p
    bin.actual += outcomes[row] ?? 0
  })
  return bins.reduce((sum, bin) => sum + Math.abs(bin.predicted - bin.actual), 0) / predicted.length
}

/** Tenths of the rows, best first: what was promised and what came. */
export function decilesOf(predicted: Float64Array, outcomes: Uint8Array): Decile[] {
  const order = Int32Array.from(predicted.keys()).sort((a, b) => (predicted[b] ?? 0) - (predicted[a] ?? 0))
  const average = outcomes.reduce((sum, each) => sum + each, 0) / outcomes.length
  return Array.from({ length: BINS }, (_, i) => {
    const part = order.subarray(Math.round((i * order.length) / BINS), Math.round(((i + 1) * order.length) / BINS))
    const mean = (of: (row: number) => number) => part.reduce((sum, row) => sum + of(row), 0) / Math.max(part.length, 1)
    const actual = mean((row) => outcomes[row] ?? 0)
    return { rows: part.length, predicted: mean((row) => predicted[row] ?? 0), actual, lift: actual / average }
  })
}
