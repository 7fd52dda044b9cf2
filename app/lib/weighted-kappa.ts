/**
 * Cohen's kappa with quadratic weights of a square table of counts (rows: one judge, columns: the other): how far two judges
 * agree beyond chance, 1 is always, 0 as by chance; a miss by two grades weighs four times one by one. Null where either
 * never varies or nothing was judged. Source: J. Cohen (1968), Weighted kappa, Psychological Bulletin 70(4), 213–220.
 */
export function weightedKappa(table: readonly (readonly number[])[]): number | null {
  const total = table.flat().reduce((sum, n) => sum + n, 0)
  const rows = table.map((row) => row.reduce((sum, n) => sum + n, 0))
  const columns = table.map((_, at) => table.reduce((sum, row) => sum + (row[at] ?? 0), 0))
  const far = (i: number, j: number) => (i - j) ** 2
  const observed = table.reduce((sum, row, i) => sum + row.reduce((inner, n, j) => inner + far(i, j) * n, 0), 0)
  const expected = rows.reduce((sum, row, i) => sum + columns.reduce((inner, column, j) => inner + far(i, j) * row * column, 0), 0)
  return expected === 0 ? null : 1 - (observed * total) / expected
}
