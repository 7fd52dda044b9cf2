import { fromUuid, newId, type Id } from '~/lib/ids'
import { encrypt, randomToken } from '~/platform/crypto'
import type { Tx } from '~db/client.server'
import { sources } from '~db/schema'
import { ensureChannels } from '../channels'
import { command, DomainError, type Context } from '../kernel'
import { secretContext } from './connected-source'
import { connectorOf } from './connectors/registry'
import { CreateSource } from './contract'
import { hookUrl } from './hook-url'
import { assertSourcePlaces, refuseTakenName } from './source-places'

/** What the platform must be told. The secret is shown this once. */
export type NewSource = { sourceId: Id<'src'>; sourceKey: string; hookUrl: string; secret: string }

/**
 * Connects an inlet and answers its address and secret, which is shown this once. Refuses `invalid` for a secret the
 * platform would not take, `name-taken`, and `not-found` for a channel, product line or member of nobody here.
 */
export const createSource = command({
  name: 'source.create',
  permission: 'sources:write',
  input: CreateSource,
  async run({ tx, ctx, input, audit }): Promise<NewSource> {
    const connector = connectorOf(input.connector)
    if (input.secret !== null && !connector.checkSecret(input.secret)) throw new DomainError('invalid', { fields: { secret: ['not-a-secret'] } })
    await assertSourcePlaces(tx, ctx, input)
    const secret = input.secret ?? connector.newSecret()
    const id = newId('src')
    const sourceKey = randomToken(24)
    const { name, connector: connectorName, productLineId, ownerId, leadRule, defaultCountry } = input
    const channelId = input.channelId ?? (await channelByName({ ...ctx, tx }, input.channel))
    const row = { connector: connectorName, name, channelId, productLineId, ownerId, leadRule, defaultCountry, status: 'active' as const }
    await refuseTakenName(() => tx.transaction((step) => step.insert(sources).values({
      ...row, orgId: ctx.orgId, id, key: sourceKey, secret: encrypt(secret, secretContext(id)), settings: {}, createdAt: ctx.now,
    })))
    await audit(id, { after: row })
    return { sourceId: id, sourceKey, hookUrl: hookUrl(connectorName, sourceKey), secret }
  },
})

async function channelByName(ctx: Context & { tx: Tx }, name: string | null): Promise<Id<'ch'> | null> {
  if (name === null || name === '') return null
  const [channel] = await ensureChannels(ctx, [name])
  return channel ? fromUuid('ch', channel.id) : null
}
