import { sql } from 'drizzle-orm'
import { inTransaction, systemContext, type Actor } from '~/domain/kernel'
import type { Permission } from '~/domain/orgs/vocabulary'
import { fromUuid, toUuid, type Id } from '~/lib/ids'
import { database } from '~db/client.server'
import { apiKeyDigest, isApiKey } from './api-key-format'
import { apiKeyScopes } from './vocabulary'

type ApiKeyActor = Extract<Actor, { kind: 'apiKey' }>
const MINUTE = 60_000
const known = new Set<string>(apiKeyScopes)

/** Who a bearer key speaks for, or null for a key that is unknown, expired or revoked. Use is noted once a minute. */
export async function keyActor(token: string, now: Date): Promise<{ orgId: Id<'org'>; actor: ApiKeyActor } | null> {
  if (!isApiKey(token)) return null
  const [found] = await database().execute<{ org_id: string; id: string }>(sql`select org_id, id from clew_resolve.api_key(${apiKeyDigest(token)})`)
  if (found === undefined) return null
  const orgId = fromUuid('org', found.org_id)
  const keyId = fromUuid('key', found.id)
  const scopes = await inTransaction(systemContext(orgId, 'key', now), 'read write', async (tx) => {
    const at = now.toISOString()
    const minuteAgo = new Date(now.getTime() - MINUTE).toISOString()
    const [row] = await tx.execute<{ scopes: string[] }>(sql`
      with live as (
        select org_id, id, scopes, last_used_at from api_keys
        where org_id = ${toUuid(orgId)} and id = ${toUuid(keyId)} and revoked_at is null and (expires_at is null or expires_at > ${at}::timestamptz)
      ), noted as (
        update api_keys k set last_used_at = ${at}::timestamptz from live
        where k.org_id = live.org_id and k.id = live.id and (live.last_used_at is null or live.last_used_at <= ${minuteAgo}::timestamptz)
      )
      select scopes from live`)
    return row?.scopes ?? null
  })
  if (scopes === null) return null
  const permitted = scopes.filter((scope): scope is Permission & (typeof apiKeyScopes)[number] => known.has(scope))
  return { orgId, actor: { kind: 'apiKey', keyId, scopes: new Set(permitted) } }
}
