import { sigmoid } from './ridge-logistic'

/** p = sigmoid(slope × log-odds + offset). */
export type Calibration = { slope: number; offset: number }

const MOST_STEPS = 50

/**
 * Platt scaling of log-odds against what came of them, with Platt's smoothed targets (Platt 1999; Lin, Lin and Weng 2007), by Newton's
 * method. A model that says nothing, or one that would be turned round, is left as it is.
 */
export function calibrate(odds: Float64Array, outcomes: Uint8Array): Calibration {
  const positives = outcomes.reduce((sum, each) => sum + each, 0)
  const [high, low] = [(positives + 1) / (positives + 2), 1 / (outcomes.length - positives + 2)]
  let [slope, offset] = [1, 0]
  for (let step = 0; step < MOST_STEPS; step += 1) {
    let [gs, go, hss, hso, hoo] = [0, 0, 1e-9, 0, 1e-9]
    for (let row = 0; row < odds.length; row += 1) {
      const x = odds[row] ?? 0
      const p = sigmoid(slope * x + offset)
      const rest = (outcomes[row] === 1 ? high : low) - p
      const weight = p * (1 - p)
      gs += rest * x
      go += rest
      hss += weight * x * x
      hso += weight * x
      hoo += weight
    }
    const determinant = hss * hoo - hso * hso
    if (determinant <= 0) break
    const [ds, d0] = [(hoo * gs - hso * go) / determinant, (hss * go - hso * gs) / determinant]
    slope += ds
    offset += d0
    if (Math.abs(ds) + Math.abs(d0) < 1e-9) break
  }
  return Number.isFinite(slope) && Number.isFinite(offset) && slope > 0 ? { slope, offset } : { slope: 1, offset: 0 }
}
