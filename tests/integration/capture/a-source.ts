import { sql } from 'drizzle-orm'
import { Webhook } from 'standardwebhooks'
import { createSource, processDelivery, receiveDelivery, type NewSource, type Reply, type Verdict } from '~/domain/capture'
import type { CreateSource } from '~/domain/capture/contract'
import { systemContext, type Context } from '~/domain/kernel'
import { fromUuid, toUuid, type Id } from '~/lib/ids'
import { asSuperuser } from '~tests/support/database'
import { NOON, type TestOrganisation } from '~tests/support/organisations'
import type * as z from 'zod'

type Owner = Pick<TestOrganisation, 'orgId' | 'system'>
type Post = { id?: string; now?: Date; secret?: string; headers?: Record<string, string>; sourceKey?: string }

const withSecret = (made: NewSource) => ({ ...made, secret: made.secret ?? '', hookUrl: made.hookUrl ?? '' })

/** A source of signed JSON, and a sender that signs with the public library. */
export async function aStandardSource(owner: Owner, more: Partial<z.input<typeof CreateSource>> = {}) {
  const source = withSecret(await createSource(owner.system, { connector: 'standard', name: 'Site form', ...more }))
  let sent = 0
  const post = (body: object | string, { id, now = NOON, secret = source.secret, headers = {}, sourceKey = source.sourceKey }: Post = {}): Promise<Reply> => {
    sent += 1
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const messageId = id ?? `msg_${sent}`
    return receiveDelivery({
      connector: 'standard', sourceKey, raw: Buffer.from(text), query: new URLSearchParams(), requestId: 'test', now,
      headers: {
        'content-type': 'application/json', 'webhook-id': messageId, 'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
        'webhook-signature': new Webhook(secret).sign(messageId, now, text), ...headers,
      },
    })
  }
  return { ...source, post }
}

/** A Google lead form and what it posts. */
export async function aGoogleSource(owner: Owner, more: Partial<z.input<typeof CreateSource>> = {}) {
  const source = withSecret(await createSource(owner.system, { connector: 'google-ads', name: 'Google form', ...more }))
  const post = (body: string): Promise<Reply> => receiveDelivery({
    connector: 'google-ads', sourceKey: source.sourceKey, raw: Buffer.from(body), query: new URLSearchParams(), requestId: 'test', now: NOON, headers: { 'content-type': 'application/json' },
  })
  return { ...source, post }
}

/** Runs what the worker would, on every delivery in order. */
export async function processAll(owner: Owner, ctx: Context = systemContext(owner.orgId, 'process-delivery', NOON)): Promise<Verdict[]> {
  const verdicts: Verdict[] = []
  for (const deliveryId of await deliveryIds(owner)) verdicts.push(await processDelivery(ctx, { deliveryId }))
  return verdicts
}

export async function deliveryIds({ orgId }: Owner): Promise<Id<'dlv'>[]> {
  const rows = await asSuperuser((tx) => tx.execute<{ id: string }>(sql`select id from deliveries where org_id = ${toUuid(orgId)} order by id`))
  return rows.map(({ id }) => fromUuid('dlv', id))
}

/** Rows of a table in this organisation. */
export async function rowsIn<T extends Record<string, unknown> = Record<string, unknown>>({ orgId }: Owner, table: string): Promise<T[]> {
  const rows = await asSuperuser((tx) => tx.execute<T>(sql`select * from ${sql.identifier(table)} where org_id = ${toUuid(orgId)}`))
  return [...rows] as T[]
}

export const countIn = async (owner: Owner, ...tables: string[]): Promise<Record<string, number>> => {
  const counts: Record<string, number> = {}
  for (const table of tables) counts[table] = (await rowsIn(owner, table)).length
  return counts
}
