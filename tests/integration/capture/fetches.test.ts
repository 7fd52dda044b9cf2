import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fetchLead, listFetches, orderDueFetches, processDelivery, retryFetches, wakeFetches } from '~/domain/capture'
import { inTransaction, systemContext } from '~/domain/kernel'
import { fromUuid, newId, type Id } from '~/lib/ids'
import { encrypt } from '~/platform/crypto'
import { auditEntries, sources } from '~db/schema'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation, NOON, type TestOrganisation } from '~tests/support/organisations'
import { allowThisMachine } from '~tests/support/platforms/fake-server'
import { fakeMeta, type FakeMeta } from '~tests/support/platforms/meta'
import { asVerb, standingCases } from '~tests/support/standing-cases'
import { aMetaLead, aMetaSource, aWorker, later, stateOf } from './a-fetching-source'
import { countIn, rowsIn } from './a-source'

allowThisMachine()

let platform: FakeMeta
beforeAll(async () => { platform = await fakeMeta() })
afterAll(() => platform.close())
beforeEach(() => { platform.asked.length = 0; platform.next.length = 0; platform.leads.clear() })

type Fetch = { id: string; state: string; problem: string | null; detail: string | null; attempts: number; next_at: string | null; answer_id: string | null; external_id: string }
const fetchesOf = (org: TestOrganisation) => rowsIn<Fetch>(org, 'fetches')
const fetchId = async (org: TestOrganisation): Promise<Id<'fet'>> => fromUuid('fet', (await fetchesOf(org))[0]?.id ?? '')
const ask = (org: TestOrganisation, id: Id<'fet'>, now: Date) => fetchLead(systemContext(org.orgId, 'fetch-lead', now), { fetchId: id })

async function aFetch(org: TestOrganisation, token?: string) {
  const source = await aMetaSource(org, platform, token === undefined ? {} : { token })
  const work = aWorker(org)
  const reply = await source.push(['7'])
  return { source, work, reply }
}

describe('a lead that was only named', () => {
  it('is asked for once however often it is pushed, and its verdict is that of every push', async () => {
    const org = await anOrganisation()
    const { source, work, reply } = await aFetch(org)
    platform.leads.set('7', aMetaLead('7'))
    const again = [await source.push(['7']), await source.push(['7'], NOON, 2), await source.push(['7'], NOON, 3)]
    expect([reply, ...again].map(({ status }) => status)).toEqual([200, 200, 200, 200])
    await work()
    expect(platform.asked).toHaveLength(1)
    expect(await Promise.all([reply, ...again].map(stateOf))).toEqual(['processed', 'duplicate', 'processed', 'processed'])
    // A duplicate, three pushes and the answer; the answer stands as it came.
    expect(await countIn(org, 'leads', 'inquiries', 'people', 'fetches', 'fetch_orders', 'deliveries')).toEqual({ leads: 1, inquiries: 1, people: 1, fetches: 1, fetch_orders: 3, deliveries: 5 })
    const [answer] = (await rowsIn<{ way: string; id: string; dedupe_key: string }>(org, 'deliveries')).filter(({ way }) => way === 'fetch')
    expect(answer?.dedupe_key).toMatch(/^fetch:7:[0-9a-f]{64}$/)
    const body = (await rowsIn<{ delivery_id: string; body: Buffer }>(org, 'delivery_bodies')).find(({ delivery_id: id }) => id === answer?.id)
    expect(body?.body.toString()).toBe(JSON.stringify(aMetaLead('7')))
    expect(await fetchesOf(org)).toMatchObject([{ state: 'done', answer_id: answer?.id, problem: null, next_at: null, attempts: 1 }])
    const [details] = await rowsIn<{ external: object; answers: object }>(org, 'inquiry_details')
    expect(details).toMatchObject({ external: { campaign_id: '23851234567890123', ad_id: '23851234567890125', lead_id: '7' }, answers: [{ question: 'budget?', answer: '10k' }] })
    // One that comes when all is there needs nobody to be asked.
    expect(await stateOf(await source.push(['7'], NOON, 4))).toBe('stored')
    await work()
    expect(platform.asked).toHaveLength(1)
    expect((await rowsIn(org, 'delivery_outcomes')).map(({ verdict }) => verdict).sort()).toEqual(['duplicate', 'processed', 'processed', 'processed', 'processed', 'processed'])
  })

  it('of a batch: the push is settled by the last of them, and says which one is gone', async () => {
    const org = await anOrganisation()
    const source = await aMetaSource(org, platform)
    platform.leads.set('1', aMetaLead('1'))
    platform.leads.set('3', aMetaLead('3'))
    const reply = await source.push(['1', '2', '3'])
    await aWorker(org)()
    expect(await stateOf(reply)).toBe('processed')
    const outcome = (await rowsIn<{ issues: unknown; verdict: string }>(org, 'delivery_outcomes')).filter(({ issues }) => issues !== null)
    expect(outcome).toMatchObject([{ verdict: 'processed', issues: [{ path: '2', code: 'lead-gone' }] }])
    expect(await countIn(org, 'leads', 'delivery_outcomes')).toEqual({ leads: 2, delivery_outcomes: 3 })
  })

  it('that was a test is a test', async () => {
    const org = await anOrganisation()
    platform.leads.set('7', aMetaLead('7', { field_data: [{ name: 'email', values: ['<test lead: dummy data for email>'] }] }))
    const { work, reply } = await aFetch(org)
    await work()
    expect(await stateOf(reply)).toBe('test')
    expect(await countIn(org, 'leads', 'inquiries', 'people')).toEqual({ leads: 0, inquiries: 0, people: 0 })
  })
})

describe('a refusal', () => {
  it('for a token is kept and seen, tried hourly with one lead of the source, and over when the key is mended', async () => {
    const org = await anOrganisation()
    const { source, work, reply } = await aFetch(org, 'expired-token')
    platform.leads.set('7', aMetaLead('7'))
    platform.leads.set('8', aMetaLead('8'))
    await source.push(['8'])
    await work()
    expect(await stateOf(reply)).toBe('stored')
    expect(await fetchesOf(org)).toMatchObject([{ state: 'not-permitted', problem: 'not-permitted', detail: '190/463' }, { state: 'not-permitted' }])
    const { sources: backlog, fetches } = await listFetches(org.system, { sourceId: source.sourceId })
    expect(backlog).toMatchObject([{ source: { name: 'Meta page' }, connector: 'meta', counts: { waiting: 0, 'not-permitted': 2, gone: 0, failed: 0, done: 0 }, oldest: NOON, problem: 'not-permitted', detail: '190/463' }])
    expect(fetches.map(({ externalId }) => externalId).sort()).toEqual(['7', '8'])
    expect(platform.asked).toHaveLength(2)
    expect(await orderDueFetches(later(30))).toBe(0)
    expect(await orderDueFetches(later(62))).toBe(1)
    await work(later(62))
    expect(platform.asked).toHaveLength(3)

    await asSuperuser((tx) => tx.update(sources).set({ keys: encrypt(JSON.stringify({ access_token: platform.token }), `sources.secret.${source.sourceId}`) }).where(eq(sources.id, source.sourceId)))
    expect(await inTransaction(org.system, 'read write', (tx) => wakeFetches(tx, { ...org.system, now: later(63) }, source.sourceId))).toBe(2)
    await work(later(63))
    expect(await stateOf(reply)).toBe('processed')
    expect(await countIn(org, 'leads')).toEqual({ leads: 2 })
    expect((await listFetches(org.system, {})).fetches).toEqual([])
    expect((await listFetches(org.system, { state: 'done', limit: 1 })).next).not.toBeNull()
  })

  it('that heals by itself wakes the others of its source', async () => {
    const org = await anOrganisation()
    const { source, work } = await aFetch(org)
    for (const id of ['7', '8', '9']) platform.leads.set(id, aMetaLead(id))
    platform.next.push(platform.error(400, 190), platform.error(403, 10), platform.error(403, 200))
    await source.push(['8', '9'])
    await work()
    expect((await fetchesOf(org)).map(({ state }) => state)).toEqual(['not-permitted', 'not-permitted', 'not-permitted'])
    expect(await orderDueFetches(later(62))).toBe(1)
    await work(later(62))
    expect((await fetchesOf(org)).map(({ state }) => state)).toEqual(['done', 'done', 'done'])
    expect(platform.asked).toHaveLength(6)
  })

  it('that is a matter of time is tried with growing pauses, never before the platform said, and given up after 72 hours', async () => {
    const org = await anOrganisation()
    const { work, reply } = await aFetch(org)
    platform.next.push(platform.error(500, 2), { status: 503, headers: { 'retry-after': '600' }, body: '' }, { status: 500, body: '' })
    await work()
    const pauseFrom = async (minutes: number) => (Date.parse((await fetchesOf(org))[0]?.next_at ?? '') - later(minutes).getTime()) / 1000
    expect(await pauseFrom(0)).toBeGreaterThanOrEqual(7.5)
    expect(await pauseFrom(0)).toBeLessThan(15)
    expect(await orderDueFetches(later(0.1))).toBe(0)
    expect(await orderDueFetches(later(1))).toBe(1)
    await work(later(1))
    expect(await fetchesOf(org)).toMatchObject([{ state: 'waiting', problem: 'unreachable', detail: '503', attempts: 2 }])
    expect(await pauseFrom(1)).toBeGreaterThanOrEqual(600)
    expect(await orderDueFetches(later(10))).toBe(0)
    expect(await orderDueFetches(later(72 * 60 + 1))).toBe(1)
    await work(later(72 * 60 + 1))
    expect(await fetchesOf(org)).toMatchObject([{ state: 'failed', next_at: null, attempts: 3 }])
    expect(await stateOf(reply)).toBe('unreadable')
    expect(await orderDueFetches(later(80 * 60))).toBe(0)

    // Somebody presses retry: it has all its patience again, and what comes then is the verdict.
    platform.leads.set('7', aMetaLead('7'))
    expect(await retryFetches({ ...org.system, now: later(81 * 60) }, { fetchId: await fetchId(org) })).toEqual({ retried: 1 })
    await work(later(81 * 60))
    expect(await stateOf(reply)).toBe('processed')
    const audits = await asSuperuser((tx) => tx.select().from(auditEntries).where(eq(auditEntries.action, 'fetch.retry')))
    expect(audits).toMatchObject([{ subject: await fetchId(org), changes: { counts: { after: 1 } } }])
    expect(await retryFetches(org.system, { fetchId: await fetchId(org) })).toEqual({ retried: 0 })
  })

  it('of a quota holds the whole source back', async () => {
    const org = await anOrganisation()
    const { source, work } = await aFetch(org)
    await source.push(['8'])
    for (const id of ['7', '8']) platform.leads.set(id, aMetaLead(id))
    platform.next.push(platform.error(400, 4, { headers: { 'retry-after': '3600' } }))
    await work()
    expect(platform.asked).toHaveLength(1)
    expect(await orderDueFetches(later(59))).toBe(0)
    expect(await orderDueFetches(later(62))).toBe(2)
    await work(later(62))
    expect((await fetchesOf(org)).map(({ state }) => state)).toEqual(['done', 'done'])
  })

  it('because it is gone ends it; a person may ask once more', async () => {
    const org = await anOrganisation()
    const { source, work, reply } = await aFetch(org)
    await work()
    expect(await stateOf(reply)).toBe('unreadable')
    expect(await rowsIn(org, 'delivery_outcomes')).toMatchObject([{ verdict: 'unreadable', issues: [{ path: '', code: 'lead-gone' }] }])
    expect(await orderDueFetches(later(600))).toBe(0)
    platform.leads.set('7', aMetaLead('7'))
    expect(await retryFetches({ ...org.system, now: later(1) }, { sourceId: source.sourceId })).toEqual({ retried: 1 })
    await work(later(1))
    expect(await stateOf(reply)).toBe('processed')
  })
})

describe('a worker', () => {
  it('that dies while it asks leaves nothing stuck, and an answer kept but not noted is not asked for again', async () => {
    const org = await anOrganisation()
    const { work, reply } = await aFetch(org)
    platform.leads.set('7', aMetaLead('7'))
    platform.next.push('hang')
    const [received] = await rowsIn<{ id: string }>(org, 'deliveries')
    await processDelivery(org.system, { deliveryId: fromUuid('dlv', received?.id ?? '') })
    const id = await fetchId(org)
    // Asked for at its lease's start and never answered: no second worker asks before the minute is over.
    const hanging = ask(org, id, later(2))
    expect(await ask(org, id, later(2))).toBeNull()
    expect(await orderDueFetches(later(2.5))).toBe(0)
    expect(await orderDueFetches(later(3.1))).toBe(1)
    await work(later(3.1))
    expect(await stateOf(reply)).toBe('processed')
    expect(platform.asked).toHaveLength(2)
    await platform.close()
    platform = await fakeMeta()
    // The late answer of the first worker, a refusal by then, changes nothing.
    expect(await hanging).toBeNull()
    expect(await fetchesOf(org)).toMatchObject([{ state: 'done', problem: null }])
  })

  it('asks once though it is told twice, and refuses what nobody ordered', async () => {
    const org = await anOrganisation()
    const { work } = await aFetch(org)
    platform.leads.set('7', aMetaLead('7'))
    await work()
    expect(await ask(org, await fetchId(org), later(100))).toBeNull()
    expect(platform.asked).toHaveLength(1)
    await expect(ask(org, newId('fet'), NOON)).rejects.toMatchObject({ code: 'not-found' })
  })
})

const oneFetch = async (owner: TestOrganisation) => {
  const source = await aMetaSource(owner, platform)
  await source.push(['7'])
  const [delivery] = await rowsIn<{ id: string }>(owner, 'deliveries')
  await processDelivery(owner.system, { deliveryId: fromUuid('dlv', delivery?.id ?? '') })
  return { fetchId: await fetchId(owner) }
}
standingCases(asVerb(fetchLead, { name: 'fetch.claim', permission: 'deliveries:replay' }), { input: oneFetch })
standingCases(retryFetches, { input: oneFetch })
standingCases(listFetches, { input: async (owner) => { await oneFetch(owner); return {} }, foreign: ({ sources: seen, fetches }) => expect([seen, fetches]).toEqual([[], []]) })
