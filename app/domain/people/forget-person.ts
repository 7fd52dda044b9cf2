import { and, eq } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { employments, identities, people } from '~db/schema'
import { emitIn, type Context } from '../kernel'

/**
 * Takes from a person everything that says who it was: name, title, place, employers and every way to find it again. The
 * row itself stays, because history names it. Inside the caller's transaction, which writes the audit row; the caller
 * has made sure that nothing else holds the person. Source: GDPR 17, PIPL 47.
 */
export async function forgetPerson(ctx: Context & { tx: Tx }, personId: Id<'per'>): Promise<void> {
  const { tx, orgId } = ctx
  await tx.delete(identities).where(and(eq(identities.orgId, orgId), eq(identities.personId, personId)))
  await tx.delete(employments).where(and(eq(employments.orgId, orgId), eq(employments.personId, personId)))
  await tx.update(people).set({ name: '', givenName: null, familyName: null, title: null, country: null, region: null, city: null, tokens: [] })
    .where(and(eq(people.orgId, orgId), eq(people.id, personId)))
  // Modules above keep what was said to the person: they hear of it.
  await emitIn(tx, ctx)('people.forgotten', { personId })
}
