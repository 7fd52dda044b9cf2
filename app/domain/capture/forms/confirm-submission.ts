import { and, eq } from 'drizzle-orm'
import { sha256 } from '~/platform/crypto'
import { formSubmissions } from '~db/schema'
import { command, DomainError, systemContext } from '../../kernel'
import { connectedSource } from '../connected-source'
import { ConfirmSubmission } from '../contract'
import { publishedIn } from './published-form'

/**
 * Makes a submission count, by the link in the mail. Twice changes nothing. Refuses `not-found` for a link that is not
 * ours, `link-expired` for one that is over or was decided otherwise.
 */
export const confirmSubmission = command({
  name: 'submission.confirm',
  permission: 'sources:write',
  input: ConfirmSubmission,
  async run({ tx, ctx, input: { formId, token }, audit, emit }): Promise<void> {
    const hash = sha256(token).toString('hex')
    const [held] = await tx.select().from(formSubmissions)
      .where(and(eq(formSubmissions.orgId, ctx.orgId), eq(formSubmissions.tokenSha256, hash), eq(formSubmissions.formId, formId))).for('update')
    if (!held) throw new DomainError('not-found')
    if (held.confirmedAt !== null) return
    if (held.state !== 'unconfirmed' || held.tokenExpiresAt === null || held.tokenExpiresAt <= ctx.now) throw new DomainError('link-expired')
    const { deliveryId } = held
    await tx.update(formSubmissions).set({ state: 'accepted', confirmedAt: ctx.now }).where(and(eq(formSubmissions.orgId, ctx.orgId), eq(formSubmissions.deliveryId, deliveryId)))
    await audit(deliveryId, { before: { state: held.state }, after: { state: 'accepted' } })
    await emit('form.submission-decided', { formId, deliveryId })
    await emit('delivery.received', { deliveryId })
  },
})

/** The same for whoever holds the link. Refuses `unknown-source` where no form lives at the address. */
export async function confirmByLink({ formKey, token, now, requestId }: { formKey: string; token: string; now: Date; requestId: string }): Promise<void> {
  const source = await connectedSource(formKey, now)
  const form = source === null || source.connector !== 'form' ? null : publishedIn(source.settings)
  if (source === null || form === null) throw new DomainError('unknown-source')
  await confirmSubmission(systemContext(source.orgId, 'confirm-submission', now, requestId), { formId: form.formId, token })
}
