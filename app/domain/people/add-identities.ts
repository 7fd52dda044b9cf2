import type { Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { identities } from '~db/schema'
import type { Context } from '../kernel'
import type { IdentityKind } from './vocabulary'

/**
 * Hangs further ways to find a person on them, inside the caller's transaction. One that belongs to somebody else stays
 * theirs: nothing is merged here. Answers how many were new.
 */
export async function addIdentities({ tx, orgId, now }: Context & { tx: Tx }, personId: Id<'per'>, found: readonly { kind: IdentityKind; value: string; shown: string }[]): Promise<number> {
  if (found.length === 0) return 0
  const added = await tx.insert(identities).values(found.map((each) => ({ ...each, orgId, personId, createdAt: now }))).onConflictDoNothing().returning({ value: identities.value })
  return added.length
}
