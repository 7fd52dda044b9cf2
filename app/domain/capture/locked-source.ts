import { and, eq } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { sources } from '~db/schema'
import { DomainError, type Context } from '../kernel'
import type { Push } from './connectors/connector'
import { pushOf } from './connectors/registry'

type SourceRow = typeof sources.$inferSelect

/** A source of this organisation, locked for a change. Refuses `not-found`. */
export async function lockedSource(tx: Tx, ctx: Context, sourceId: Id<'src'>): Promise<SourceRow> {
  const [source] = await tx.select().from(sources).where(and(eq(sources.orgId, ctx.orgId), eq(sources.id, sourceId))).for('update')
  if (!source) throw new DomainError('not-found')
  return source
}

/** The same, where it is one that platforms push to. */
export async function lockedPushSource(tx: Tx, ctx: Context, sourceId: Id<'src'>): Promise<{ source: SourceRow; push: Push }> {
  const source = await lockedSource(tx, ctx, sourceId)
  const push = pushOf(source.connector)
  if (push === null) throw new DomainError('not-found')
  return { source, push }
}
