import { and, eq } from 'drizzle-orm'
import { sources } from '~db/schema'
import { DomainError, query } from '../kernel'
import { OneSource } from './contract'
import { hookUrl } from './hook-url'
import { glances, type SourceGlance } from './list-sources'
import { pushOf } from './connectors/registry'

/** A source with its address. `address` is null for sources that are fed from inside; secrets are never answered. */
export type SourceDetail = SourceGlance & { address: string | null; key: string | null; formerSecretUntil: Date | null }

/** One source. Refuses `not-found`. */
export const sourceDetail = query({
  name: 'source.detail',
  permission: 'sources:read',
  input: OneSource,
  async run({ tx, ctx, input }): Promise<SourceDetail> {
    const [source] = await glances(tx, ctx, input.sourceId)
    const [row] = await tx.select({ key: sources.key, until: sources.previousSecretUntil }).from(sources).where(and(eq(sources.orgId, ctx.orgId), eq(sources.id, input.sourceId)))
    if (!source || !row) throw new DomainError('not-found')
    const pushed = pushOf(source.connector) !== null
    return {
      ...source, address: pushed ? hookUrl(source.connector, row.key) : null, key: pushed ? row.key : null,
      formerSecretUntil: row.until !== null && row.until > ctx.now ? row.until : null,
    }
  },
})
