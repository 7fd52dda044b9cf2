import { actorId, command, DomainError, type Context } from '../kernel'
import { mailAddressesOf, openPerson } from '../people'
import type { Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { addressNames } from './address-key'
import { LiftSuppression, SuppressAddress } from './contract'
import { suppress, suppressionOf, unsuppress } from './suppressions'
import { liftable } from './vocabulary'

/** Notes by hand that a person wants no mail at this address; it holds at once, for every lead. Saying it twice changes nothing. Refuses: not-found. */
export const suppressAddress = command({
  name: 'suppression.add',
  permission: 'leads:write',
  input: SuppressAddress,
  async run({ tx, ctx, input: { personId, to }, emit, audit }): Promise<{ isSuppressed: true }> {
    const addressKey = await keyOf({ ...ctx, tx }, personId, to)
    if (await suppress({ ...ctx, tx }, addressKey, 'by-hand', actorId(ctx.actor))) {
      await audit(personId, { after: { kind: 'email', reason: 'by-hand', addressKey } })
      await emit('suppression.changed', { personId })
    }
    return { isSuppressed: true }
  },
})

/**
 * Lets an address get mail again that was stopped by hand or bounced, with the reason why. Without a stop it changes
 * nothing. Refuses: not-found, does-not-want-mail (the person said so: only the person takes it back).
 */
export const liftSuppression = command({
  name: 'suppression.lift',
  permission: 'outreach:write',
  input: LiftSuppression,
  async run({ tx, ctx, input: { personId, to, reason }, emit, audit }): Promise<{ isSuppressed: false }> {
    const inside = { ...ctx, tx }
    const addressKey = await keyOf(inside, personId, to)
    const before = await suppressionOf(inside, addressKey)
    if (before === null) return { isSuppressed: false }
    if (!liftable.has(before.reason)) throw new DomainError('does-not-want-mail')
    await unsuppress(inside, addressKey, [...liftable])
    await audit(personId, { before: { kind: 'email', reason: before.reason, addressKey }, after: { kind: 'email', reason, addressKey: null } })
    await emit('suppression.changed', { personId })
    return { isSuppressed: false }
  },
})

async function keyOf(ctx: Context & { tx: Tx }, personId: Id<'per'>, to: string): Promise<string> {
  await openPerson(ctx.tx, ctx, personId)
  const found = (await mailAddressesOf(ctx.tx, ctx, personId)).find(({ key }) => key === to)
  const name = await addressNames(ctx, 'write')
  if (found === undefined || name === null) throw new DomainError('not-found')
  return name(found.address)
}
