import { and, eq, inArray, lte, sql } from 'drizzle-orm'
import { fromUuid, type Id } from '~/lib/ids'
import { database } from '~db/client.server'
import { outreachMails } from '~db/schema'
import { emitIn, inTransaction, systemContext } from '../kernel'

const MOST = 500
/** How long a job may wait in the queue before the mail is ordered once more. */
const QUEUE_PATIENCE_MS = 10 * 60_000

/** Orders the sending of every mail whose time has come: the first, the next try, or one whose worker died. Answers how many. */
export async function orderDueMails(now: Date): Promise<number> {
  const due = await database('worker').execute<{ org_id: string; id: string }>(sql`select org_id, id from clew_resolve.due_mails(${now.toISOString()}::timestamptz, ${MOST})`)
  const byOrg = new Map<string, Id<'mail'>[]>()
  for (const { org_id: org, id } of due) byOrg.set(org, [...(byOrg.get(org) ?? []), fromUuid('mail', id)])
  let count = 0
  for (const [org, ids] of byOrg) count += await orderIn(fromUuid('org', org), ids, now)
  return count
}

// The new time is the token of the new job: one that was ordered before no longer counts.
function orderIn(orgId: Id<'org'>, ids: Id<'mail'>[], now: Date): Promise<number> {
  const ctx = systemContext(orgId, 'order-due-mails', now)
  return inTransaction(ctx, 'read write', async (tx) => {
    const nextAt = new Date(now.getTime() + QUEUE_PATIENCE_MS)
    const rows = await tx.update(outreachMails).set({ nextAt }).where(and(eq(outreachMails.orgId, orgId), inArray(outreachMails.id, ids), lte(outreachMails.nextAt, now)))
      .returning({ id: outreachMails.id, leadId: outreachMails.leadId })
    const emit = emitIn(tx, ctx)
    for (const { id, leadId } of rows) await emit('mail.due', { mailId: id, leadId, due: nextAt.toISOString() })
    return rows.length
  })
}
