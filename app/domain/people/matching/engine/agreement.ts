/** How found clusters agree with the truth, over all pairs of rows. */
export type Agreement = { truePairs: number; foundPairs: number; precision: number | null; recall: number | null; f1: number | null }

/** Pairwise precision, recall and F1 of a clustering; null where there is no denominator. */
export function agreementOf(clusterOf: ArrayLike<number>, truth: readonly string[]): Agreement {
  const [found, real, both] = [new Map<number, number>(), new Map<string, number>(), new Map<string, number>()]
  for (const [row, entity] of truth.entries()) {
    const cluster = clusterOf[row] ?? row
    found.set(cluster, (found.get(cluster) ?? 0) + 1)
    real.set(entity, (real.get(entity) ?? 0) + 1)
    both.set(`${cluster} ${entity}`, (both.get(`${cluster} ${entity}`) ?? 0) + 1)
  }
  const [foundPairs, truePairs, hits] = [pairsIn(found.values()), pairsIn(real.values()), pairsIn(both.values())]
  const [precision, recall] = [ratio(hits, foundPairs), ratio(hits, truePairs)]
  return { truePairs, foundPairs, precision, recall, f1: ratio(2 * hits, foundPairs + truePairs) }
}

function pairsIn(counts: Iterable<number>): number {
  let pairs = 0
  for (const count of counts) pairs += (count * (count - 1)) / 2
  return pairs
}

const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole)
