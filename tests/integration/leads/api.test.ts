import { Hono } from 'hono'
import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { v1 } from '~/api/v1'
import { createApiKey } from '~/domain/auth'
import { createLead } from '~/domain/capture'
import type { Permission } from '~/domain/orgs/vocabulary'
import { answerError } from '~/http/middleware'
import { withFacts } from '~/http/request-context'
import { inquiries, leads, stageMoves } from '~db/schema'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation, NOON, type TestOrganisation } from '~tests/support/organisations'
import { standingCases } from '~tests/support/standing-cases'
import { aLead, aWorld } from './a-lead'

standingCases(createLead, { input: async (owner) => ({ source: (await aWorld(owner)).sourceId, email: 'chen@hengtai.cn' }) })

const app = new Hono().onError(answerError).route('/api/v1', v1)

async function caller(org: TestOrganisation, ...scopes: Permission[]) {
  const { key } = await createApiKey(await org.as('admin'), { name: scopes.join(' ') || 'none', scopes: scopes.length > 0 ? scopes : ['reports:read'] } as never) as { key: string }
  return (path: string, init: { method?: string; body?: unknown; headers?: Record<string, string> } = {}) =>
    withFacts({ requestId: 'test-request', ip: '127.0.0.1', now: NOON, nonce: '', viewing: async () => null }, async () =>
      app.request(`/api/v1${path}`, {
        method: init.method ?? 'GET', headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...init.headers },
        ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
      }))
}

describe('GET /leads', () => {
  it('pages by cursor, with Link, and answers the shape of the contract', async () => {
    const org = await anOrganisation()
    const world = await aWorld(org)
    for (let n = 0; n < 3; n += 1) await aLead(org, { world, cameInAt: new Date(NOON.getTime() - n * 1000) })
    const ask = await caller(org, 'leads:read')
    const first = await ask('/leads?limit=2')
    const page = await first.json() as { data: Record<string, unknown>[]; next_cursor: string; has_more: boolean }
    expect(first.status).toBe(200)
    expect(page).toMatchObject({ has_more: true })
    expect(first.headers.get('link')).toContain('rel="next"')
    expect(page.data[0]).toMatchObject({ stage: 'inquiry', verdict: 'valid', score: null, grade: null, expected: null, people: [{ role: 'contact' }], channel: { name: 'Baidu' }, owner: null, created_at: NOON.toISOString(), won_at: null })
    const second = await (await ask(`/leads?limit=2&cursor=${page.next_cursor}`)).json() as typeof page
    expect(second).toMatchObject({ has_more: false, next_cursor: null })
    expect(second.data).toHaveLength(1)
  })

  it('refuses as problem details: no key, no scope, a foreign lead, a malformed id', async () => {
    const [org, stranger] = [await anOrganisation(), await anOrganisation()]
    const { leadId } = await aLead(stranger)
    const ask = await caller(org, 'leads:read')
    expect((await ask('/leads', { headers: { authorization: '' } })).status).toBe(401)
    expect((await (await caller(org))('/leads')).status).toBe(403)
    for (const id of [leadId, 'lead_nonsense']) {
      const answer = await ask(`/leads/${id}`)
      expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'application/problem+json'])
      expect(await answer.json()).toMatchObject({ title: 'not-found', request_id: 'test-request' })
    }
    expect((await ask(`/leads/${leadId}/stage-moves`, { method: 'POST', body: { to: 'lost', reason: 'price' } })).status).toBe(403)
  })
})

describe('POST /leads', () => {
  it('takes a lead once for an Idempotency-Key; another body under it is refused', async () => {
    const org = await anOrganisation()
    const ask = await caller(org, 'leads:read', 'leads:write')
    const body = { external_id: '90071992547409931234', full_name: 'Chen Yuting', email: 'chen@hengtai.cn', company: 'Hengtai Precision', utm: { utm_source: 'baidu' }, click_ids: { bd_vid: 'aB9' } }
    const post = (sent: unknown) => ask('/leads', { method: 'POST', body: sent, headers: { 'idempotency-key': 'k-1' } })
    const [first, again] = [await post(body), await post(body)]
    expect([first.status, again.status, again.headers.get('idempotency-replayed')]).toEqual([201, 201, 'true'])
    const lead = await first.json() as { id: string }
    expect(await again.json()).toEqual(lead)
    expect(lead).toMatchObject({ external: { lead_id: '90071992547409931234' }, utm: { utm_source: 'baidu' }, click_ids: { bd_vid: 'aB9' }, person: { name: 'Chen Yuting', emails: ['chen@hengtai.cn'] }, company: { name: 'Hengtai Precision' } })
    const reused = await post({ ...body, company: 'Another' })
    expect([reused.status, (await reused.json() as { title: string }).title]).toEqual([422, 'key-reused'])
    expect((await ask('/leads', { method: 'POST', body })).status).toBe(200)
    await asSuperuser(async (tx) => {
      expect(await tx.select().from(inquiries).where(eq(inquiries.orgId, org.orgId))).toHaveLength(1)
      expect(await tx.select().from(leads).where(eq(leads.orgId, org.orgId))).toHaveLength(1)
    })
  })

  it('says what is wrong with a body, and keeps nothing under its key', async () => {
    const org = await anOrganisation()
    const ask = await caller(org, 'leads:write')
    const post = (body: unknown) => ask('/leads', { method: 'POST', body, headers: { 'idempotency-key': 'k-2' } })
    const refused = await post({ full_name: 'Nobody' })
    expect([refused.status, await refused.json()]).toMatchObject([422, { title: 'invalid', errors: [{ pointer: '/email', code: 'required' }] }])
  })
})

it('moves and contacts are nouns, by the same rules as on the page', async () => {
  const org = await anOrganisation()
  const { leadId } = await aLead(org)
  const ask = await caller(org, 'leads:read', 'leads:write')
  const post = (noun: string, body: unknown) => ask(`/leads/${leadId}/${noun}`, { method: 'POST', body })
  const early = await post('stage-moves', { to: 'qualified' })
  expect([early.status, (await early.json() as { title: string }).title]).toEqual([422, 'two-way-contact-missing'])
  expect(await (await post('contacts', { kind: 'call', outcome: 'connected' })).json()).toMatchObject({ first_response_at: NOON.toISOString() })
  const graded = await post('stage-moves', { to: 'graded', grade: 'A', expected: { amount: '1200.50', currency: 'CNY' }, month: '2024-06' })
  expect(await graded.json()).toMatchObject({ stage: 'graded', grade: 'A', expected: { amount: '1200.50', currency: 'CNY' } })
  expect((await post('stage-moves', { to: 'graded', grade: 'A', expected: { amount: 'much', currency: 'CNY' }, month: '2024-06' })).status).toBe(422)
  const moves = await asSuperuser((tx) => tx.select().from(stageMoves).where(eq(stageMoves.leadId, leadId)))
  expect(moves.map(({ actorKind }) => actorKind)).toEqual(['apiKey'])
})

it('describes itself as OpenAPI 3.1', async () => {
  const org = await anOrganisation()
  const ask = await caller(org)
  const document = await (await ask('/openapi.json')).json() as { openapi: string; paths: Record<string, unknown> }
  expect(document.openapi).toBe('3.1.0')
  expect(Object.keys(document.paths)).toEqual(expect.arrayContaining(['/leads', '/leads/{id}', '/leads/{id}/stage-moves', '/leads/{id}/contacts', '/reports/funnel']))
})
