import { inArray, sql } from 'drizzle-orm'
import { inquiries } from '~db/schema'
import { inTransaction, type Context } from '../../kernel'

/** How many of these values are external ids of inquiries of this organisation. */
export function knownExternalIds(ctx: Context, values: readonly string[]): Promise<number> {
  if (values.length === 0) return Promise.resolve(0)
  return inTransaction(ctx, 'read only', async (tx) => {
    const [row] = await tx.select({ n: sql<number>`count(distinct ${inquiries.externalId})::int` }).from(inquiries).where(inArray(inquiries.externalId, [...values]))
    return row?.n ?? 0
  })
}
