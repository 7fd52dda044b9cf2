import { eq } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { leads } from '~db/schema'
import type { Context } from '../kernel'
import { placeLead } from './place-lead'

/** Gives a locked lead the owner that a merge or its split decided, with a receipt; the merge tells of it. */
export async function placeMerged(ctx: Context & { tx: Tx }, leadId: Id<'lead'>, ownerId: Id<'mem'> | null, reason: 'merged' | 'split'): Promise<void> {
  const [lead] = await ctx.tx.select().from(leads).where(eq(leads.id, leadId))
  if (lead === undefined || lead.ownerId === ownerId) return
  await placeLead(ctx, lead, { to: ownerId, by: 'hand', reason, keepsProtection: true, quietly: true, keepsVersion: true })
}
