import { CholeskyDecomposition, Matrix } from 'ml-matrix'
import type { Sparse } from './encode-columns'

export type Fitted = { intercept: number; weights: Float64Array; isSettled: boolean }

const MOST_STEPS = 40
const SETTLED = 1e-7

/**
 * Logistic regression with a ridge of `penalty` on every weight but the intercept, by iteratively reweighted least squares
 * (Newton's method); a step that makes it worse is halved. `start` is where to begin: the answer is the same.
 */
export function fitRidge(rows: Sparse, outcomes: Uint8Array, size: number, penalty: number, start?: Fitted): Fitted {
  const beta = new Float64Array(size + 1)
  if (start !== undefined) beta.set([...start.weights, start.intercept])
  else beta[size] = logit((outcomes.reduce((sum, each) => sum + each, 0) + 0.5) / (outcomes.length + 1))
  let loss = lossOf(rows, outcomes, beta, penalty)
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const delta = newtonStep(rows, outcomes, beta, penalty)
    let share = 1
    let next = moved(beta, delta, share)
    let after = lossOf(rows, outcomes, next, penalty)
    while (after > loss && share > 1e-4) {
      share /= 2
      next = moved(beta, delta, share)
      after = lossOf(rows, outcomes, next, penalty)
    }
    const gain = loss - after
    if (gain > 0) beta.set(next)
    loss = Math.min(loss, after)
    if (gain < SETTLED * (Math.abs(loss) + 1)) return { intercept: beta[size] ?? 0, weights: beta.slice(0, size), isSettled: true }
  }
  return { intercept: beta[size] ?? 0, weights: beta.slice(0, size), isSettled: false }
}

/** What the weights say of each row, as log-odds. */
export function logOdds({ at, value, starts }: Sparse, { intercept, weights }: Pick<Fitted, 'intercept' | 'weights'>): Float64Array {
  const odds = new Float64Array(starts.length - 1)
  for (let row = 0; row < odds.length; row += 1) {
    let sum = intercept
    for (let k = starts[row] ?? 0; k < (starts[row + 1] ?? 0); k += 1) sum += (value[k] ?? 0) * (weights[at[k] ?? 0] ?? 0)
    odds[row] = sum
  }
  return odds
}

export const sigmoid = (x: number): number => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x)))
const logit = (p: number): number => Math.log(p / (1 - p))
/** log(1 + e^x) without overflow. */
const softplus = (x: number): number => (x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x)))
const moved = (beta: Float64Array, delta: Float64Array, share: number): Float64Array => beta.map((each, i) => each + share * (delta[i] ?? 0))

function lossOf(rows: Sparse, outcomes: Uint8Array, beta: Float64Array, penalty: number): number {
  const size = beta.length - 1
  const odds = logOdds(rows, { intercept: beta[size] ?? 0, weights: beta.subarray(0, size) })
  let loss = 0
  for (let row = 0; row < odds.length; row += 1) loss += softplus(odds[row] ?? 0) - (outcomes[row] ?? 0) * (odds[row] ?? 0)
  for (let i = 0; i < size; i += 1) loss += (penalty / 2) * (beta[i] ?? 0) ** 2
  return loss
}

// Rows have a few attributes each, so the matrix is summed from pairs of them rather than multiplied out.
function newtonStep(rows: Sparse, outcomes: Uint8Array, beta: Float64Array, penalty: number): Float64Array {
  const size = beta.length - 1
  const { at, value, starts } = rows
  const hessian = new Float64Array((size + 1) * (size + 1))
  const gradient = new Float64Array(size + 1)
  const odds = logOdds(rows, { intercept: beta[size] ?? 0, weights: beta.subarray(0, size) })
  for (let row = 0; row < odds.length; row += 1) {
    const p = sigmoid(odds[row] ?? 0)
    const weight = Math.max(p * (1 - p), 1e-9)
    const rest = (outcomes[row] ?? 0) - p
    const [from, to] = [starts[row] ?? 0, starts[row + 1] ?? 0]
    for (let k = from; k < to; k += 1) {
      const [i, x] = [at[k] ?? 0, value[k] ?? 0]
      gradient[i] = (gradient[i] ?? 0) + rest * x
      const line = i * (size + 1)
      for (let l = from; l <= k; l += 1) hessian[line + (at[l] ?? 0)] = (hessian[line + (at[l] ?? 0)] ?? 0) + weight * x * (value[l] ?? 0)
      hessian[size * (size + 1) + i] = (hessian[size * (size + 1) + i] ?? 0) + weight * x
    }
    gradient[size] = (gradient[size] ?? 0) + rest
    hessian[(size + 1) ** 2 - 1] = (hessian[(size + 1) ** 2 - 1] ?? 0) + weight
  }
  for (let i = 0; i < size; i += 1) {
    gradient[i] = (gradient[i] ?? 0) - penalty * (beta[i] ?? 0)
    hessian[i * (size + 2)] = (hessian[i * (size + 2)] ?? 0) + penalty
  }
  return solve(hessian, gradient)
}

/** Solves a positive definite system of which the lower half is given. */
function solve(lower: Float64Array, right: Float64Array): Float64Array {
  const size = right.length
  const matrix = Matrix.zeros(size, size)
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      matrix.set(i, j, lower[i * size + j] ?? 0)
      matrix.set(j, i, lower[i * size + j] ?? 0)
    }
  }
  return Float64Array.from(new CholeskyDecomposition(matrix).solve(Matrix.columnVector(Array.from(right))).to1DArray())
}
