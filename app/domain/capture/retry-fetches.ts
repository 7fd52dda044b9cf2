import { and, eq, ne } from 'drizzle-orm'
import { fetches, sources } from '~db/schema'
import { command, DomainError } from '../kernel'
import { RetryFetches } from './contract'
import { orderAgain } from './order-again'

/**
 * Asks the platform again now, for one lead or for everything of a source that is not there yet, also what it no longer
 * had. One that is there changes nothing. Answers how many are asked for. Refuses `not-found`.
 */
export const retryFetches = command({
  name: 'fetch.retry',
  permission: 'deliveries:replay',
  input: RetryFetches,
  async run({ tx, ctx, input: { fetchId, sourceId }, audit }): Promise<{ retried: number }> {
    const [subject] = fetchId !== null
      ? await tx.select({ id: fetches.id }).from(fetches).where(and(eq(fetches.orgId, ctx.orgId), eq(fetches.id, fetchId)))
      : sourceId === null ? [] : await tx.select({ id: sources.id }).from(sources).where(and(eq(sources.orgId, ctx.orgId), eq(sources.id, sourceId)))
    if (!subject) throw new DomainError('not-found')
    const which = fetchId !== null ? eq(fetches.id, fetchId) : sourceId === null ? undefined : eq(fetches.sourceId, sourceId)
    const retried = await orderAgain(tx, ctx, and(which, ne(fetches.state, 'done')))
    if (retried > 0) await audit(subject.id, { after: { counts: retried } })
    return { retried }
  },
})
