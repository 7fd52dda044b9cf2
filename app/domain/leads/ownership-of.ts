import { and, eq, inArray, sql } from 'drizzle-orm'
import { fromUuid, isId, toUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { leads, members } from '~db/schema'
import { DomainError, query } from '../kernel'
import { OneLead } from './contract'
import { holdClocks, type HoldClocks } from './hold-clocks'
import { poolNamed, rulesOf } from './pool-rows'
import type { OwnershipWay } from './vocabulary'
import { visibleLeads } from './visible-leads'

export type OwnershipChange = {
  id: Id<'own'>; at: Date; from: string | null; to: string | null; fromId: Id<'mem'> | null; toId: Id<'mem'> | null; way: OwnershipWay; reason: string | null; note: string | null; actor: string | null; receiptId: Id<'asr'> | null
}
export type Ownership = {
  owner: { id: Id<'mem'>; name: string } | null; pool: { id: Id<'pool'>; name: string | null } | null; ownedSince: Date | null; protectedUntil: Date | null; recycleAt: Date | null; why: HoldClocks['why']; history: OwnershipChange[]
}
type Row = { id: string; at: string; from_id: string | null; to_id: string | null; from_name: string | null; to_name: string | null; way: OwnershipWay; reason: string | null; note: string | null; actor: string | null; receipt_id: string | null }

/** Whose a lead is, until when it is protected, when and why it would go back, and every change of hands, newest first. Refuses: not-found. */
export const ownershipOf = query({
  name: 'lead.ownership',
  permission: 'leads:read',
  input: OneLead,
  async run({ tx, ctx, input: { leadId } }): Promise<Ownership> {
    const [lead] = await tx.select().from(leads).where(and(eq(leads.id, leadId), visibleLeads(ctx)))
    if (lead === undefined) throw new DomainError('not-found')
    const rows = await tx.execute<Row>(sql`
      select o.id, o.at, o.from_id, o.to_id, f.name as from_name, t.name as to_name, o.way, o.reason, n.note, o.actor_id as actor, o.receipt_id
      from ownership_changes o
      left join members f on f.org_id = o.org_id and f.id = o.from_id
      left join members t on t.org_id = o.org_id and t.id = o.to_id
      left join activities n on n.org_id = o.org_id and n.id = o.note_id
      where o.lead_id = ${toUuid(leadId)} order by o.at desc, o.id desc limit 200`)
    const pool = await poolNamed(tx, lead.poolId)
    const actors = await namesOf(tx, rows.map(({ actor }) => actor))
    const owner = rows.find(({ to_id: to }) => to !== null && lead.ownerId === fromUuid('mem', to))
    const [named] = lead.ownerId === null || owner !== undefined ? [] : await tx.execute<{ name: string }>(sql`select name from members where id = ${toUuid(lead.ownerId)}`)
    const clocks = pool === null || lead.ownedSince === null ? null : holdClocks(rulesOf(pool), { ...lead, ownedSince: lead.ownedSince })
    return {
      owner: lead.ownerId === null ? null : { id: lead.ownerId, name: owner?.to_name ?? named?.name ?? '' }, pool: pool === null ? null : { id: pool.id, name: pool.name },
      ownedSince: lead.ownedSince, protectedUntil: lead.protectedUntil, recycleAt: lead.recycleAt, why: clocks?.why ?? null,
      history: rows.map((row) => ({
        id: fromUuid('own', row.id), at: new Date(row.at), from: row.from_name, to: row.to_name, fromId: row.from_id === null ? null : fromUuid('mem', row.from_id), toId: row.to_id === null ? null : fromUuid('mem', row.to_id),
        way: row.way, reason: row.reason, note: row.note, actor: actors.get(row.actor ?? '') ?? null, receiptId: row.receipt_id === null ? null : fromUuid('asr', row.receipt_id),
      })),
    }
  },
})

async function namesOf(tx: Tx, actors: readonly (string | null)[]): Promise<Map<string, string>> {
  const ids = [...new Set(actors)].filter((id): id is Id<'mem'> => isId('mem', id))
  const rows = ids.length === 0 ? [] : await tx.select({ id: members.id, name: members.name }).from(members).where(inArray(members.id, ids))
  return new Map(rows.map(({ id, name }) => [id, name]))
}
