import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { processDelivery, replayDeliveries, retryFetches, storeAnswer } from '~/domain/capture'
import { systemContext } from '~/domain/kernel'
import { addPersonToLead, logContact } from '~/domain/leads'
import { fromUuid, type Id } from '~/lib/ids'
import { auditEntries } from '~db/schema'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation, NOON, type TestOrganisation } from '~tests/support/organisations'
import { allowThisMachine } from '~tests/support/platforms/fake-server'
import { aLinkedinForm, fakeLinkedin, type FakeLinkedin } from '~tests/support/platforms/linkedin'
import { seeded } from '~tests/support/seed'
import { aLinkedinSource, aWorker, later, stateOf } from './a-fetching-source'
import { countIn, deliveryIds, rowsIn } from './a-source'

allowThisMachine()

const ORDERS = Number(process.env['ORDERS'] ?? 20)
const CANARY = 'cnry-ana'

let platform: FakeLinkedin
beforeAll(async () => { platform = await fakeLinkedin() })
afterAll(() => platform.close())
beforeEach(() => { platform.asked.length = 0; platform.next.length = 0; platform.responses.clear(); platform.forms.clear(); platform.forms.set('3162', aLinkedinForm) })

const said = (questionId: number, answer: string) => ({ questionId, answerDetails: { textQuestionAnswer: { answer } } })
const response = (id: string, email = `${CANARY}@example.com`, more: object = {}) => ({
  id, submittedAt: 1_715_741_000_000, testLead: false, leadType: 'SPONSORED', versionedLeadGenFormUrn: 'urn:li:versionedLeadGenForm:(urn:li:leadGenForm:3162,1)',
  formResponse: { answers: [said(1, CANARY), said(2, email), said(9, `${CANARY} says`)], consentResponses: [{ accepted: true, consentId: 1 }] }, ...more,
})

async function aWorld() {
  const org = await anOrganisation()
  const source = await aLinkedinSource(org, platform)
  return { org, source, work: aWorker(org) }
}

/** Every row of the organisation that still holds the canary, by table. */
async function tracesIn(org: TestOrganisation): Promise<string[]> {
  const tables = ['people', 'identities', 'companies', 'employments', 'inquiries', 'inquiry_details', 'leads', 'lead_people', 'touches', 'deliveries', 'delivery_bodies', 'delivery_outcomes', 'fetches', 'audit_entries', 'outbox', 'activities']
  const found: string[] = []
  for (const table of tables) for (const row of await rowsIn(org, table)) {
    if (Object.values(row).some((value) => (value instanceof Uint8Array ? Buffer.from(value).toString() : JSON.stringify(value))?.includes(CANARY))) found.push(table)
  }
  return found
}

describe('a deletion at LinkedIn', () => {
  it('erases what the lead said and who it was, and keeps the count', async () => {
    const { org, source, work } = await aWorld()
    platform.responses.set('r-1', response('r-1'))
    const made = await source.push('r-1', 'CREATED')
    await work()
    expect([...new Set(await tracesIn(org))].sort()).toEqual(['delivery_bodies', 'identities', 'inquiry_details', 'people'])
    const [before] = await rowsIn<{ id: string; lead_id: string; channel_id: string; at: Date }>(org, 'inquiries')

    const deleted = await source.push('r-1', 'DELETED')
    await work()
    expect(await tracesIn(org)).toEqual([])
    expect(await Promise.all([made, deleted].map(stateOf))).toEqual(['processed', 'processed'])
    expect(await countIn(org, 'inquiries', 'leads', 'touches', 'people', 'identities', 'lead_people', 'lead_stages')).toEqual({ inquiries: 1, leads: 1, touches: 1, people: 1, identities: 0, lead_people: 0, lead_stages: 1 })
    const [after] = await rowsIn(org, 'inquiries')
    expect(after).toEqual({ ...before, person_id: null, company_id: null })
    expect(await rowsIn(org, 'inquiry_details')).toMatchObject([{ message: null, answers: [], click_ids: {}, utm: {}, landing_page: null, referrer: null, external: { form_id: '3162', lead_type: 'SPONSORED' } }])
    // The notice itself, which names nobody, is the only message whose bytes are left.
    const bodies = await rowsIn<{ body: Buffer }>(org, 'delivery_bodies')
    expect(bodies.map(({ body }) => (JSON.parse(body.toString()) as { leadAction: string }).leadAction)).toEqual(['DELETED'])
    const audits = await asSuperuser((tx) => tx.select().from(auditEntries).where(eq(auditEntries.action, 'inquiry.erase')))
    expect(audits).toMatchObject([{ actorKind: 'source', actorId: source.sourceId, subject: fromUuid('inq', before?.id ?? ''), changes: { leadId: { after: fromUuid('lead', before?.lead_id ?? '') } } }])
    expect(await rowsIn<{ name: string }>(org, 'people')).toMatchObject([{ name: '', given_name: null, tokens: [] }])
  })

  it('that comes first wins too: the lead is counted and never asked for', async () => {
    const { org, source, work } = await aWorld()
    platform.responses.set('r-1', response('r-1'))
    await source.push('r-1', 'DELETED')
    await work()
    expect(await countIn(org, 'inquiries', 'erased_inquiries')).toEqual({ inquiries: 0, erased_inquiries: 1 })
    const made = await source.push('r-1', 'CREATED', later(1))
    await work(later(1))
    expect(platform.asked).toEqual([])
    expect(await stateOf(made)).toBe('processed')
    expect(await countIn(org, 'inquiries', 'leads', 'people')).toEqual({ inquiries: 1, leads: 1, people: 0 })
    expect((await rowsIn<{ issues: unknown }>(org, 'delivery_outcomes')).map(({ issues }) => issues)).toEqual([null, [{ path: '', code: 'forgotten' }]])
    expect(await retryFetches(org.system, { sourceId: source.sourceId })).toEqual({ retried: 0 })
    expect(await tracesIn(org)).toEqual([])
  })

  it('that overtakes the answer keeps it out, also when the bytes came meanwhile', async () => {
    const { org, source, work } = await aWorld()
    await source.push('r-1', 'CREATED')
    await source.push('r-1', 'DELETED', later(1))
    await storeAnswer(systemContext(org.orgId, 'test', later(2)), { sourceId: source.sourceId, connector: 'linkedin', externalId: 'r-1', raw: Buffer.from(JSON.stringify(response('r-1'))), contentType: 'application/json', way: 'fetch' })
    await work(later(3))
    // And once more, from a worker that was slow: other bytes, after the deletion was read.
    await storeAnswer(systemContext(org.orgId, 'test', later(4)), { sourceId: source.sourceId, connector: 'linkedin', externalId: 'r-1', raw: Buffer.from(JSON.stringify(response('r-1', `${CANARY}@late.com`))), contentType: 'application/json', way: 'fetch' })
    await work(later(4))
    expect(await tracesIn(org)).toEqual([])
    expect(await countIn(org, 'inquiries', 'leads', 'people')).toEqual({ inquiries: 1, leads: 1, people: 0 })
  })

  it('leaves a person whom another inquiry or a colleague’s call holds', async () => {
    const { org, source, work } = await aWorld()
    for (const id of ['r-1', 'r-2']) { platform.responses.set(id, response(id)); await source.push(id, 'CREATED') }
    await work()
    expect(await countIn(org, 'inquiries', 'leads', 'people')).toEqual({ inquiries: 2, leads: 1, people: 1 })
    await source.push('r-1', 'DELETED')
    await work()
    expect(await rowsIn(org, 'people')).toMatchObject([{ given_name: CANARY }])
    expect(await countIn(org, 'identities', 'lead_people')).toEqual({ identities: 1, lead_people: 1 })
    expect((await rowsIn<{ answers: unknown[] }>(org, 'inquiry_details')).map(({ answers }) => answers.length).sort()).toEqual([0, 2])

    const [lead] = await rowsIn<{ id: string }>(org, 'leads')
    await logContact(await org.as('admin'), { leadId: fromUuid('lead', lead?.id ?? ''), kind: 'call', outcome: 'connected', note: '' })
    await source.push('r-2', 'DELETED')
    await work()
    expect(await rowsIn(org, 'people')).toMatchObject([{ given_name: CANARY }])
    expect((await rowsIn<{ answers: unknown[] }>(org, 'inquiry_details')).map(({ answers }) => answers.length)).toEqual([0, 0])
    expect([...new Set(await tracesIn(org))].sort()).toEqual(['identities', 'people'])
  })

  it('leaves alone whom a colleague put on the lead afterwards', async () => {
    const { org, source, work } = await aWorld()
    for (const id of ['r-1', 'r-2']) { platform.responses.set(id, response(id, `${id}@works-${id}.com`)); await source.push(id, 'CREATED') }
    await source.push('r-1', 'DELETED')
    await work()
    const inquiries = await rowsIn<{ external_id: string; lead_id: string; person_id: string | null }>(org, 'inquiries')
    const named = (id: string) => inquiries.find(({ external_id: external }) => external === id)
    const [leadId, personId] = [fromUuid('lead', named('r-1')?.lead_id ?? ''), fromUuid('per', named('r-2')?.person_id ?? '')]
    await addPersonToLead(org.system, { leadId, personId, role: 'buyer' })
    const before = await rowsIn(org, 'lead_people')
    expect(before).toHaveLength(2)
    for (const deliveryId of await deliveryIds(org)) await processDelivery(org.system, { deliveryId, again: true })
    expect(await rowsIn(org, 'lead_people')).toEqual(before)
  })

  it('is final: replaying what is left brings nobody back', async () => {
    const { org, source, work } = await aWorld()
    platform.responses.set('r-1', response('r-1'))
    await source.push('r-1', 'CREATED')
    await source.push('r-1', 'DELETED')
    await work()
    const deliveryIds = (await rowsIn<{ id: string }>(org, 'deliveries')).map(({ id }): Id<'dlv'> => fromUuid('dlv', id))
    const before = await rowsIn(org, 'inquiries')
    await replayDeliveries(org.system, { deliveryIds })
    await work(later(1))
    expect(await tracesIn(org)).toEqual([])
    expect(await rowsIn(org, 'inquiries')).toEqual(before)
  })
})

describe('T05: order', () => {
  const events = ['create', 'update', 'delete', 'test', 'create-again'] as const
  type Step = (typeof events)[number]

  // An organisation of its own each time, so that the whole of it can be compared.
  async function finalRows(steps: readonly Step[], pauses: readonly boolean[]) {
    const { org, source, work } = await aWorld()
    platform.responses.set('r-1', response('r-1', `${CANARY}@works.com`))
    platform.responses.set('r-test', response('r-test', undefined, { testLead: true, formResponse: { answers: [] } }))
    const take: Record<Step, () => Promise<unknown>> = {
      create: () => source.push('r-1', 'CREATED'),
      'create-again': () => source.push('r-1', 'CREATED'),
      update: () => storeAnswer(systemContext(org.orgId, 'test', NOON), {
        sourceId: source.sourceId, connector: 'linkedin', externalId: 'r-1', way: 'pull', contentType: 'application/json', raw: Buffer.from(JSON.stringify(response('r-1', `${CANARY}.new@works.com`))),
      }),
      delete: () => source.push('r-1', 'DELETED'),
      test: () => source.push('r-test', 'CREATED'),
    }
    // With a pause the worker works between two steps; without one they wait for it together.
    for (const [i, step] of steps.entries()) {
      await take[step]()
      if (pauses[i]) await work()
    }
    await work()
    const [inquiry] = await rowsIn(org, 'inquiries')
    const [details] = await rowsIn(org, 'inquiry_details')
    const [lead] = await rowsIn(org, 'leads')
    return {
      counts: await countIn(org, 'inquiries', 'leads', 'lead_stages', 'identities', 'lead_people', 'employments'), traces: await tracesIn(org),
      inquiry: { ...inquiry, org_id: 0, id: 0, source_id: 0, delivery_id: 0, lead_id: 0, channel_id: 0, campaign_id: 0 }, details: { ...details, org_id: 0, inquiry_id: 0 },
      lead: { ...lead, org_id: 0, id: 0, product_line_id: 0, source_id: 0, channel_id: 0, campaign_id: 0, pool_id: 0, version: 0 },
    }
  }

  it(`of create, update, delete-request and test-lead does not matter (${ORDERS} orders)`, async () => {
    const expected = await finalRows(['create', 'update', 'test', 'delete', 'create-again'], [true, true, true, true, true])
    expect(expected).toMatchObject({
      counts: { inquiries: 1, leads: 1, lead_stages: 1, identities: 0, lead_people: 0, employments: 0 }, traces: [], inquiry: { external_id: 'r-1', person_id: null, company_id: null },
      details: { message: null, answers: [], click_ids: {}, utm: {}, landing_page: null, referrer: null }, lead: { person_id: null, company_id: null, is_open: true, verdict: 'valid' },
    })
    const order = fc.record({ steps: fc.shuffledSubarray([...events], { minLength: events.length }), pauses: fc.array(fc.boolean(), { minLength: events.length, maxLength: events.length }) })
    await fc.assert(fc.asyncProperty(order, async ({ steps, pauses }) => {
      expect(await finalRows(steps, pauses)).toEqual(expected)
    }), seeded({ numRuns: ORDERS, endOnFailure: true }))
  }, 600_000)
})
