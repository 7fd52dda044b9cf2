/** Two rows said to be one, and how surely (bits). */
export type Link = { a: number; b: number; weight: number }
export type ClusterGuard = {
  /** No cluster grows beyond this. */
  mostRows: number
  /** Whether two rows can never be one, whatever joins them (other ids, "different" said by a person). */
  conflict?: (a: number, b: number) => boolean
}

/**
 * Joins rows into clusters, the surest link first (union–find). A link that would make a cluster too large, or put
 * two rows together that conflict, is refused and answered. Answers each row's cluster: the smallest row in it.
 */
export function clustersOf(size: number, links: readonly Link[], guard: ClusterGuard): { clusterOf: Int32Array; refused: Link[] } {
  const parent = Int32Array.from({ length: size }, (_none, row) => row)
  const members = new Map<number, number[]>()
  const refused: Link[] = []
  for (const link of [...links].sort((x, y) => y.weight - x.weight || x.a - y.a || x.b - y.b)) {
    const [a, b] = [rootOf(parent, link.a), rootOf(parent, link.b)]
    if (a === b) continue
    const [ofA, ofB] = [members.get(a) ?? [a], members.get(b) ?? [b]]
    const isTooLarge = ofA.length + ofB.length > guard.mostRows
    if (isTooLarge || (guard.conflict !== undefined && ofA.some((one) => ofB.some((other) => guard.conflict?.(one, other) === true)))) {
      refused.push(link)
      continue
    }
    const [root, leaf] = a < b ? [a, b] : [b, a]
    parent[leaf] = root
    members.set(root, [...ofA, ...ofB])
    members.delete(leaf)
  }
  return { clusterOf: parent.map((_parent, row) => rootOf(parent, row)), refused }
}

function rootOf(parent: Int32Array, row: number): number {
  let root = row
  while ((parent[root] ?? root) !== root) root = parent[root] ?? root
  for (let at = row; at !== root;) {
    const next = parent[at] ?? root
    parent[at] = root
    at = next
  }
  return root
}
