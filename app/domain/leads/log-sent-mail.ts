import { eq } from 'drizzle-orm'
import { newId, type Id } from '~/lib/ids'
import { activities, leads } from '~db/schema'
import type { Tx } from '~db/client.server'
import { auditIn, emitIn, type Context } from '../kernel'
import { changeLead } from './locked-lead'
import { placeInQueue } from './place-in-queue'

/** A mail that left: about which lead (or the one that stands for it since), to whom, by whom, when. */
export type SentMail = { leadId: Id<'lead'>; personId: Id<'per'>; memberId: Id<'mem'>; at: Date }

/**
 * Keeps a mail of ours that left as a contact: it counts, and may be the first response. Nobody has answered yet, so
 * callbacks, rest and next step stay as they are. Inside the caller's transaction; it cannot be undone, a mail stays sent.
 */
export async function logSentMail(ctx: Context & { tx: Tx }, { leadId, personId, memberId, at }: SentMail): Promise<Id<'act'> | null> {
  const { tx, orgId } = ctx
  const [asked] = await tx.select({ duplicateOf: leads.duplicateOf }).from(leads).where(eq(leads.id, leadId))
  const [lead] = await tx.select().from(leads).where(eq(leads.id, asked?.duplicateOf ?? leadId)).for('update')
  if (lead === undefined) return null
  const activityId = newId('act')
  await tx.insert(activities).values({ orgId, id: activityId, leadId: lead.id, personId, kind: 'email', outcome: 'sent', at, memberId, direction: 'out', counts: true, isTwoWay: false })
  await changeLead(tx, lead, { firstResponseAt: lead.firstResponseAt ?? at, lastContactAt: lead.lastContactAt !== null && lead.lastContactAt > at ? lead.lastContactAt : at })
  await auditIn(tx, ctx, 'lead.log-sent-mail')(lead.id, { after: { kind: 'email', outcome: 'sent' } })
  await emitIn(tx, ctx)('lead.contact-logged', { leadId: lead.id, ownerId: lead.ownerId, activityId })
  await placeInQueue(ctx, [lead.id])
  return activityId
}
