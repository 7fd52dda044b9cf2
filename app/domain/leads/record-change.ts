import { newId, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { leadChanges } from '~db/schema'
import { actorId, type Context } from '../kernel'
import type { LeadRow } from './locked-lead'
import type { ChangeKind } from './vocabulary'

// Owners have a history of their own: `ownership_changes`.
type Change = { kind: Exclude<ChangeKind, 'owner'>; before: string | null; after: string | null; reason?: string | null }

/** Keeps a change of a lead for its timeline. Codes and ids only: these rows are never erased. */
export async function recordChange(tx: Tx, ctx: Context, lead: LeadRow, change: Change): Promise<Id<'chg'>> {
  const id = newId('chg')
  await tx.insert(leadChanges).values({
    orgId: ctx.orgId, id, leadId: lead.id, kind: change.kind, before: change.before, after: change.after,
    reason: change.reason ?? null, actorKind: ctx.actor.kind, actorId: actorId(ctx.actor), at: ctx.now,
  })
  return id
}
