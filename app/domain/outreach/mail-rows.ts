import { and, eq } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { outreachMails } from '~db/schema'
import { DomainError, type Context } from '../kernel'

export type MailRow = typeof outreachMails.$inferSelect

/** A mail of this organisation, held until the transaction ends: of two who settle it, the second one sees what the first did. Refuses `not-found`. */
export async function lockedMail({ tx, orgId }: Context & { tx: Tx }, mailId: Id<'mail'>): Promise<MailRow> {
  const [row] = await tx.select().from(outreachMails).where(and(eq(outreachMails.orgId, orgId), eq(outreachMails.id, mailId))).for('update')
  if (row === undefined) throw new DomainError('not-found')
  return row
}
