import { and, eq, inArray } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import { outreachMailBodies, outreachMails } from '~db/schema'
import { auditIn, inTransaction, type Context } from '../kernel'

/**
 * Erases what was written to a person, and to which address; the facts stay, and so does a wish to get no mail, which is
 * kept as a keyed digest. A mail that has not left yet finds nothing to send. Source: trust.md §4.6. Answers how many.
 */
export function forgetMails(ctx: Context, { personId }: { personId: Id<'per'> }): Promise<number> {
  return inTransaction(ctx, 'read write', async (tx) => {
    const theirs = tx.select({ id: outreachMails.id }).from(outreachMails).where(and(eq(outreachMails.orgId, ctx.orgId), eq(outreachMails.personId, personId)))
    const gone = await tx.delete(outreachMailBodies).where(and(eq(outreachMailBodies.orgId, ctx.orgId), inArray(outreachMailBodies.mailId, theirs))).returning({ id: outreachMailBodies.mailId })
    if (gone.length > 0) await auditIn(tx, ctx, 'mail.forget')(personId, { after: { kind: 'email', counts: String(gone.length) } })
    return gone.length
  })
}
