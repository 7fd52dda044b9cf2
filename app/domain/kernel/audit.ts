import { newId } from '~/lib/ids'
import { hmacSha256 } from '~/platform/crypto'
import { env } from '~/platform/env'
import type { Tx } from '~db/client.server'
import { auditEntries } from '~db/schema'
import { actorId, type Context } from './context'

export type Change = { before?: Record<string, unknown> | null; after?: Record<string, unknown> | null }
export type Audit = (subject: string, change?: Change) => Promise<void>

/** Fields whose values may stand in the log: codes, ids and moments. Of all others only a digest is kept. */
const open = new Set([
  'stage', 'grade', 'verdict', 'reason', 'junkReason', 'lostReason', 'ownerId', 'teamId', 'role', 'status', 'scope', 'resource', 'kind',
  'connector', 'leadRule', 'channelId', 'campaignId', 'productLineId', 'sourceId', 'leadId', 'inquiryId', 'deliveryId', 'currency', 'amount',
  'expectedMonth', 'scopes', 'expiresAt', 'revokedAt', 'outcome', 'nextStepAt', 'snoozedUntil', 'version', 'counts', 'need', 'budget',
  'authority', 'timing', 'from', 'to', 'undoneAt', 'locale', 'timeZone', 'cell', 'until',
])

const shown = (value: unknown) => (typeof value === 'bigint' ? value.toString() : value instanceof Date ? value.toISOString() : value)

function entry(field: string, value: unknown): unknown {
  if (value === undefined || value === null) return null
  if (open.has(field)) return shown(value)
  return { digest: hmacSha256(env().SESSION_SECRET[0] ?? '', JSON.stringify(shown(value))).toString('hex').slice(0, 16) }
}

/** Only what differs, field by field, so that the log says what happened and not what the row was. */
export function changesOf({ before, after }: Change): Record<string, { before: unknown; after: unknown }> {
  const fields = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])
  const changes: Record<string, { before: unknown; after: unknown }> = {}
  for (const field of fields) {
    const pair = { before: entry(field, before?.[field]), after: entry(field, after?.[field]) }
    if (JSON.stringify(pair.before) !== JSON.stringify(pair.after)) changes[field] = pair
  }
  return changes
}

export function auditIn(tx: Tx, ctx: Context, action: string): Audit {
  return async (subject, change = {}) => {
    await tx.insert(auditEntries).values({
      orgId: ctx.orgId,
      id: newId('aud'),
      action,
      actorKind: ctx.actor.kind,
      actorId: actorId(ctx.actor),
      subject,
      changes: changesOf(change),
      requestId: ctx.requestId,
      at: ctx.now,
    })
  }
}
