import { and, eq } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { sources } from '~db/schema'
import { DomainError, type Context } from '../kernel'
import type { Connector, Keys } from './connectors/connector'
import { connectorOf, connectors, isMappedConnector } from './connectors/registry'
import { sourceKeys } from './source-keys'
import type { MappedConnectorName } from './vocabulary'

/** A source whose platform answers a list of its own leads. */
export type ListedSource = { id: Id<'src'>; connector: MappedConnectorName; isActive: boolean; createdAt: Date; list: NonNullable<Connector['list']>; keys: Keys }

/** Connectors whose platform can be asked for its own list. */
export const listedConnectors = (): MappedConnectorName[] => (Object.keys(connectors) as MappedConnectorName[]).filter((name) => connectors[name].list !== undefined)

/** Whether leads of a source are asked for on a schedule: always where nothing is pushed, else where that was switched on. */
export const isPulled = (connector: Connector, { settings }: Keys): boolean => connector.list !== undefined && (connector.pulls === true || settings['pull'] === true)

/** Whether a source was given anything with which its platform's list could be asked for. */
export const isEquipped = ({ keys }: Keys): boolean => Object.keys(keys).length > 0

/** A source with what its platform's list needs; null where the platform has none. Refuses `not-found`. */
export async function listedSource(ctx: Context & { tx: Tx }, sourceId: Id<'src'>, lock = false): Promise<ListedSource | null> {
  const asked = ctx.tx.select().from(sources).where(and(eq(sources.orgId, ctx.orgId), eq(sources.id, sourceId)))
  const [source] = lock ? await asked.for('update') : await asked
  if (!source) throw new DomainError('not-found')
  const list = isMappedConnector(source.connector) ? connectorOf(source.connector).list : undefined
  if (list === undefined || !isMappedConnector(source.connector)) return null
  return { id: source.id, connector: source.connector, isActive: source.status === 'active', createdAt: source.createdAt, list, keys: await sourceKeys(ctx, sourceId) }
}
