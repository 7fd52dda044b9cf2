import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { listFetches, orderDueFetches, retryFetches, shakeHands } from '~/domain/capture'
import { connectedSource } from '~/domain/capture/connected-source'
import { leadDetail } from '~/domain/leads'
import { fromUuid } from '~/lib/ids'
import { encrypt } from '~/platform/crypto'
import { sources } from '~db/schema'
import { queueNames } from '~jobs/queues'
import { relayWaiting, type Queues } from '~jobs/relay'
import { runJob, type JobPayload } from '~jobs/run-job'
import { aMetaLead, aMetaSource, stateOf } from '~tests/integration/capture/a-fetching-source'
import { countIn, rowsIn } from '~tests/integration/capture/a-source'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation } from '~tests/support/organisations'
import { allowThisMachine } from '~tests/support/platforms/fake-server'
import { fakeMeta, type FakeMeta } from '~tests/support/platforms/meta'

allowThisMachine()

let platform: FakeMeta
beforeAll(async () => { platform = await fakeMeta() })
afterAll(() => platform.close())

const now = () => new Date()
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000)

/** Relays what waits and runs the jobs here, until nothing is left. */
async function work(): Promise<void> {
  for (;;) {
    const jobs: JobPayload[] = []
    const queue = { addBulk: (bulk: { data: JobPayload }[]) => { jobs.push(...bulk.map(({ data }) => data)); return Promise.resolve([]) } }
    await relayWaiting({ queues: Object.fromEntries(queueNames.map((name) => [name, { ...queue, name }])) as unknown as Queues })
    if (jobs.length === 0) return
    for (const data of jobs) await runJob({ data, attemptsMade: 0, opts: {} })
  }
}

it('a Meta page: shaken hands with, pushed to, refused, mended, away, back, and one lead gone', async () => {
  const org = await anOrganisation()
  const admin = await org.as('admin')
  const source = await aMetaSource(org, platform)
  const hello = await shakeHands({
    connector: 'meta', sourceKey: source.sourceKey, raw: Buffer.of(), headers: {}, requestId: 'test', now: now(),
    query: new URLSearchParams({ 'hub.mode': 'subscribe', 'hub.challenge': '1158201444', 'hub.verify_token': source.keys['verify_token'] ?? '' }),
  })
  expect(hello).toMatchObject({ status: 200, body: '1158201444' })

  // One lead, pushed three times: asked for once, there once, its campaign's id digit for digit.
  platform.leads.set('233370042045345', aMetaLead('233370042045345', { campaign_id: '17890000000000000001' }))
  const pushes = [await source.push(['233370042045345'], now()), await source.push(['233370042045345'], now()), await source.push(['233370042045345'], now(), 2)]
  await work()
  expect(await Promise.all(pushes.map(stateOf))).toEqual(['processed', 'duplicate', 'processed'])
  expect(platform.asked).toHaveLength(1)
  expect(await countIn(org, 'leads', 'inquiries', 'fetches')).toEqual({ leads: 1, inquiries: 1, fetches: 1 })
  const [row] = await rowsIn<{ id: string }>(org, 'leads')
  const detail = await leadDetail(admin, { leadId: fromUuid('lead', row?.id ?? '') })
  expect(detail.inquiries).toMatchObject([{ external: { campaign_id: '17890000000000000001', lead_id: '233370042045345' } }])
  expect(await rowsIn<{ external_id: string }>(org, 'external_campaigns')).toMatchObject([{ external_id: '17890000000000000001' }])

  // The token expires: what is pushed now waits, visibly, and is there when the key is mended.
  const former = platform.token
  platform.token = 'EAAB-new-token'
  platform.leads.set('2', aMetaLead('2'))
  const waiting = await source.push(['2'], now())
  await work()
  expect(await stateOf(waiting)).toBe('stored')
  expect((await listFetches(admin, {})).sources).toMatchObject([{ counts: { done: 1, 'not-permitted': 1 }, problem: 'not-permitted', detail: '190/463' }])
  const known = await connectedSource(source.sourceKey, now())
  expect(known?.keys['access_token']).toBe(former)
  await asSuperuser((tx) => tx.update(sources).set({ keys: encrypt(JSON.stringify({ ...known?.keys, access_token: platform.token }), `sources.secret.${source.sourceId}`) }).where(eq(sources.id, source.sourceId)))
  await retryFetches({ ...admin, now: now() }, { sourceId: source.sourceId })
  await work()
  expect(await stateOf(waiting)).toBe('processed')
  expect(await countIn(org, 'leads')).toEqual({ leads: 2 })

  // The platform is down for a while: tried again, and there when it is back.
  platform.leads.set('3', aMetaLead('3'))
  platform.next.push(platform.error(500, 2), platform.error(503, 2))
  const late = await source.push(['3'], now())
  await work()
  await orderDueFetches(inMinutes(2))
  await work()
  expect(await stateOf(late)).toBe('stored')
  await orderDueFetches(inMinutes(5))
  await work()
  expect(await stateOf(late)).toBe('processed')

  // One the platform no longer has ends, with its reason.
  const gone = await source.push(['4'], now())
  await work()
  expect(await stateOf(gone)).toBe('unreadable')
  expect((await listFetches(admin, {})).fetches).toMatchObject([{ externalId: '4', state: 'gone', problem: 'gone', detail: '100/33', nextAt: null }])
  expect(await countIn(org, 'leads', 'inquiries')).toEqual({ leads: 3, inquiries: 3 })
  const dead = (await rowsIn<{ state: string }>(org, 'outbox_receipts')).filter(({ state }) => state === 'dead')
  expect(dead).toEqual([])
})
