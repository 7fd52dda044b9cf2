/** Whose turn it is: a member, the share they have, and where their turn stands. */
export type Turn<M extends string> = { memberId: M; weight: number; standing: number }

/**
 * Smooth weighted round robin: everyone present gains their weight, who stands highest is taken and pays what all
 * gained. Who is not present gains nothing, so nobody catches up after leave; who joins begins at nought. Ties go to the
 * smaller id. Source: nginx, "upstream: smooth weighted round-robin balancing" (2012).
 */
export function takeTurn<M extends string>(present: readonly Turn<M>[]): { chosen: M; standings: Map<M, number> } | null {
  const total = present.reduce((sum, { weight }) => sum + weight, 0)
  const gained = present.map(({ memberId, weight, standing }) => ({ memberId, standing: standing + weight }))
  const best = gained.reduce<(typeof gained)[number] | null>((top, each) => (top === null || each.standing > top.standing || (each.standing === top.standing && each.memberId < top.memberId) ? each : top), null)
  if (best === null) return null
  return { chosen: best.memberId, standings: new Map(gained.map((each) => [each.memberId, each === best ? each.standing - total : each.standing])) }
}
