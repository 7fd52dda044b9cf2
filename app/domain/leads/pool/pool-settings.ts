import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { fromUuid, newId, readId, toUuid, type Id } from '~/lib/ids'
import { members, poolPeople, pools, teams } from '~db/schema'
import { command, DomainError, query } from '../../kernel'
import { nothing } from '../../kernel/contract'
import { CreatePool, PoolId, PoolPerson, UpdatePool } from '../contract'
import { openPool, type PoolRow } from '../pool-rows'
import type { PoolRole } from '../vocabulary'

const noLead = '00000000-0000-0000-0000-000000000000'
const ruleNames = ['dailyCap', 'heldCap', 'protectionDays', 'maxProtectionDays', 'firstContactHours', 'idleDays', 'coolDownHours'] as const

/** Makes a pool without rules that everyone may claim from. Refuses: name-taken. */
export const createPool = command({
  name: 'pool.create',
  permission: 'assignment:write',
  input: CreatePool,
  async run({ tx, ctx, input: { name }, audit }): Promise<{ poolId: Id<'pool'> }> {
    const [other] = await tx.select({ id: pools.id }).from(pools).where(and(isNull(pools.archivedAt), sql`lower(${pools.name}) = lower(${name})`))
    if (other !== undefined) throw new DomainError('name-taken', { fields: { name: ['taken'] } })
    const poolId = newId('pool')
    await tx.insert(pools).values({ orgId: ctx.orgId, id: poolId, name, rulesSince: ctx.now, createdAt: ctx.now })
    await audit(poolId, { after: { name } })
    return { poolId }
  },
})

/**
 * Sets the rules of a pool: caps in leads, protection in days, timeouts in hours or days; null sets none. Leads that
 * are held get their clocks anew in the background, and nothing is taken within a day of it. Refuses: not-found,
 * invalid (a longest protection below the protection).
 */
export const updatePool = command({
  name: 'pool.update',
  permission: 'assignment:write',
  input: UpdatePool,
  async run({ tx, ctx, input, audit }): Promise<{ version: number }> {
    const { poolId, name, forEveryone, ...rules } = input
    if (rules.maxProtectionDays !== null && (rules.protectionDays ?? 0) > rules.maxProtectionDays) throw new DomainError('invalid', { fields: { maxProtectionDays: ['too-small'] } })
    const before = await openPool(tx, poolId, 'lock')
    const clocksMove = (['protectionDays', 'maxProtectionDays', 'firstContactHours', 'idleDays'] as const).some((rule) => before[rule] !== rules[rule])
    const after = { ...rules, forEveryone, name: before.isDefault ? before.name : name || before.name, version: before.version + 1, ...(clocksMove ? { rulesSince: ctx.now, replanAfter: noLead } : {}) }
    await tx.update(pools).set(after).where(eq(pools.id, poolId))
    await audit(poolId, { before: rulesShown(before), after: rulesShown({ ...before, ...after }) })
    return { version: after.version }
  },
})

const rulesShown = (pool: PoolRow) => Object.fromEntries([...ruleNames, 'forEveryone' as const].map((name) => [name, pool[name]]))

/** Puts a member or a team into a pool, to claim from it or to administer it. Twice changes nothing. Refuses: not-found. */
export const addToPool = command({
  name: 'pool.add-person',
  permission: 'assignment:write',
  input: PoolPerson,
  async run({ tx, ctx, input: { poolId, subject, role }, audit }): Promise<{ poolId: Id<'pool'> }> {
    await openPool(tx, poolId)
    const isTeam = readId('team', subject) !== null
    const table = isTeam ? teams : members
    const [known] = await tx.select({ id: table.id }).from(table).where(eq(table.id, subject as never))
    if (known === undefined) throw new DomainError('not-found', { fields: { subject: ['unknown'] } })
    await tx.insert(poolPeople).values({ orgId: ctx.orgId, poolId, kind: isTeam ? 'team' : 'member', subjectId: toUuid(subject), role, addedAt: ctx.now }).onConflictDoNothing()
    await audit(poolId, { after: { to: subject, role } })
    return { poolId }
  },
})

/** Takes a member or a team out of a pool again. Refuses: not-found. */
export const removeFromPool = command({
  name: 'pool.remove-person',
  permission: 'assignment:write',
  input: PoolPerson,
  async run({ tx, input: { poolId, subject, role }, audit }): Promise<{ poolId: Id<'pool'> }> {
    await openPool(tx, poolId)
    await tx.delete(poolPeople).where(and(eq(poolPeople.poolId, poolId), eq(poolPeople.subjectId, toUuid(subject)), eq(poolPeople.role, role)))
    await audit(poolId, { before: { to: subject, role } })
    return { poolId }
  },
})

/** Closes a pool that is empty. Leads that would go back to it go to the organisation's own. Refuses: not-found, conflict (the own one, or leads lie in it). */
export const archivePool = command({
  name: 'pool.archive',
  permission: 'assignment:write',
  input: PoolId,
  async run({ tx, ctx, input: { poolId }, audit }): Promise<{ poolId: Id<'pool'> }> {
    const pool = await openPool(tx, poolId, 'lock')
    const [used] = await tx.execute(sql`select 1 from leads where pool_id = ${toUuid(poolId)} and is_open limit 1`)
    if (pool.isDefault || used !== undefined) throw new DomainError('conflict')
    await tx.update(pools).set({ archivedAt: ctx.now }).where(eq(pools.id, poolId))
    await audit(poolId, { after: { archivedAt: ctx.now } })
    return { poolId }
  },
})

export type PoolPersonShown = { id: string; name: string; kind: 'member' | 'team'; role: PoolRole }
export type PoolShown = Pick<PoolRow, 'id' | 'name' | 'isDefault' | 'forEveryone' | (typeof ruleNames)[number]> & { waiting: number; held: number; isReplanning: boolean; people: PoolPersonShown[] }

/** Every pool in use: its rules, its people, how many leads lie in it and are held out of it. The organisation's own first. */
export const poolSettings = query({
  name: 'pool.settings',
  permission: 'assignment:read',
  input: nothing,
  async run({ tx }): Promise<PoolShown[]> {
    const rows = await tx.select({
      pool: pools,
      waiting: sql<number>`(select count(*)::int from leads l where l.org_id = pools.org_id and l.pool_id = pools.id and l.is_open and l.owner_id is null)`,
      held: sql<number>`(select count(*)::int from leads l where l.org_id = pools.org_id and l.pool_id = pools.id and l.is_open and l.owner_id is not null)`,
    }).from(pools).where(isNull(pools.archivedAt)).orderBy(sql`${pools.isDefault} desc`, asc(pools.createdAt))
    const people = await tx.execute<{ pool_id: string; subject_id: string; kind: 'member' | 'team'; role: PoolRole; name: string }>(sql`
      select x.pool_id, x.subject_id, x.kind, x.role, coalesce(m.name, t.name, '') as name from pool_people x
      left join members m on x.kind = 'member' and m.org_id = x.org_id and m.id = x.subject_id
      left join teams t on x.kind = 'team' and t.org_id = x.org_id and t.id = x.subject_id order by x.role, name, x.subject_id`)
    return rows.map(({ pool, waiting, held }) => ({
      ...pool, waiting, held, isReplanning: pool.replanAfter !== null,
      people: people.filter(({ pool_id: of }) => fromUuid('pool', of) === pool.id)
        .map(({ kind, role, name, subject_id: subject }) => ({ id: fromUuid(kind === 'team' ? 'team' : 'mem', subject), name, kind, role })),
    }))
  },
})
