import { eq } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import { members } from '~db/schema'
import { inTransaction, type Context } from '../../kernel'

/** A name or address as owners are found by it. */
export const foldOwner = (text: string): string => text.normalize('NFKC').trim().toLowerCase()

/** Members by mail address and by full name. */
export function ownersOf(ctx: Context): Promise<ReadonlyMap<string, Id<'mem'>>> {
  return inTransaction(ctx, 'read only', async (tx) => {
    const rows = await tx.select({ id: members.id, name: members.name, email: members.email }).from(members).where(eq(members.status, 'active'))
    return new Map(rows.flatMap(({ id, name, email }) => [[foldOwner(name), id] as const, [foldOwner(email), id] as const]))
  })
}
