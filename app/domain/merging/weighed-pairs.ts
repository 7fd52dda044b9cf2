import { sql } from 'drizzle-orm'
import { fromUuid, toUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import type { Context } from '../kernel'
import { listMatches, type OpenMatch } from '../people'

/** Two that stand, by weight: the sums of the lines are the weight, in bits. */
export type WeighedPair = { low: string; high: string; weight: number; probability: number; lines: { field: string; level: string; weight: number }[] }

/** Open matches as the pairs that stand now, the surest first, each once; those said to be different are left out. */
export async function weighedPairs(ctx: Context & { tx: Tx }, limit: number): Promise<WeighedPair[]> {
  const found: OpenMatch[] = []
  for (const band of ['auto', 'review'] as const) found.push(...(await listMatches(ctx, { band, limit })).matches)
  if (found.length === 0) return []
  const named = JSON.stringify([...new Set(found.flatMap(({ personId, candidateId }) => [toUuid(personId), toUuid(candidateId)]))])
  const rows = await ctx.tx.execute<{ id: string; root: string }>(sql`
    select id, coalesce(canonical_id, id) as root from people where org_id = ${toUuid(ctx.orgId)} and id = any (array(select json_array_elements_text(${named}::json)::uuid))`)
  const roots = new Map(rows.map(({ id, root }) => [fromUuid('per', id), fromUuid('per', root)]))
  const pairs = new Map<string, WeighedPair>()
  for (const match of found) {
    const [low = '', high = ''] = [roots.get(match.personId) ?? '', roots.get(match.candidateId) ?? ''].sort()
    if (!pairs.has(`${low}~${high}`)) pairs.set(`${low}~${high}`, { low, high, weight: match.weight, probability: match.probability, lines: match.parts })
  }
  const different = await saidDifferent(ctx, [...pairs.values()])
  return [...pairs].filter(([id]) => !different.has(id)).map(([, pair]) => pair)
}

async function saidDifferent({ tx, orgId }: Context & { tx: Tx }, pairs: readonly WeighedPair[]): Promise<Set<string>> {
  const keyed = pairs.map(({ low, high }) => [`per ${toUuid(low as Id<'per'>)}`, `per ${toUuid(high as Id<'per'>)}`])
  const rows = await tx.execute<{ low_id: string; high_id: string }>(sql`
    select d.low_id, d.high_id from different_pairs d join json_array_elements(${JSON.stringify(keyed)}::json) k on k->>0 = d.low_id and k->>1 = d.high_id where d.org_id = ${toUuid(orgId)}`)
  return new Set(rows.map(({ low_id: low, high_id: high }) => `${fromUuid('per', low.slice(4))}~${fromUuid('per', high.slice(4))}`))
}
