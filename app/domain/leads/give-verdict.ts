import { and, desc, eq } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { leadChanges } from '~db/schema'
import { command, DomainError, type Context } from '../kernel'
import { GiveVerdict } from './contract'
import { changeLead, lockedLead, stageOf, type LeadRow } from './locked-lead'
import { assertMayOpen } from './open-lead-slot'
import { placeInQueue } from './place-in-queue'
import { recordChange } from './record-change'
import { isOpenStage } from './stage-state'
import { closeCallbacks, nextStepOf, reopenCallbacks } from './task-writing'
import type { Verdict } from './vocabulary'

/**
 * Calls a lead junk (with a reason) or valid again. Junk closes it for the queue and leaves stage rates, never spend.
 * Saying it twice changes nothing. Refuses: not-found, stale, reason-missing, other-lead-open (valid again beside another).
 */
export const giveVerdict = command({
  name: 'lead.give-verdict',
  permission: 'leads:write',
  input: GiveVerdict,
  async run({ tx, ctx, input, emit, audit }): Promise<{ version: number; verdict: Verdict }> {
    const { verdict } = input
    const reason = verdict === 'junk' ? (input.reason ?? null) : null
    if (verdict === 'junk' && reason === null) throw new DomainError('reason-missing', { fields: { reason: ['required'] } })
    const lead = await lockedLead(tx, ctx, input.leadId)
    if (lead.verdict === verdict && lead.junkReason === reason) return { version: lead.version, verdict }
    if (input.version !== undefined && input.version !== lead.version) {
      throw new DomainError('stale', { params: { yours: verdict, theirs: lead.verdict, version: lead.version } })
    }
    const isOpen = verdict === 'valid' && isOpenStage((await stageOf(tx, lead)).stage)
    if (isOpen && !lead.isOpen) await assertMayOpen(tx, lead)
    const junkAt = verdict === 'junk' ? (lead.junkAt ?? ctx.now) : null
    const changeId = await recordChange(tx, ctx, lead, { kind: 'verdict', before: lead.verdict, after: verdict, reason })
    await followVerdict(ctx, lead, changeId, isOpen)
    const nextStepAt = isOpen ? await nextStepOf(ctx, lead.id) : null
    const { version } = await changeLead(tx, lead, { verdict, junkReason: reason, junkAt, isOpen, nextStepAt })
    await audit(lead.id, { before: { verdict: lead.verdict, junkReason: lead.junkReason }, after: { verdict, junkReason: reason } })
    await emit('lead.verdict-given', { leadId: lead.id, ownerId: lead.ownerId, verdict })
    await placeInQueue(ctx, [lead.id])
    return { version, verdict }
  },
})

/** Nobody is called about junk; of a lead that is valid after all, the callbacks stand again that junk had cancelled. */
async function followVerdict(ctx: Context & { tx: Tx }, lead: LeadRow, changeId: Id<'chg'>, isOpen: boolean): Promise<void> {
  if (!isOpen && lead.isOpen) return closeCallbacks(ctx, lead.id, changeId, 'cancelled')
  if (!isOpen || lead.isOpen) return
  const [last] = await ctx.tx.select({ id: leadChanges.id }).from(leadChanges)
    .where(and(eq(leadChanges.leadId, lead.id), eq(leadChanges.kind, 'verdict'), eq(leadChanges.after, 'junk'))).orderBy(desc(leadChanges.id)).limit(1)
  if (last !== undefined) await reopenCallbacks(ctx, last.id, 'cancelled')
}
