import { and, eq, gt, sql } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import { leadCalls, members } from '~db/schema'
import { command, DomainError, memberOf } from '../kernel'
import { OneLead } from './contract'
import { lockedLead } from './locked-lead'

const CALL_MS = 10 * 60_000
export type LeadCall = { until: Date; by: { id: Id<'mem'>; name: string } | null }

/**
 * Marks a lead as being called by the asker for ten minutes. Soft: whoever calls it already is named in the answer
 * (`by`), and nobody is stopped. Calling again prolongs. Refuses: not-found, not-allowed (no person).
 */
export const startCall = command({
  name: 'lead.start-call',
  permission: 'leads:write',
  input: OneLead,
  async run({ tx, ctx, input, emit, audit }): Promise<LeadCall> {
    const memberId = memberOf(ctx.actor)
    if (memberId === null) throw new DomainError('not-allowed')
    const lead = await lockedLead(tx, ctx, input.leadId)
    const [other] = await tx.select({ id: members.id, name: members.name, until: leadCalls.until }).from(leadCalls)
      .innerJoin(members, and(eq(members.orgId, leadCalls.orgId), eq(members.id, leadCalls.memberId)))
      .where(and(eq(leadCalls.orgId, ctx.orgId), eq(leadCalls.leadId, lead.id), gt(leadCalls.until, ctx.now)))
    if (other !== undefined && other.id !== memberId) return { until: other.until, by: { id: other.id, name: other.name } }
    const until = new Date(ctx.now.getTime() + CALL_MS)
    await tx.insert(leadCalls).values({ orgId: ctx.orgId, leadId: lead.id, memberId, startedAt: ctx.now, until })
      .onConflictDoUpdate({ target: [leadCalls.orgId, leadCalls.leadId], set: { memberId, startedAt: sql`case when ${leadCalls.memberId} = excluded.member_id and ${leadCalls.until} > ${ctx.now.toISOString()}::timestamptz then ${leadCalls.startedAt} else excluded.started_at end`, until } })
    await audit(lead.id, { after: { until } })
    await emit('lead.call-started', { leadId: lead.id, ownerId: lead.ownerId, memberId })
    return { until, by: null }
  },
})
