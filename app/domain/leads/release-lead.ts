import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { leadPeople, leadPhotos, leads } from '~db/schema'
import { emitIn, type Context } from '../kernel'
import { blankTasks } from './task-writing'

type InTx = Context & { tx: Tx }

/**
 * Takes person and company off a lead whose only inquiry was to be forgotten. The lead itself stays, so that numbers
 * still sum. Inside the caller's transaction, which writes the audit row.
 */
export async function releaseLead(ctx: InTx, leadId: Id<'lead'>): Promise<void> {
  const { tx, orgId } = ctx
  await tx.delete(leadPeople).where(and(eq(leadPeople.orgId, orgId), eq(leadPeople.leadId, leadId)))
  const rows = await tx.update(leads).set({ personId: null, companyId: null, version: sql`${leads.version} + 1` })
    .where(and(eq(leads.orgId, orgId), eq(leads.id, leadId))).returning({ ownerId: leads.ownerId })
  await forgetKept(ctx, [leadId])
  for (const { ownerId } of rows) await emitIn(tx, ctx)('lead.changed', { leadId, ownerId })
}

/** Takes a person that is forgotten off every lead it hangs on. Inside the caller's transaction. */
export async function releasePerson(ctx: InTx, personId: Id<'per'>): Promise<void> {
  const { tx, orgId } = ctx
  const on = await tx.delete(leadPeople).where(and(eq(leadPeople.orgId, orgId), eq(leadPeople.personId, personId))).returning({ leadId: leadPeople.leadId })
  const rows = await tx.update(leads).set({ personId: null, version: sql`${leads.version} + 1` })
    .where(and(eq(leads.orgId, orgId), eq(leads.personId, personId))).returning({ leadId: leads.id, ownerId: leads.ownerId })
  await forgetKept(ctx, [...on, ...rows].map(({ leadId }) => leadId))
  for (const { leadId, ownerId } of rows) await emitIn(tx, ctx)('lead.changed', { leadId, ownerId })
}

/** What somebody wrote or photographed beside a lead may say who it was. */
async function forgetKept(ctx: InTx, leadIds: readonly Id<'lead'>[]): Promise<void> {
  await blankTasks(ctx, leadIds)
  if (leadIds.length > 0) await ctx.tx.delete(leadPhotos).where(and(eq(leadPhotos.orgId, ctx.orgId), inArray(leadPhotos.leadId, [...leadIds])))
}
