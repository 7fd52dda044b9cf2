import { Webhook } from 'standardwebhooks'
import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { createSource, processDelivery, receiveDelivery, receiptState } from '~/domain/capture'
import { systemContext } from '~/domain/kernel'
import { fromUuid, toUuid } from '~/lib/ids'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation, NOON, type TestOrganisation } from '~tests/support/organisations'

async function aStandardSource(org: TestOrganisation) {
  const source = await createSource(org.system, { connector: 'standard', name: 'Site form', channel: 'Website' })
  const post = (id: string, body: object | string, now = NOON) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const signature = new Webhook(source.secret ?? '').sign(id, now, text)
    return receiveDelivery({
      connector: 'standard', sourceKey: source.sourceKey, raw: Buffer.from(text), query: new URLSearchParams(), requestId: 'test', now,
      headers: { 'webhook-id': id, 'webhook-timestamp': String(Math.floor(now.getTime() / 1000)), 'webhook-signature': signature },
    })
  }
  return { ...source, post }
}

async function processAll(org: TestOrganisation) {
  const rows = await asSuperuser((tx) => tx.execute<{ id: string }>(sql`select d.id from deliveries d where org_id = ${toUuid(org.orgId)} order by id`))
  const verdicts = []
  for (const { id } of rows) verdicts.push(await processDelivery(systemContext(org.orgId, 'process-delivery', NOON), { deliveryId: fromUuid('dlv', id) }))
  return verdicts
}

const count = async (org: TestOrganisation, table: string) => {
  const [row] = await asSuperuser((tx) => tx.execute<{ n: number }>(sql`select count(*)::int as n from ${sql.identifier(table)} where org_id = ${toUuid(org.orgId)}`))
  return row?.n
}

describe('a signed message', () => {
  it('becomes one lead, though it is sent three times', async () => {
    const org = await anOrganisation()
    const source = await aStandardSource(org)
    const body = { data: { external_id: 'a-1', full_name: '王芳', mobile: '13800138000', email: 'fang@acme-robots.cn', company: '杭州线索科技有限公司', message: '想看演示' } }
    const replies = [await source.post('msg_1', body), await source.post('msg_1', body), await source.post('msg_1', body)]
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200])
    const verdicts = await processAll(org)
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(['processed', 'duplicate', 'duplicate'])
    for (const [table, n] of Object.entries({ leads: 1, inquiries: 1, people: 1, companies: 1, touches: 1, deliveries: 3, identities: 2, delivery_keys: 1, stage_moves: 1, lead_stages: 1 })) {
      expect([table, await count(org, table)]).toEqual([table, n])
    }
    const receipt = replies[2]?.headers['Clew-Receipt'] ?? ''
    expect(await receiptState(receipt)).toMatchObject({ state: 'duplicate', first: replies[0]?.headers['Clew-Receipt'] })
    await processAll(org)
    expect(await count(org, 'leads')).toBe(1)
    expect(await count(org, 'delivery_outcomes')).toBe(3)
  })
})
