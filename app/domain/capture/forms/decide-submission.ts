import { and, eq } from 'drizzle-orm'
import { newId, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { deliveryOutcomes, formSubmissions } from '~db/schema'
import { actorId, command, DomainError, type Context } from '../../kernel'
import type { SubmissionState } from '../vocabulary'
import { OneSubmission } from '../contract'

type Decided = { state: SubmissionState }

/**
 * Lets a submission out of quarantine: it becomes what it would have become when it came, with that time; where the
 * form asks for a confirmation, its mail goes out now. Twice changes nothing. Refuses `not-found`, `conflict` for a discarded one.
 */
export const releaseSubmission = command({
  name: 'submission.release',
  permission: 'sources:write',
  input: OneSubmission,
  async run({ tx, ctx, input: { deliveryId }, audit, emit }): Promise<Decided> {
    const held = await lockedSubmission(tx, ctx, deliveryId)
    if (held.state === 'discarded') throw new DomainError('conflict')
    if (held.state !== 'quarantined') return { state: held.state }
    const state = held.needsConfirmation ? 'unconfirmed' : 'accepted'
    await decide(tx, ctx, deliveryId, state)
    await audit(deliveryId, { before: { state: held.state }, after: { state } })
    await emit('form.submission-decided', { formId: held.formId, deliveryId })
    if (state === 'accepted') await emit('delivery.received', { deliveryId })
    else await emit('form.confirmation-asked', { formId: held.formId, deliveryId })
    return { state }
  },
})

/**
 * Decides that a held submission is no lead. The message and what was ticked stay as proof until their time is over.
 * Twice changes nothing. Refuses `not-found`, `conflict` for one that became a lead.
 */
export const discardSubmission = command({
  name: 'submission.discard',
  permission: 'sources:write',
  input: OneSubmission,
  async run({ tx, ctx, input: { deliveryId }, audit, emit }): Promise<Decided> {
    const held = await lockedSubmission(tx, ctx, deliveryId)
    if (held.state === 'discarded') return { state: 'discarded' }
    if (held.state === 'accepted' || held.state === 'ignored') throw new DomainError('conflict')
    await decide(tx, ctx, deliveryId, 'discarded')
    await tx.insert(deliveryOutcomes).values({ orgId: ctx.orgId, id: newId('dlo', ctx.now), deliveryId, verdict: 'rejected', issues: [{ path: '', code: 'discarded' }], at: ctx.now })
    await audit(deliveryId, { before: { state: held.state }, after: { state: 'discarded' } })
    await emit('form.submission-decided', { formId: held.formId, deliveryId })
    return { state: 'discarded' }
  },
})

async function lockedSubmission(tx: Tx, ctx: Context, deliveryId: Id<'dlv'>): Promise<typeof formSubmissions.$inferSelect> {
  const [held] = await tx.select().from(formSubmissions).where(and(eq(formSubmissions.orgId, ctx.orgId), eq(formSubmissions.deliveryId, deliveryId))).for('update')
  if (!held) throw new DomainError('not-found')
  return held
}

async function decide(tx: Tx, ctx: Context, deliveryId: Id<'dlv'>, state: SubmissionState): Promise<void> {
  await tx.update(formSubmissions).set({ state, decidedBy: actorId(ctx.actor), decidedAt: ctx.now }).where(and(eq(formSubmissions.orgId, ctx.orgId), eq(formSubmissions.deliveryId, deliveryId)))
}
