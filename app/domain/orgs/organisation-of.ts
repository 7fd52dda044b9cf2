import { eq } from 'drizzle-orm'
import { DomainError, inTransaction, type Context } from '~/domain/kernel'
import type { Tx } from '~db/client.server'
import { organisations } from '~db/schema/orgs'
import { organisationIn, type Organisation } from './organisation'

/** The organisation of the context, for whoever acts in it: name, language, time zone, currency. Refuses `not-found`. */
export async function organisationOf(ctx: Context): Promise<Organisation> {
  return inTransaction(ctx, 'read only', async (tx) => {
    const [row] = await tx.select().from(organisations).where(eq(organisations.orgId, ctx.orgId))
    if (row === undefined) throw new DomainError('not-found')
    return organisationIn(row)
  })
}

export async function lockOrganisation(tx: Tx, ctx: Context): Promise<Organisation> {
  const [row] = await tx.select().from(organisations).where(eq(organisations.orgId, ctx.orgId)).for('update')
  if (row === undefined) throw new DomainError('not-found')
  return organisationIn(row)
}
