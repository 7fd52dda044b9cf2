import { and, eq } from 'drizzle-orm'
import { newUuid, type Id } from '~/lib/ids'
import { sources } from '~db/schema'
import { DomainError, query, type Context } from '../kernel'
import { pushOf } from './connectors/registry'
import { OneSource } from './contract'
import { receiveDelivery, type Inbound } from './receive-delivery'
import { sourceKeys } from './source-keys'

/** A message the platform could have sent, marked as a test and signed with the source's secret. Refuses `not-found`. */
export const testMessage = query({
  name: 'source.test-message',
  permission: 'sources:write',
  input: OneSource,
  async run({ tx, ctx, input: { sourceId } }): Promise<Inbound> {
    const [source] = await tx.select().from(sources).where(and(eq(sources.orgId, ctx.orgId), eq(sources.id, sourceId)))
    const push = source ? pushOf(source.connector) : null
    if (!source || push === null || push.sample === null) throw new DomainError('not-found')
    const sample = push.sample(await sourceKeys({ ...ctx, tx }, sourceId), `test-${newUuid()}`, ctx.now)
    return { query: new URLSearchParams(), ...sample, connector: source.connector, sourceKey: source.key, requestId: ctx.requestId, now: ctx.now }
  },
})

/** Sends a test through the same door as everybody; answers the HTTP status the platform would have seen. */
export async function sendTest(ctx: Context, input: { sourceId: Id<'src'> }): Promise<{ status: number }> {
  const { status } = await receiveDelivery(await testMessage(ctx, input))
  return { status }
}
