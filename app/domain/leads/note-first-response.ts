import { and, eq, isNull, lte, sql } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { leads } from '~db/schema'
import { auditIn, emitIn, type Context } from '../kernel'

/**
 * An answer of ours reached the lead by itself (a WeChat contact was accepted): stops its clock where nothing did
 * before. One that lies before the lead came in answered something else. Answers whether anything changed.
 */
export async function noteFirstResponse(ctx: Context & { tx: Tx }, leadId: Id<'lead'>, at: Date): Promise<boolean> {
  const { tx, orgId } = ctx
  const [lead] = await tx.update(leads).set({ firstResponseAt: at, lastContactAt: sql`greatest(${leads.lastContactAt}, ${at.toISOString()}::timestamptz)`, version: sql`${leads.version} + 1` })
    .where(and(eq(leads.orgId, orgId), eq(leads.id, leadId), isNull(leads.firstResponseAt), lte(leads.cameInAt, at))).returning({ ownerId: leads.ownerId })
  if (lead === undefined) return false
  await auditIn(tx, ctx, 'lead.note-first-response')(leadId, { after: { firstResponseAt: at } })
  await emitIn(tx, ctx)('lead.changed', { leadId, ownerId: lead.ownerId })
  return true
}
