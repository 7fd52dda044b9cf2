import { sql } from 'drizzle-orm'
import { toUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { DomainError, type Context } from '../kernel'
import { keysAt, openKeys, type SealedKeys } from './connected-source'
import type { Keys } from './connectors/connector'

/** The opened secrets, keys and settings of a source, inside the caller's transaction. Refuses `not-found`. */
export async function sourceKeys(ctx: Context & { tx: Tx }, sourceId: Id<'src'>): Promise<Keys> {
  const [row] = await ctx.tx.execute<SealedKeys>(sql`
    select secret, keys, previous_secret, previous_secret_until, settings from sources where org_id = ${toUuid(ctx.orgId)} and id = ${toUuid(sourceId)}`)
  if (!row) throw new DomainError('not-found')
  return keysAt(openKeys(sourceId, row), ctx.now)
}
