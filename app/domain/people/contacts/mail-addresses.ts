import { and, asc, eq, inArray } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { identities } from '~db/schema'
import type { Context } from '../../kernel'
import { groupOfPerson } from '../merged-group'
import { identityKey } from './reach'

/** An address of a person in full: for work that writes to it, never for a page. `key` names it as `Reach.key` does. */
export type MailAddress = { key: string; address: string; value: string }

/** E-mail addresses of a person and of all merged into it, the first known first. The caller has made sure that the actor may see the person. */
export async function mailAddressesOf(tx: Tx, ctx: Context, personId: Id<'per'>): Promise<MailAddress[]> {
  const group = await groupOfPerson(tx, personId)
  if (group === null) return []
  const rows = await tx.select({ value: identities.value, address: identities.shown }).from(identities)
    .where(and(eq(identities.orgId, ctx.orgId), eq(identities.kind, 'email'), inArray(identities.personId, group.ids))).orderBy(asc(identities.createdAt), asc(identities.value))
  return rows.map((row) => ({ ...row, key: identityKey(ctx.orgId, 'email', row.value) }))
}
