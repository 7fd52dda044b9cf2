import { sql } from 'drizzle-orm'
import { fromUuid, type Id } from '~/lib/ids'
import { decrypt } from '~/platform/crypto'
import type { JsonValue } from '~/lib/json-big'
import { database } from '~db/client.server'
import type { Keys } from './connectors/connector'
import type { ConnectorName } from './vocabulary'

/** A source as the door needs it: whose it is, how its messages are signed, whether it takes any. */
export type ConnectedSource = {
  orgId: Id<'org'>
  id: Id<'src'>
  connector: ConnectorName
  isPaused: boolean
  secret: string | null
  previous: { secret: string; until: Date } | null
  keys: Readonly<Record<string, string>>
  settings: Readonly<Record<string, JsonValue>>
}
export type SealedKeys = { secret: string | null; keys: string | null; previous_secret: string | null; previous_secret_until: string | null; settings: Record<string, JsonValue> }
type Row = SealedKeys & { org_id: string; id: string; connector: ConnectorName; status: string }
type Known = { source: Promise<ConnectedSource | null>; at: number }

const FRESH_MS = 4_000
const MOST = 5_000
const known = new Map<string, Known>()

/** What a secret is sealed with, so that one moved to another source will not open. */
export const secretContext = (sourceId: Id<'src'>): string => `sources.secret.${sourceId}`

/**
 * The source behind an address, or null. Remembered for four seconds, so that pausing and rotating work at once
 * for people while a burst costs one query.
 */
export function connectedSource(key: string, now: Date): Promise<ConnectedSource | null> {
  const at = now.getTime()
  const remembered = known.get(key)
  if (remembered && Math.abs(at - remembered.at) < FRESH_MS) return remembered.source
  const source = read(key)
  if (known.size >= MOST) known.clear()
  known.set(key, { source, at })
  source.catch(() => known.delete(key))
  return source
}

/** Lets the next request see a change made in this process without waiting. */
export function forgetSource(key: string): void {
  known.delete(key)
}

/** What counts at a moment: the present secret, the former one while they overlap, further keys and settings. */
export function keysAt({ secret, previous, keys, settings }: Pick<ConnectedSource, 'secret' | 'previous' | 'keys' | 'settings'>, now: Date): Keys {
  const former = previous !== null && previous.until > now ? [previous.secret] : []
  return { secrets: [...(secret === null ? [] : [secret]), ...former], keys, settings }
}

/** The sealed part of a source, opened. */
export function openKeys(id: Id<'src'>, row: SealedKeys): Pick<ConnectedSource, 'secret' | 'previous' | 'keys' | 'settings'> {
  const open = (sealed: string) => decrypt(sealed, secretContext(id))
  const { previous_secret: former, previous_secret_until: until } = row
  return {
    secret: row.secret === null ? null : open(row.secret),
    previous: former === null || until === null ? null : { secret: open(former), until: new Date(until) },
    keys: row.keys === null ? {} : (JSON.parse(open(row.keys)) as Record<string, string>), settings: row.settings,
  }
}

async function read(key: string): Promise<ConnectedSource | null> {
  if (!/^[\w-]{16,64}$/.test(key)) return null
  return database().transaction(async (tx) => {
    const [found] = await tx.execute<{ org_id: string; id: string }>(sql`select org_id, id from clew_resolve.source(${key})`)
    if (!found) return null
    await tx.execute(sql`select set_config('app.org_id', ${found.org_id}, true)`)
    const [row] = await tx.execute<Row>(sql`
      select org_id, id, connector, status, secret, keys, previous_secret, previous_secret_until, settings
      from sources where org_id = ${found.org_id} and id = ${found.id}`)
    return row ? opened(row) : null
  }, { accessMode: 'read only' })
}

function opened(row: Row): ConnectedSource {
  const id = fromUuid('src', row.id)
  return { orgId: fromUuid('org', row.org_id), id, connector: row.connector, isPaused: row.status === 'paused', ...openKeys(id, row) }
}
