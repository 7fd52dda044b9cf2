import { and, desc, eq, gt, inArray } from 'drizzle-orm'
import { newId, type Id } from '~/lib/ids'
import { reconciliations } from '~db/schema'
import { command, DomainError } from '../kernel'
import { connectorOf } from './connectors/registry'
import { ReconcileSource } from './contract'
import { isEquipped, listedSource } from './listed-source'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** What was submitted just now may still be on its way. */
const SETTLE_MS = 10 * 60_000
const STALE_MS = 6 * HOUR_MS

/**
 * Starts comparing a source with its platform's own list of the last `days`; one that was started and has not
 * finished is answered again. With `onlyWhenDue` null is answered where the last one was less than a day ago (an hour, if it failed), the
 * source is paused, or it was given nothing to ask with. Refuses `not-found`, also where the platform has no list.
 */
export const reconcileSource = command({
  name: 'source.reconcile',
  permission: 'sources:write',
  input: ReconcileSource,
  async run({ tx, ctx, input: { sourceId, days, onlyWhenDue }, emit, audit }): Promise<{ reconciliationId: Id<'rcn'> } | null> {
    const source = await listedSource({ ...ctx, tx }, sourceId, true)
    if (source === null) throw new DomainError('not-found')
    const ofSource = and(eq(reconciliations.orgId, ctx.orgId), eq(reconciliations.sourceId, sourceId))
    const [open] = await tx.select({ id: reconciliations.id }).from(reconciliations)
      .where(and(ofSource, inArray(reconciliations.state, ['waiting', 'running']), gt(reconciliations.createdAt, new Date(ctx.now.getTime() - STALE_MS)))).limit(1)
    if (open) return { reconciliationId: open.id }
    if (onlyWhenDue) {
      const [last] = await tx.select({ at: reconciliations.createdAt, state: reconciliations.state }).from(reconciliations).where(ofSource).orderBy(desc(reconciliations.id)).limit(1)
      const isOver = last !== undefined && ctx.now.getTime() - last.at.getTime() < (last.state === 'failed' ? HOUR_MS : DAY_MS)
      if (isOver || !source.isActive || !(isEquipped(source.keys) || connectorOf(source.connector).pulls === true)) return null
    }
    const id = newId('rcn', ctx.now)
    const until = new Date(ctx.now.getTime() - SETTLE_MS)
    const since = new Date(Math.max(until.getTime() - days * DAY_MS, Math.min(source.createdAt.getTime(), until.getTime() - 1)))
    await tx.insert(reconciliations).values({ orgId: ctx.orgId, id, sourceId, state: 'waiting', since, until, createdAt: ctx.now })
    await audit(sourceId, { after: { from: since, to: until } })
    await emit('source.reconciliation-requested', { sourceId, reconciliationId: id })
    return { reconciliationId: id }
  },
})
