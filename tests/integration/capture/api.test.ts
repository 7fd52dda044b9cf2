import { Hono } from 'hono'
import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { v1 } from '~/api/v1'
import { createApiKey } from '~/domain/auth'
import { receiptOf } from '~/domain/capture'
import type { ApiKeyScope } from '~/domain/auth/vocabulary'
import { answerError } from '~/http/middleware'
import { withFacts } from '~/http/request-context'
import { newId, toUuid } from '~/lib/ids'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation, NOON, type TestOrganisation } from '~tests/support/organisations'
import { aStandardSource, deliveryIds, processAll, rowsIn } from './a-source'

const app = new Hono().onError(answerError).route('/api/v1', v1)

async function caller(org: TestOrganisation, ...scopes: ApiKeyScope[]) {
  const { key } = await createApiKey(await org.as('admin'), { name: scopes.join(' '), scopes })
  return async (path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const answer = await withFacts({ requestId: 'test-request', ip: '127.0.0.1', now: NOON, nonce: '', viewing: async () => null }, async () =>
      app.request(`/api/v1${path}`, {
        method: body === undefined ? 'GET' : 'POST', headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers }, ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }))
    return { status: answer.status, headers: answer.headers, body: (await answer.json()) as never }
  }
}

/** A source with a lead, the same once more under another message, and one that cannot be read. */
async function aLog(org: TestOrganisation) {
  const source = await aStandardSource(org)
  await source.post({ data: { external_id: 'A-1', full_name: 'Li Lei', email: 'li@corp.cn' } })
  await source.post({ data: { external_id: 'A-1', full_name: 'Li Lei', email: 'li@corp.cn' } })
  await source.post('not json')
  await processAll(org)
  return { ...source, ids: await deliveryIds(org) }
}

describe('GET /sources', () => {
  it('tells what came in and what is not as usual, and no key', async () => {
    const org = await anOrganisation()
    const { sourceId, secret } = await aLog(org)
    await asSuperuser((tx) => tx.execute(sql`insert into source_alarms (org_id, id, source_id, kind, since, facts, opened_at) values
      (${toUuid(org.orgId)}, ${toUuid(newId('alm'))}, ${toUuid(sourceId)}, 'silent', ${NOON.toISOString()}, '{"expected": 6.5, "weekly": 40}', ${NOON.toISOString()})`))
    const { status, body } = await (await caller(org, 'sources:read'))('/sources')
    expect([status, body]).toMatchObject([200, { has_more: false, next_cursor: null, data: [{ id: sourceId, connector: 'standard', status: 'active', alarms: [{ kind: 'silent', since: NOON.toISOString(), facts: { expected: 6.5 } }] }] }])
    const [{ last_24_hours: day }] = (body as { data: [{ last_24_hours: Record<string, number> }] }).data
    expect(Object.values(day).reduce((sum, n) => sum + n, 0)).toBe(3)
    expect(JSON.stringify(body)).not.toContain(secret.slice(8))
    expect((await (await caller(org, 'leads:read'))('/sources')).status).toBe(403)
  })
})

describe('GET /deliveries', () => {
  it('pages newest first with Link, filters, and says nothing of what was said', async () => {
    const org = await anOrganisation()
    const { ids, sourceId } = await aLog(org)
    const ask = await caller(org, 'deliveries:read')
    const first = await ask('/deliveries?limit=2')
    const page = first.body as { data: { id: string }[]; next_cursor: string; has_more: boolean }
    expect([first.status, page.data.map(({ id }) => id), page.has_more]).toEqual([200, [ids[2], ids[1]], true])
    expect(first.headers.get('link')).toBe(`</api/v1/deliveries?limit=2&cursor=${page.next_cursor}>; rel="next"`)
    const rest = await ask(`/deliveries?limit=2&cursor=${page.next_cursor}`)
    expect(rest.body).toMatchObject({ data: [{ id: ids[0], state: 'processed', source: { id: sourceId }, issues: [], reply_status: 200 }], next_cursor: null, has_more: false })
    expect((await ask('/deliveries?state=unreadable')).body).toMatchObject({ data: [{ id: ids[2], state: 'unreadable', lead: null, issues: [{ code: 'not-json' }] }] })
    expect((await ask(`/deliveries?q=${receiptOf(ids[0] ?? 'dlv_')}`)).body).toMatchObject({ data: [{ id: ids[0] }] })
    for (const wrong of ['?source=nobody', '?limit=0', '?cursor=x', '?since=tomorrowish']) expect((await ask(`/deliveries${wrong}`)).status, wrong).toBe(422)
    expect(JSON.stringify(rest.body)).not.toMatch(/Li Lei|li@corp/)
  })

  it('one tells its verdicts and no body; a stranger’s and a malformed one are not there', async () => {
    const [org, stranger] = [await anOrganisation(), await anOrganisation()]
    const { ids: [id = 'dlv_'] } = await aLog(org)
    const ask = await caller(org, 'deliveries:read')
    const { status, body } = await ask(`/deliveries/${id}`)
    expect([status, body]).toMatchObject([200, { id, receipt: receiptOf(id), state: 'processed', history: [{ state: 'processed', issues: [], duplicate_of: null }] }])
    expect(JSON.stringify(body)).not.toMatch(/Li Lei|li@corp|headers/)
    const foreign = await caller(stranger, 'deliveries:read')
    for (const answer of [await foreign(`/deliveries/${id}`), await ask('/deliveries/dlv_nonsense')]) expect(answer).toMatchObject({ status: 404, body: { title: 'not-found' } })
  })
})

describe('POST /deliveries/replays', () => {
  it('orders by id or range, once per Idempotency-Key, and never makes a second lead', async () => {
    const org = await anOrganisation()
    const { ids, sourceId } = await aLog(org)
    const told = async () => (await rowsIn<{ name: string }>(org, 'outbox')).filter(({ name }) => name === 'delivery.replayed').length
    const ask = await caller(org, 'deliveries:replay')
    const order = { delivery_ids: [ids[2]] }
    expect(await ask('/deliveries/replays', order, { 'idempotency-key': 'one' })).toMatchObject({ status: 202, body: { replayed: 1, next_cursor: null } })
    const again = await ask('/deliveries/replays', order, { 'idempotency-key': 'one' })
    expect([again.status, again.headers.get('idempotency-replayed'), await told()]).toEqual([202, 'true', 1])
    expect((await ask('/deliveries/replays', { source: sourceId }, { 'idempotency-key': 'one' })).status).toBe(422)
    expect((await ask('/deliveries/replays', { source: sourceId, state: 'unreadable' })).body).toEqual({ replayed: 1, next_cursor: null })
    expect(await rowsIn(org, 'leads')).toHaveLength(1)
  })

  it('refuses nothing named, a stranger’s delivery and a key that may only read', async () => {
    const [org, stranger] = [await anOrganisation(), await anOrganisation()]
    const { ids } = await aLog(stranger)
    const ask = await caller(org, 'deliveries:replay')
    expect((await ask('/deliveries/replays', {})).status).toBe(422)
    expect((await ask('/deliveries/replays', { delivery_ids: [ids[0]] })).status).toBe(404)
    expect((await (await caller(org, 'deliveries:read'))('/deliveries/replays', { delivery_ids: [ids[0]] })).status).toBe(403)
  })
})
