import { eq } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { leads } from '~db/schema'

/** What a merge or its split changes of a lead. */
export type Placed = { leadId: Id<'lead'>; duplicateOf?: Id<'lead'> | null; isOpen?: boolean }

/**
 * Closes a locked lead under the one that stands for it, or lets it stand again. Its stage, its history and its version
 * stay as they are, so that taking a merge back leaves nothing; the merge keeps log and audit. No move: a duplicate is
 * neither lost nor counted.
 */
export async function placeDuplicate(tx: Tx, { leadId, ...change }: Placed): Promise<void> {
  if (Object.keys(change).length > 0) await tx.update(leads).set(change).where(eq(leads.id, leadId))
}
