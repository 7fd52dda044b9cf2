import { and, eq, isNull } from 'drizzle-orm'
import { newId, type Id } from '~/lib/ids'
import { randomToken } from '~/platform/crypto'
import type { Tx } from '~db/client.server'
import { pools, sources } from '~db/schema'
import { DomainError, type Context } from '../kernel'
import type { IngestSource } from './plan-ingest'
import type { ConnectorName, MappedConnectorName } from './vocabulary'

type InTx = Context & { tx: Tx }
/** Connectors that are fed from inside and have one source of their own an organisation. */
export type InnerConnector = Exclude<ConnectorName, MappedConnectorName>

const columns = {
  id: sources.id, channelId: sources.channelId, campaignId: sources.campaignId, productLineId: sources.productLineId, ownerId: sources.ownerId, poolId: pools.id,
  leadRule: sources.leadRule, defaultCountry: sources.defaultCountry,
}
// A pool that was put away takes nothing more: its leads go where all others wait.
const inUse = and(eq(pools.orgId, sources.orgId), eq(pools.id, sources.poolId), isNull(pools.archivedAt))
const innerNames: Record<InnerConnector, string> = { import: 'Import', manual: 'By hand', 'partner-portal': 'Partner portal' }

/** A source as ingesting needs it. Refuses `not-found`. */
export async function ingestSource({ tx, orgId }: InTx, sourceId: Id<'src'>): Promise<IngestSource> {
  const [source] = await tx.select(columns).from(sources).leftJoin(pools, inUse).where(and(eq(sources.orgId, orgId), eq(sources.id, sourceId)))
  if (!source) throw new DomainError('not-found')
  return source
}

/** The organisation's own source for imports, leads by hand or the partner portal; made on first use. */
export async function innerSource(ctx: InTx, connector: InnerConnector): Promise<IngestSource> {
  const { tx, orgId, now } = ctx
  const find = () => tx.select(columns).from(sources).leftJoin(pools, inUse).where(and(eq(sources.orgId, orgId), eq(sources.connector, connector))).orderBy(sources.id).limit(1)
  const [source] = await find()
  if (source) return source
  await tx.insert(sources).values({
    orgId, id: newId('src'), connector, name: innerNames[connector], key: randomToken(24), leadRule: 'always', defaultCountry: 'CN', settings: {}, status: 'active', createdAt: now,
  }).onConflictDoNothing()
  const [made] = await find()
  if (!made) throw new DomainError('name-taken')
  return made
}
