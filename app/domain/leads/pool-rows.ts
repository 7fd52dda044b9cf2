import { and, eq, isNull, sql } from 'drizzle-orm'
import { newId, toUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { organisations, pools } from '~db/schema'
import { DomainError, type Context } from '../kernel'
import type { HoldRules } from './hold-clocks'

export type PoolRow = typeof pools.$inferSelect

/** The organisation's own pool, made where there is none yet. */
export async function defaultPool(tx: Tx, { orgId, now }: Pick<Context, 'orgId' | 'now'>): Promise<PoolRow> {
  const found = tx.select().from(pools).where(and(eq(pools.orgId, orgId), eq(pools.isDefault, true)))
  const [known] = await found
  if (known !== undefined) return known
  await tx.insert(pools).values({ orgId, id: newId('pool'), isDefault: true, rulesSince: now, createdAt: now }).onConflictDoNothing()
  const [made] = await found
  if (made === undefined) throw new DomainError('not-found')
  return made
}

/** A pool in use. Refuses `not-found`. */
export async function openPool(tx: Tx, poolId: Id<'pool'>, how: 'read' | 'lock' = 'read'): Promise<PoolRow> {
  const found = tx.select().from(pools).where(and(eq(pools.id, poolId), isNull(pools.archivedAt)))
  const [row] = await (how === 'lock' ? found.for('update') : found)
  if (row === undefined) throw new DomainError('not-found', { fields: { poolId: ['unknown'] } })
  return row
}

export async function poolNamed(tx: Tx, poolId: Id<'pool'> | null): Promise<PoolRow | null> {
  const [row] = await tx.select().from(pools).where(poolId === null ? eq(pools.isDefault, true) : eq(pools.id, poolId))
  return row ?? null
}

export const rulesOf = ({ rulesSince, ...pool }: PoolRow): HoldRules => ({ ...pool, since: rulesSince })

/** What one is to a pool: whether one may claim from it, and give leads out of it. */
export type Standing = { claims: boolean; administers: boolean }

export async function standingsOf(tx: Tx, memberId: Id<'mem'>, teamId: Id<'team'> | null): Promise<Map<Id<'pool'>, Standing>> {
  const me = [memberId, ...(teamId === null ? [] : [teamId])].map(toUuid)
  const rows = await tx.select({
    id: pools.id,
    claims: sql<boolean>`${pools.forEveryone} or exists (select from pool_people x where x.org_id = pools.org_id and x.pool_id = pools.id and x.subject_id = any (${`{${me.join()}}`}::uuid[]))`,
    administers: sql<boolean>`exists (select from pool_people x where x.org_id = pools.org_id and x.pool_id = pools.id and x.role = 'administers' and x.subject_id = any (${`{${me.join()}}`}::uuid[]))`,
  }).from(pools).where(isNull(pools.archivedAt))
  return new Map(rows.map(({ id, ...standing }) => [id, standing]))
}

export async function orgTimeZone(tx: Tx): Promise<string> {
  const [org] = await tx.select({ timeZone: organisations.timeZone }).from(organisations)
  return org?.timeZone ?? 'UTC'
}
