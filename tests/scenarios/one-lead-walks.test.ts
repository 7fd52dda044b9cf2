import { eq } from 'drizzle-orm'
import { Hono } from 'hono'
import { expect, it } from 'vitest'
import { v1 } from '~/api/v1'
import { filterBehind, funnelByStage } from '~/domain/analytics'
import { leadMetricNames } from '~/domain/analytics/metrics'
import { createApiKey } from '~/domain/auth'
import { receiptState } from '~/domain/capture'
import { memberOf, type Context } from '~/domain/kernel'
import { countLeads, logContact, moveStage, queueCounts, queuePage, setChecklist } from '~/domain/leads'
import { answerError } from '~/http/middleware'
import { withFacts } from '~/http/request-context'
import type { Id } from '~/lib/ids'
import { auditEntries, outbox } from '~db/schema'
import { queueNames } from '~jobs/queues'
import { relayWaiting, type Queues } from '~jobs/relay'
import { runJob, type JobPayload } from '~jobs/run-job'
import { aStandardSource, countIn } from '~tests/integration/capture/a-source'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation, NOON, type TestOrganisation } from '~tests/support/organisations'

const after = <C extends Context>(ctx: C, minutes: number): C => ({ ...ctx, now: new Date(NOON.getTime() + minutes * 60_000) })

/** Relays what waits, and runs the jobs here instead of in a queue. Answers how many. */
async function relayAndRun(): Promise<number> {
  const jobs: JobPayload[] = []
  const queue = { addBulk: (bulk: { data: JobPayload }[]) => { jobs.push(...bulk.map(({ data }) => data)); return Promise.resolve([]) } }
  await relayWaiting({ queues: Object.fromEntries(queueNames.map((name) => [name, { ...queue, name }])) as unknown as Queues })
  for (const data of jobs) await runJob({ data, attemptsMade: 0, opts: {} })
  return jobs.length
}

async function apiOf(org: TestOrganisation) {
  const app = new Hono().onError(answerError).route('/api/v1', v1)
  const { key } = await createApiKey(org.system, { name: 'Reader', scopes: ['leads:read', 'reports:read'] })
  return async (path: string) => {
    const answer = await withFacts({ requestId: 'walk', ip: '127.0.0.1', now: NOON, nonce: '', viewing: () => Promise.resolve(null) }, async () =>
      app.request(`/api/v1${path}`, { headers: { authorization: `Bearer ${key}` } }))
    expect(answer.status).toBe(200)
    return await answer.json() as Record<string, unknown>
  }
}

const day = { from: '2024-05-15', to: '2024-05-15', by: 'channel' as const }

it('one signed message, sent three times, walks to a win as one lead', async () => {
  const org = await anOrganisation()
  const rep = await org.as('rep', { name: 'Li Na' })
  const me = memberOf(rep.actor) as Id<'mem'>
  const source = await aStandardSource(org, { name: 'Site form', channel: 'Website', ownerId: me })
  const body = { data: {
    external_id: '7301234567890123456', full_name: '王芳', title: '采购经理', mobile: '13800138000', email: 'fang@acme-robots.cn', company: '杭州线索科技有限公司',
    message: '想看演示', campaign_id: '17890000000000000001', landing_page: 'https://example.cn/p?utm_source=baidu&gclid=Cj0abc', referrer: 'https://www.baidu.com/',
  } }

  // Three deliveries, one inquiry, one lead.
  const receipts: string[] = []
  for (let turn = 0; turn < 3; turn += 1) {
    const reply = await source.post(body, { id: 'msg_once' })
    expect(reply.status).toBe(200)
    receipts.push(reply.headers['Clew-Receipt'] ?? '')
  }
  expect(await relayAndRun()).toBe(1)
  expect((await Promise.all(receipts.map((receipt) => receiptState(receipt)))).map(({ state, first }) => [state, first])).toEqual([['processed', null], ['duplicate', receipts[0]], ['duplicate', receipts[0]]])
  expect(await countIn(org, 'deliveries', 'delivery_bodies', 'inquiries', 'leads', 'people', 'companies', 'touches')).toEqual(
    { deliveries: 3, delivery_bodies: 3, inquiries: 1, leads: 1, people: 1, companies: 1, touches: 1 })

  // It is the first thing in its rep's queue, and nobody else's.
  const { rows: [first] } = await queuePage(rep, {})
  expect(first).toMatchObject({ reason: 'fresh', person: { name: '王芳' }, company: { name: '杭州线索科技有限公司' } })
  expect(await queueCounts(rep, {})).toEqual({ now: 1, later: 0, done: 0, fresh: 1, overdue: 0, near: 0 })
  expect((await queuePage(await org.as('rep'), {})).rows).toEqual([])
  const leadId = first?.id as Id<'lead'>

  // A contact, the checklist, and the stages one by one; each refuses before its time.
  await expect(moveStage(after(rep, 2), { leadId, to: 'qualified' })).rejects.toMatchObject({ code: 'two-way-contact-missing' })
  await logContact(after(rep, 3), { leadId, kind: 'call', outcome: 'connected', note: '要两台' })
  expect(await queueCounts(after(rep, 4), {})).toMatchObject({ now: 0, done: 1, fresh: 0 })
  await expect(moveStage(after(rep, 5), { leadId, to: 'qualified' })).rejects.toMatchObject({ code: 'checklist-incomplete' })
  await setChecklist(after(rep, 6), { leadId, need: 'yes', budget: 'yes' })
  await moveStage(after(rep, 7), { leadId, to: 'qualified' })
  await moveStage(after(rep, 8), { leadId, to: 'graded', grade: 'A', amount: 120_000_00n, currency: 'CNY', month: '2024-06' })
  await moveStage(after(rep, 9), { leadId, to: 'won', amount: 118_000_00n, currency: 'CNY', day: '2024-05-15' })
  expect(await queueCounts(after(rep, 10), {})).toMatchObject({ now: 0, later: 0, fresh: 0 })

  // Both readings of the funnel show it and nothing else, and every number opens its leads.
  const one = { inquiries: 1, leads: 1, valid_leads: 1, qualified: 1, graded: 1, won: 1, lost: 0, junk: 0 }
  for (const view of ['cohort', 'activity'] as const) {
    const report = await funnelByStage(after(org.system, 60), { ...day, view })
    expect(report.rows).toMatchObject([{ label: 'Website', ...one }])
    expect(report.totals).toMatchObject(one)
    for (const metric of leadMetricNames) expect(await countLeads(after(org.system, 60), filterBehind({ ...day, view }, metric)), `${view} ${metric}`).toBe(report.totals[metric])
  }

  // The API says the same, every external id digit for digit.
  const api = await apiOf(org)
  const said = await api(`/leads/${leadId}`)
  expect(said).toMatchObject({
    id: leadId, stage: 'won', verdict: 'valid', grade: 'A', score: null, expected: { amount: '120000.00', currency: 'CNY' }, won: { amount: '118000.00', currency: 'CNY' }, expected_month: '2024-06',
    owner: { id: me, name: 'Li Na' }, source: { id: source.sourceId, name: 'Site form' }, channel: { name: 'Website' }, campaign: { name: '#17890000000000000001' },
    person: { name: '王芳', title: '采购经理', phones: ['+8613800138000'], emails: ['fang@acme-robots.cn'] }, company: { name: '杭州线索科技有限公司' },
    inquiries: [{ external_id: '7301234567890123456', receipt: expect.any(String), is_repeat: false, message: '想看演示' }],
    external: { lead_id: '7301234567890123456', campaign_id: '17890000000000000001' }, click_ids: { gclid: 'Cj0abc' }, utm: { utm_source: 'baidu' }, referrer: 'https://www.baidu.com/',
    created_at: NOON.toISOString(), first_response_at: after(rep, 3).now.toISOString(), qualified_at: after(rep, 7).now.toISOString(),
    graded_at: after(rep, 8).now.toISOString(), won_at: after(rep, 9).now.toISOString(), lost_at: null, is_imported: false,
  })
  const contract = ['id', 'stage', 'verdict', 'product_line', 'score', 'grade', 'people', 'inquiries', 'expected', 'owner', 'source', 'channel', 'campaign', 'person', 'company', 'external', 'click_ids', 'utm', 'created_at', 'first_response_at', 'won_at']
  expect(Object.keys(said)).toEqual(expect.arrayContaining(contract))
  expect(await api('/reports/funnel?from=2024-05-15&to=2024-05-15&by=channel&view=cohort')).toMatchObject({ rows: [one], totals: one })

  // The log says who did what; the outbox told everybody, and nothing waits.
  const audits = await asSuperuser((tx) => tx.select().from(auditEntries).where(eq(auditEntries.subject, leadId)))
  expect(audits.map(({ action, actorKind }) => `${actorKind} ${action}`).sort()).toEqual([
    'source lead.capture', 'user lead.log-contact', 'user lead.move-stage', 'user lead.move-stage', 'user lead.move-stage', 'user lead.set-checklist',
  ])
  expect(JSON.stringify(audits)).not.toMatch(/13800138000|fang@acme|要两台/)
  await relayAndRun()
  const told = await asSuperuser((tx) => tx.select().from(outbox).where(eq(outbox.orgId, org.orgId)).orderBy(outbox.seq))
  expect(told.map(({ name }) => name)).toEqual([
    'delivery.received', 'lead.captured', 'lead.contact-logged', 'lead.changed', 'lead.stage-moved', 'lead.stage-moved', 'company.changed', 'lead.stage-moved',
  ])
  expect(told.every(({ settledAt }) => settledAt !== null)).toBe(true)
})
