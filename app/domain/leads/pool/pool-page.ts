import { sql, type SQL } from 'drizzle-orm'
import * as z from 'zod'
import { fromUuid, toUuid, type Id } from '~/lib/ids'
import { dayStart, localDate } from '~/lib/period'
import type { Tx } from '~db/client.server'
import { can, query, type Context } from '../../kernel'
import { idOf, nothing } from '../../kernel/contract'
import { claimableAt } from '../claim-rules'
import { LeadsInPool } from '../contract'
import { readCursor, writeCursor } from '../cursor'
import { orgTimeZone, poolNamed, standingsOf, type PoolRow } from '../pool-rows'

/** A lead as it is shown before anybody owns it: without a name of a person, a number or an address. */
export type PoolLead = {
  id: Id<'lead'>; company: string | null; city: string | null; channel: string | null; channelKind: string | null; productLine: string | null; stage: string
  cameInAt: Date; lastContactAt: Date | null; hasPhone: boolean; hasEmail: boolean; version: number
  /** from when this reader may claim it, where a pause is running */
  claimableAt: Date | null
}
export type PoolChoice = { id: Id<'pool'>; name: string | null; isDefault: boolean; waiting: number; administers: boolean }
export type PoolPage = {
  pools: PoolChoice[]; poolId: Id<'pool'> | null; rows: PoolLead[]; next: string | null
  /** what the reader has taken and holds, and the caps */
  mine: { claimedToday: number; dailyCap: number | null; held: number; heldCap: number | null }
  rules: Pick<PoolRow, 'protectionDays' | 'maxProtectionDays' | 'firstContactHours' | 'idleDays' | 'coolDownHours'> | null
}

/** What lies in a pool that the reader may see, newest first: theirs for members, every one for who may assign. */
export const poolPage = query({
  name: 'pool.page',
  permission: 'leads:claim',
  input: LeadsInPool,
  async run({ tx, ctx, input: { poolId, cursor, limit } }): Promise<PoolPage> {
    const pools = await myPools(tx, ctx)
    const chosen = pools.find(({ id }) => id === poolId) ?? pools[0]
    const pool = chosen === undefined ? null : await poolNamed(tx, chosen.id)
    if (pool === null) return { pools, poolId: null, rows: [], next: null, mine: { claimedToday: 0, dailyCap: null, held: 0, heldCap: null }, rules: null }
    const me = ctx.actor.kind === 'user' ? ctx.actor.memberId : null
    const rows = await leadsIn(tx, pool, me, cursor, limit + 1)
    const shown = rows.slice(0, limit)
    const last = shown.at(-1)
    return {
      pools, poolId: pool.id, rows: shown, next: rows.length > limit && last !== undefined ? writeCursor([last.cameInAt.toISOString(), last.id]) : null,
      mine: { ...(await taken(tx, ctx, pool, me)), dailyCap: pool.dailyCap, heldCap: pool.heldCap }, rules: pool,
    }
  },
})

async function myPools(tx: Tx, ctx: Context): Promise<PoolChoice[]> {
  const rows = await tx.execute<{ id: string; name: string | null; is_default: boolean; waiting: number }>(sql`
    select p.id, p.name, p.is_default, (select count(*)::int from (select 1 from leads l where l.org_id = p.org_id and l.pool_id = p.id and l.is_open and l.owner_id is null limit 10000) few) as waiting
    from pools p where p.archived_at is null order by p.is_default desc, p.created_at`)
  const all = can(ctx.actor, 'leads:assign')
  const standings = ctx.actor.kind === 'user' ? await standingsOf(tx, ctx.actor.memberId, ctx.actor.teamId) : new Map()
  return rows.flatMap(({ id: uuid, name, is_default: isDefault, waiting }) => {
    const id = fromUuid('pool', uuid)
    const standing = standings.get(id)
    return all || standing?.claims === true ? [{ id, name, isDefault, waiting, administers: all || standing?.administers === true }] : []
  })
}

type Row = {
  id: string; company: string | null; city: string | null; channel: string | null; channel_kind: string | null; product_line: string | null; stage: string | null
  came_in_at: string; last_contact_at: string | null; has_phone: boolean; has_email: boolean; version: number; lost_at: string | null
}

async function leadsIn(tx: Tx, pool: PoolRow, me: Id<'mem'> | null, cursor: string | undefined, limit: number): Promise<PoolLead[]> {
  const has = (kind: SQL) => sql`exists (select from identities i where i.org_id = l.org_id and i.person_id = l.person_id and i.kind = ${kind})`
  const rows = await tx.execute<Row>(sql`
    select l.id, c.name as company, coalesce(c.city, p.city) as city, ch.name as channel, ch.kind as channel_kind, pl.name as product_line, s.stage, l.came_in_at, l.last_contact_at, l.version,
      ${has(sql`'phone'`)} as has_phone, ${has(sql`'email'`)} as has_email, (
        select case when o.from_id = ${me === null ? null : toUuid(me)}::uuid then o.at end from ownership_changes o
        where o.org_id = l.org_id and o.lead_id = l.id and o.from_id is not null order by o.at desc, o.id desc limit 1) as lost_at
    from leads l
    left join companies c on c.org_id = l.org_id and c.id = l.company_id
    left join people p on p.org_id = l.org_id and p.id = l.person_id
    left join channels ch on ch.org_id = l.org_id and ch.id = l.channel_id
    left join product_lines pl on pl.org_id = l.org_id and pl.id = l.product_line_id
    left join lead_stages s on s.org_id = l.org_id and s.lead_id = l.id
    where l.pool_id = ${toUuid(pool.id)}::uuid and l.is_open and l.owner_id is null ${after(cursor)}
    order by l.came_in_at desc, l.id desc limit ${limit}`)
  return rows.map((row) => ({
    id: fromUuid('lead', row.id), company: row.company, city: row.city, channel: row.channel, channelKind: row.channel_kind, productLine: row.product_line, stage: row.stage ?? 'inquiry',
    cameInAt: new Date(row.came_in_at), lastContactAt: row.last_contact_at === null ? null : new Date(row.last_contact_at), hasPhone: row.has_phone, hasEmail: row.has_email, version: row.version,
    claimableAt: claimableAt(pool, row.lost_at === null ? null : new Date(row.lost_at)),
  }))
}

const Position = z.tuple([z.iso.datetime(), idOf('lead')])

function after(cursor: string | undefined): SQL {
  const from = readCursor(Position, cursor)
  if (from === null) return sql``
  const [at, id] = from
  return sql`and (l.came_in_at, l.id) < (${at}::timestamptz, ${toUuid(id)}::uuid)`
}

async function taken(tx: Tx, { now }: Context, pool: PoolRow, me: Id<'mem'> | null): Promise<{ claimedToday: number; held: number }> {
  if (me === null) return { claimedToday: 0, held: 0 }
  const zone = await orgTimeZone(tx)
  const [row] = await tx.execute<{ claimed: number; held: number }>(sql`select
    (select count(*)::int from ownership_changes o where o.to_id = ${toUuid(me)} and o.way = 'claim' and o.at >= ${dayStart(localDate(now, zone), zone).toISOString()}::timestamptz and o.from_pool = ${toUuid(pool.id)}) as claimed,
    (select count(*)::int from leads l where l.owner_id = ${toUuid(me)} and l.is_open and l.pool_id = ${toUuid(pool.id)}) as held`)
  return { claimedToday: row?.claimed ?? 0, held: row?.held ?? 0 }
}

/** Pools by name, for choosing one; the organisation's own first. */
export const listPools = query({
  name: 'pool.list',
  permission: 'leads:read',
  input: nothing,
  async run({ tx }): Promise<{ id: Id<'pool'>; name: string | null; isDefault: boolean }[]> {
    const rows = await tx.execute<{ id: string; name: string | null; is_default: boolean }>(sql`select id, name, is_default from pools where archived_at is null order by is_default desc, created_at`)
    return rows.map(({ id, name, is_default: isDefault }) => ({ id: fromUuid('pool', id), name, isDefault }))
  },
})
