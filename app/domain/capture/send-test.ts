import { and, eq } from 'drizzle-orm'
import { newUuid, type Id } from '~/lib/ids'
import { decrypt } from '~/platform/crypto'
import { sources } from '~db/schema'
import { DomainError, query, type Context } from '../kernel'
import { secretContext } from './connected-source'
import { connectorOf, isPushConnector } from './connectors/registry'
import { OneSource } from './contract'
import { receiveDelivery, type Inbound } from './receive-delivery'

/** A message the platform could have sent, marked as a test and signed with the source's secret. Refuses `not-found`. */
export const testMessage = query({
  name: 'source.test-message',
  permission: 'sources:write',
  input: OneSource,
  async run({ tx, ctx, input: { sourceId } }): Promise<Inbound> {
    const [source] = await tx.select().from(sources).where(and(eq(sources.orgId, ctx.orgId), eq(sources.id, sourceId)))
    if (!source || !isPushConnector(source.connector) || source.secret === null) throw new DomainError('not-found')
    const sample = connectorOf(source.connector).sample(decrypt(source.secret, secretContext(sourceId)), `test-${newUuid()}`, ctx.now)
    return { ...sample, query: new URLSearchParams(), connector: source.connector, sourceKey: source.key, requestId: ctx.requestId, now: ctx.now }
  },
})

/** Sends a test through the same door as everybody; answers the HTTP status the platform would have seen. */
export async function sendTest(ctx: Context, input: { sourceId: Id<'src'> }): Promise<{ status: number }> {
  const { status } = await receiveDelivery(await testMessage(ctx, input))
  return { status }
}
