import { and, eq, sql } from 'drizzle-orm'
import { fromUuid, type Id } from '~/lib/ids'
import { database, type Tx } from '~db/client.server'
import { leads, outreachMails } from '~db/schema'
import { auditIn, emitIn, inTransaction, systemContext, type Context } from '../kernel'
import { suppress, unsuppress } from './suppressions'
import { tokenHash } from './send-lead-mail'

type Asked = { token: string; now: Date; requestId: string }
type Mail = { id: Id<'mail'>; leadId: Id<'lead'>; ownerId: Id<'mem'> | null; addressKey: string }

/**
 * Stops mails to the address a mail went to, for whoever holds the token of that mail: at once, for every lead of the
 * organisation, for as long as the mail is known. Answers nothing: an unknown token looks the same. Source: RFC 8058.
 */
export function unsubscribe(asked: Asked): Promise<void> {
  return byToken(asked, 'unsubscribe', async (ctx, { addressKey, id, leadId, ownerId }) => {
    if (!(await suppress(ctx, addressKey, 'unsubscribed', 'person'))) return
    await auditIn(ctx.tx, ctx, 'mail.unsubscribe')(leadId, { after: { kind: 'email', reason: 'unsubscribed', addressKey, mailId: id } })
    await emitIn(ctx.tx, ctx)('mail.unsubscribed', { mailId: id, leadId, ownerId })
  })
}

/** Takes that back, for whoever holds the token: what somebody pressed by mistake. What we stopped ourselves stays. Answers nothing. */
export function resubscribe(asked: Asked): Promise<void> {
  return byToken(asked, 'resubscribe', async (ctx, { addressKey, id, leadId }) => {
    if (!(await unsuppress(ctx, addressKey, ['unsubscribed']))) return
    await auditIn(ctx.tx, ctx, 'mail.resubscribe')(leadId, { before: { kind: 'email', reason: 'unsubscribed', addressKey, mailId: id }, after: { kind: 'email', addressKey: null, mailId: id } })
    await emitIn(ctx.tx, ctx)('suppression.changed', { personId: null })
  })
}

async function byToken({ token, now, requestId }: Asked, job: string, work: (ctx: Context & { tx: Tx }, mail: Mail) => Promise<void>): Promise<void> {
  if (!/^[\w-]{43}$/.test(token)) return
  const [found] = await database().execute<{ org_id: string; id: string }>(sql`select org_id, id from clew_resolve.unsubscription(${tokenHash(token)})`)
  if (found === undefined) return
  const ctx = systemContext(fromUuid('org', found.org_id), job, now, requestId)
  await inTransaction(ctx, 'read write', async (tx) => {
    const [mail] = await tx.select({ id: outreachMails.id, leadId: outreachMails.leadId, addressKey: outreachMails.addressKey, ownerId: leads.ownerId }).from(outreachMails)
      .innerJoin(leads, and(eq(leads.orgId, outreachMails.orgId), eq(leads.id, outreachMails.leadId)))
      .where(and(eq(outreachMails.orgId, ctx.orgId), eq(outreachMails.id, fromUuid('mail', found.id))))
    if (mail !== undefined) await work({ ...ctx, tx }, mail)
  })
}
