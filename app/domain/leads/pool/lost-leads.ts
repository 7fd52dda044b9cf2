import { sql } from 'drizzle-orm'
import { fromUuid, toUuid, type Id } from '~/lib/ids'
import { query } from '../../kernel'
import { nothing } from '../../kernel/contract'
import { claimableAt } from '../claim-rules'
import type { OwnershipWay } from '../vocabulary'

/** A lead one had: how and why it went, by which rule, and from when one may claim it again (null: now, or it is not in a pool). */
export type LostLead = {
  leadId: Id<'lead'>; company: string | null; at: Date; way: OwnershipWay; reason: string | null; hadSince: Date | null; lastContactAt: Date | null
  rule: { firstContactHours: number | null; idleDays: number | null; maxProtectionDays: number | null }
  isInPool: boolean; isOpen: boolean; claimableAt: Date | null; hasGoneTo: string | null
}
const DAYS = 90
type Row = {
  lead_id: string; company: string | null; at: string; way: OwnershipWay; reason: string | null; had_since: string | null; last_contact_at: string | null
  first_contact_hours: number | null; idle_days: number | null; max_protection_days: number | null; cool_down_hours: number | null; is_open: boolean; in_pool: boolean; to_name: string | null
}

/** The leads that the reader lost or gave back in the last 90 days, newest first, each once with its last loss; at most 200. */
export const lostLeads = query({
  name: 'pool.lost-leads',
  permission: 'leads:claim',
  input: nothing,
  async run({ tx, ctx }): Promise<LostLead[]> {
    if (ctx.actor.kind !== 'user') return []
    const me = toUuid(ctx.actor.memberId)
    const rows = await tx.execute<Row>(sql`
      with lost as (
        select distinct on (o.lead_id) o.* from ownership_changes o where o.from_id = ${me} and o.at > ${new Date(ctx.now.getTime() - DAYS * 86_400_000).toISOString()}::timestamptz
        order by o.lead_id, o.at desc, o.id desc)
      select o.lead_id, c.name as company, o.at, o.way, o.reason, l.last_contact_at, l.is_open, l.owner_id is null as in_pool,
        (select max(b.at) from ownership_changes b where b.org_id = o.org_id and b.lead_id = o.lead_id and b.to_id = o.from_id and b.at <= o.at) as had_since,
        p.first_contact_hours, p.idle_days, p.max_protection_days, p.cool_down_hours, m.name as to_name
      from lost o join leads l on l.org_id = o.org_id and l.id = o.lead_id
      left join companies c on c.org_id = l.org_id and c.id = l.company_id
      left join pools p on p.org_id = l.org_id and p.id = l.pool_id
      left join members m on m.org_id = o.org_id and m.id = o.to_id
      where l.owner_id is distinct from ${me}::uuid order by o.at desc, o.lead_id limit 200`)
    return rows.map((row) => ({
      leadId: fromUuid('lead', row.lead_id), company: row.company, at: new Date(row.at), way: row.way, reason: row.reason,
      hadSince: row.had_since === null ? null : new Date(row.had_since), lastContactAt: row.last_contact_at === null ? null : new Date(row.last_contact_at),
      rule: { firstContactHours: row.first_contact_hours, idleDays: row.idle_days, maxProtectionDays: row.max_protection_days },
      isInPool: row.in_pool, isOpen: row.is_open, hasGoneTo: row.to_name,
      claimableAt: row.in_pool ? claimableAt({ coolDownHours: row.cool_down_hours }, new Date(row.at)) : null,
    }))
  },
})
