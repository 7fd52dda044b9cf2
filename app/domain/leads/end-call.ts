import { and, eq } from 'drizzle-orm'
import { leadCalls } from '~db/schema'
import { command, DomainError, memberOf } from '../kernel'
import { OneLead } from './contract'
import { lockedLead } from './locked-lead'

/** Takes one's own mark off a lead: the call is over. Somebody else's stays. Refuses: not-found, not-allowed (no person). */
export const endCall = command({
  name: 'lead.end-call',
  permission: 'leads:write',
  input: OneLead,
  async run({ tx, ctx, input, emit, audit }): Promise<{ ended: boolean }> {
    const memberId = memberOf(ctx.actor)
    if (memberId === null) throw new DomainError('not-allowed')
    const lead = await lockedLead(tx, ctx, input.leadId)
    const gone = await tx.delete(leadCalls).where(and(eq(leadCalls.orgId, ctx.orgId), eq(leadCalls.leadId, lead.id), eq(leadCalls.memberId, memberId))).returning({ until: leadCalls.until })
    const ended = gone.some(({ until }) => until > ctx.now)
    if (!ended) return { ended }
    await audit(lead.id, { before: { until: gone[0]?.until ?? null } })
    await emit('lead.call-ended', { leadId: lead.id, ownerId: lead.ownerId, memberId })
    return { ended }
  },
})
