/** A range from low to high. */
export type Interval = Readonly<{ lo: number; hi: number }>

const Z_95 = 1.959963984540054

/**
 * Wilson's score interval of a share of `k` in `n` at 95 % unless another z is given; null where n is 0.
 * Source: Wilson (1927); figures as statsmodels `proportion_confint(method='wilson')`.
 */
export function wilson(k: number, n: number, z: number = Z_95): Interval | null {
  if (!Number.isFinite(k) || !Number.isFinite(n) || k < 0 || k > n) throw new RangeError('Need 0 ≤ k ≤ n')
  if (n === 0) return null
  const share = k / n
  const centre = share + (z * z) / (2 * n)
  const spread = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n))
  const scale = 1 + (z * z) / n
  return {
    lo: k === 0 ? 0 : (centre - spread) / scale,
    hi: k === n ? 1 : (centre + spread) / scale,
  }
}

/**
 * The p-quantile by linear interpolation between neighbours, as PostgreSQL's `percentile_cont`;
 * null of nothing. Values need not be sorted.
 */
export function quantile(values: readonly number[], p: number): number | null {
  if (!(p >= 0 && p <= 1)) throw new RangeError('Need 0 ≤ p ≤ 1')
  if (values.length === 0) return null
  const sorted = [...values].sort((a, b) => a - b)
  const position = p * (sorted.length - 1)
  const below = sorted[Math.floor(position)] ?? 0
  const above = sorted[Math.ceil(position)] ?? below
  return below + (above - below) * (position - Math.floor(position))
}

/** The median; the mean of the two middle values of an even count. */
export function median(values: readonly number[]): number | null {
  return quantile(values, 0.5)
}
