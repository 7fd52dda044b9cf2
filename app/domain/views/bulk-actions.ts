import { sql, type SQL } from 'drizzle-orm'
import { toUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import type { Context } from '../kernel'
import { addNote, changeOwnership, giveVerdict, setLeadField, snoozeLead, undoActivity, type FieldValue } from '../leads'
import type { JunkReason, Verdict } from '../leads/vocabulary'
import type { Permission } from '../orgs/vocabulary'
import type { BulkDeed } from './contract'
import type { BulkActionName } from './vocabulary'

type In = Context & { tx: Tx }
/** What a lead was, so that it can be put back. */
export type LeadBefore = { ownerId: Id<'mem'> | null; snoozedUntil: Date | null; verdict: Verdict; junkReason: string | null }
type Of<N extends BulkActionName> = Extract<BulkDeed, { action: N }>

type BulkAction<N extends BulkActionName> = {
  permission: Permission
  /** over `leads l`: which are so already */
  isSo: (deed: Of<N>) => SQL
  /** which the verb would refuse; only what can be told from the row itself */
  isBarred?: (deed: Of<N>) => SQL
  /** does it to one lead through its verb; answers what puts it back */
  run: (ctx: In, leadId: Id<'lead'>, deed: Of<N>, before: LeadBefore) => Promise<unknown>
  undo: (ctx: In, leadId: Id<'lead'>, before: never, deed: Of<N>) => Promise<unknown>
  /** what it adds stands beside the lead: taking it away again does not mind other changes */
  isBeside?: true
}

/** What can be done to many leads at once. Each goes through the verb that one lead goes through, with its audit and events. */
export const bulkActions: { [N in BulkActionName]: BulkAction<N> } = {
  assign: {
    permission: 'leads:assign',
    isSo: ({ to }) => sql`l.owner_id = ${toUuid(to)}::uuid`,
    run: async (ctx, leadId, { to }, before) => { await changeOwnership(ctx, { leadId, to, by: 'bulk', reason: 'assigned' }); return { ownerId: before.ownerId } },
    undo: (ctx, leadId, before: { ownerId: Id<'mem'> | null }) => changeOwnership(ctx, { leadId, to: before.ownerId, by: 'bulk', reason: 'other' }),
  },
  return: {
    permission: 'leads:assign',
    isSo: () => sql`l.owner_id is null`,
    run: async (ctx, leadId, _deed, before) => { await changeOwnership(ctx, { leadId, to: null, by: 'bulk', reason: 'returned' }); return { ownerId: before.ownerId } },
    undo: (ctx, leadId, before: { ownerId: Id<'mem'> | null }) => changeOwnership(ctx, { leadId, to: before.ownerId, by: 'bulk', reason: 'other' }),
  },
  snooze: {
    permission: 'leads:write',
    isSo: ({ until }) => (until === null ? sql`l.snoozed_until is null` : sql`coalesce(l.snoozed_until = ${until.toISOString()}::timestamptz, false)`),
    isBarred: () => sql`not l.is_open`,
    run: async (ctx, leadId, { until }, before) => { await snoozeLead(ctx, { leadId, until }); return { until: before.snoozedUntil?.toISOString() ?? null } },
    // A rest that has ended meanwhile is over.
    undo: (ctx, leadId, before: { until: string | null }) => snoozeLead(ctx, { leadId, until: before.until === null || new Date(before.until) <= ctx.now ? null : new Date(before.until) }),
  },
  verdict: {
    permission: 'leads:write',
    isSo: ({ verdict, reason }) => (verdict === 'junk' ? sql`(l.verdict = 'junk' and l.junk_reason is not distinct from ${reason ?? null})` : sql`l.verdict = 'valid'`),
    run: async (ctx, leadId, { verdict, reason }, before) => { await giveVerdict(ctx, { leadId, verdict, reason }); return { verdict: before.verdict, reason: before.junkReason } },
    undo: (ctx, leadId, before: { verdict: Verdict; reason: JunkReason | null }) => giveVerdict(ctx, { leadId, verdict: before.verdict, reason: before.reason ?? undefined }),
  },
  note: {
    permission: 'leads:write',
    isSo: () => sql`false`,
    run: (ctx, leadId, { note }) => addNote(ctx, { leadId, note }),
    undo: (ctx, _leadId, before: { activityId: Id<'act'> }) => undoActivity(ctx, { activityId: before.activityId }),
    isBeside: true,
  },
  field: {
    permission: 'leads:write',
    isSo: () => sql`false`,
    run: async (ctx, leadId, { fieldId, value }) => ({ value: (await setLeadField(ctx, { leadId, fieldId, value })).before }),
    undo: (ctx, leadId, before: { value: FieldValue }, { fieldId }) => setLeadField(ctx, { leadId, fieldId, value: before.value }),
  },
}

/** The action of a deed, typed for whatever deed it is. */
export const actionOf = (deed: BulkDeed): BulkAction<BulkActionName> => bulkActions[deed.action] as unknown as BulkAction<BulkActionName>
