import { fromUuid, newId, type Id } from '~/lib/ids'
import { encrypt, randomToken } from '~/platform/crypto'
import type { Tx } from '~db/client.server'
import { sources } from '~db/schema'
import { ensureChannels } from '../channels'
import { command, DomainError, type Context } from '../kernel'
import { secretContext } from './connected-source'
import type { Connector } from './connectors/connector'
import { connectorOf } from './connectors/registry'
import { CreateSource } from './contract'
import { hookUrl } from './hook-url'
import { fillFields } from './source-fields'
import { assertSourcePlaces, refuseTakenName } from './source-places'

/** What the platform must be told. The secret and `keys` we made are shown this once; null where there is none. */
export type NewSource = { sourceId: Id<'src'>; sourceKey: string; hookUrl: string | null; secret: string | null; keys: Record<string, string> }

/**
 * Connects an inlet and answers its address and secret, which is shown this once. Refuses `invalid` for a secret the
 * platform would not take and keys it does not know or needs, `name-taken`, and `not-found` for a channel, campaign,
 * product line, pool or member of nobody here.
 */
export const createSource = command({
  name: 'source.create',
  permission: 'sources:write',
  input: CreateSource,
  async run({ tx, ctx, input, audit }): Promise<NewSource> {
    const connector = connectorOf(input.connector)
    const sourceKey = randomToken(24)
    const secret = secretOf(connector, input.secret, sourceKey)
    const filled = fillFields(connector.fields, input.keys)
    await assertSourcePlaces(tx, ctx, input)
    const id = newId('src')
    const { name, connector: connectorName, campaignId, productLineId, ownerId, poolId, leadRule, defaultCountry } = input
    const channelId = input.channelId ?? (await channelByName({ ...ctx, tx }, input.channel))
    const row = { connector: connectorName, name, channelId, campaignId, productLineId, ownerId, poolId, leadRule, defaultCountry, status: 'active' as const }
    await refuseTakenName(() => tx.transaction((step) => step.insert(sources).values({
      ...row, orgId: ctx.orgId, id, key: sourceKey, settings: filled.settings, createdAt: ctx.now,
      secret: secret === null ? null : encrypt(secret, secretContext(id)), keys: sealedKeys(id, filled.keys),
    })))
    await audit(id, { after: row })
    return { sourceId: id, sourceKey, hookUrl: connector.push === undefined ? null : hookUrl(connectorName, sourceKey), secret, keys: filled.made }
  },
})

// One the platform issues must be brought; ours is made when none is.
function secretOf({ push }: Connector, given: string | null, sourceKey: string): string | null {
  if (push === undefined) return null
  if (given !== null && given !== '') {
    if (!push.checkSecret(given)) throw new DomainError('invalid', { fields: { secret: ['not-a-secret'] } })
    return given
  }
  if (push.newSecret === null && push.mayLackSecret !== undefined) return null
  if (push.newSecret === null) throw new DomainError('invalid', { fields: { secret: ['required'] } })
  return push.newSecret(sourceKey)
}

/** Further keys of a source as they are stored; null where there are none. */
export const sealedKeys = (id: Id<'src'>, keys: Readonly<Record<string, string>>): string | null =>
  Object.keys(keys).length === 0 ? null : encrypt(JSON.stringify(keys), secretContext(id))

async function channelByName(ctx: Context & { tx: Tx }, name: string | null): Promise<Id<'ch'> | null> {
  if (name === null || name === '') return null
  const [channel] = await ensureChannels(ctx, [name])
  return channel ? fromUuid('ch', channel.id) : null
}
