import { sql } from 'drizzle-orm'
import { toUuid, type Id } from '~/lib/ids'
import { reading, type Context } from '../kernel'
import type { Entry } from './connectors/connector'
import { connectorOf } from './connectors/registry'
import type { ListedSource } from './listed-source'
import type { DifferenceKind } from './vocabulary'

/** A lead that only one of the two lists has. `deliveryId` is what was fetched for it. */
export type Difference = { kind: DifferenceKind; externalId: string; at: Date | null; deliveryId: Id<'dlv'> | null }

/** How far two clocks and two ideas of "when" may be apart at the ends of a period. */
const EDGE_MS = 3_600_000

/** Which entries of a page are inquiries here and which are not. Tests make no inquiry, so they are only counted. */
export async function comparePage(ctx: Context, source: ListedSource, entries: readonly Entry[]): Promise<{ present: Entry[]; missing: Entry[]; tests: number }> {
  const distinct = [...new Map(entries.map((entry) => [entry.externalId, entry])).values()]
  const known = await knownIds(ctx, source.id, distinct.map(({ externalId }) => externalId))
  const absent = distinct.filter(({ externalId }) => !known.has(externalId))
  const missing = absent.filter((entry) => !isTest(source, entry))
  return { present: distinct.filter(({ externalId }) => known.has(externalId)), missing, tests: absent.length - missing.length }
}

function isTest({ connector, keys }: ListedSource, { raw }: Entry): boolean {
  return raw !== null && 'test' in connectorOf(connector).map({ raw, headers: { 'content-type': 'application/json' }, way: 'pull' }, keys)
}

async function knownIds(ctx: Context, sourceId: Id<'src'>, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await reading(ctx, async ({ tx }) => tx?.execute<{ external_id: string }>(sql`
    select external_id from inquiries where org_id = ${toUuid(ctx.orgId)} and source_id = ${toUuid(sourceId)}
      and external_id = any (array(select json_array_elements_text(${JSON.stringify(ids)}::json)))`))
  return new Set((rows ?? []).map(({ external_id: id }) => id))
}

/** Inquiries of the period with the platform's own id that its list does not name. */
export async function unknownThere(ctx: Context, sourceId: Id<'src'>, { since, until }: { since: Date; until: Date }, listed: ReadonlySet<string>): Promise<Difference[]> {
  const rows = await reading(ctx, async ({ tx }) => tx?.execute<{ external_id: string; at: string }>(sql`
    select external_id, at from inquiries where org_id = ${toUuid(ctx.orgId)} and source_id = ${toUuid(sourceId)} and external_id not like 'msg:%'
      and at >= ${new Date(since.getTime() + EDGE_MS).toISOString()}::timestamptz and at < ${new Date(until.getTime() - EDGE_MS).toISOString()}::timestamptz
    order by at`))
  return (rows ?? []).filter(({ external_id: id }) => !listed.has(id)).map(({ external_id: externalId, at }) => ({ kind: 'unknown', externalId, at: new Date(at), deliveryId: null }))
}
