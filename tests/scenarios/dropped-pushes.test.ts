import { expect, it } from 'vitest'
import { createSource, listReconciliations, processDeliveries, pullSources, receiveDelivery, reconcileSource, runReconciliation, sourcePull } from '~/domain/capture'
import { systemContext } from '~/domain/kernel'
import { fromUuid } from '~/lib/ids'
import { countIn, rowsIn } from '~tests/integration/capture/a-source'
import { fakeOceanengine } from '~tests/support/platforms/oceanengine'
import { anOrganisation, type TestOrganisation } from '~tests/support/organisations'

const DROPPED = 1_000
const PUSHED = 50
const MINUTE = 60_000
const platform = fakeOceanengine()

/** What the worker would do with every delivery that waits, in order, without its receipts: those have tests of their own. */
async function work(org: TestOrganisation): Promise<void> {
  const ctx = systemContext(org.orgId, 'process-delivery', new Date())
  const told = await rowsIn<{ delivery_id: string }>(org, 'delivery_outcomes')
  const done = new Set(told.map(({ delivery_id: id }) => id))
  const waiting = (await rowsIn<{ id: string }>(org, 'deliveries')).filter(({ id }) => !done.has(id)).map(({ id }) => fromUuid('dlv', id))
  for (let from = 0; from < waiting.length; from += 100) await processDeliveries(ctx, { deliveryIds: waiting.slice(from, from + 100) })
}

// T16, P7: the platform pushes 50 of 1,050 leads; its token has expired, then it says "too many", and its list has pages.
it('what a platform failed to push is found by asking, all of it and once', async () => {
  // The handlers run at the present moment, so the story happens in the last hours.
  const start = new Date(Date.now() - 3 * 60 * MINUTE)
  const at = (minutes: number) => new Date(start.getTime() + minutes * MINUTE)
  const org = await anOrganisation()
  const { sourceId, sourceKey, secret } = await createSource(systemContext(org.orgId, 'test', start), {
    connector: 'oceanengine', name: '飞鱼', channel: '抖音', keys: { access_token: 'token-1', advertiser_id: '1700000000000001', api_base: platform.address, pull: 'true' },
  })
  platform.leads = Array.from({ length: PUSHED + DROPPED }, (_, i) => ({
    id: String(7_300_000_000_000_000_000n + BigInt(i)), at: new Date(at(1).getTime() + i * 1000), name: `客户${i}`, phone: `139${String(10_000_000 + i)}`,
  }))
  for (const { id, name, phone, at: when } of platform.leads.slice(0, PUSHED)) {
    const body = { id, name, telphone: phone, create_time: String(Math.floor(when.getTime() / 1000)), clue_source: '1', clue_type: '0', promotion_id: '7310000000000000001', promotion_name: '秋季' }
    await receiveDelivery({ connector: 'oceanengine', sourceKey, raw: Buffer.from(JSON.stringify(body)), headers: { access_token: secret ?? '' }, query: new URLSearchParams(), requestId: 'test', now: when })
  }
  await work(org)
  expect(await countIn(org, 'inquiries')).toEqual({ inquiries: PUSHED })

  platform.token = 'renewed'
  await pullSources(at(25))
  expect(await sourcePull(org.system, { sourceId })).toMatchObject({ problem: 'not-permitted', seen: 0 })
  platform.token = 'token-1'
  const readable = 26
  platform.limitAt = platform.asked.length + 4
  const passed: number[] = []
  for (let minute = readable; minute <= readable + 15; minute += 1) {
    await pullSources(at(minute))
    if ((await sourcePull(org.system, { sourceId })).readUntil !== null) passed.push(minute - readable)
  }
  expect(passed[0]).toBeLessThanOrEqual(15)
  await work(org)
  expect(await countIn(org, 'inquiries', 'leads', 'people')).toEqual({ inquiries: PUSHED + DROPPED, leads: PUSHED + DROPPED, people: PUSHED + DROPPED })
  const ids = (await rowsIn<{ external_id: string }>(org, 'inquiries')).map(({ external_id: id }) => id).sort()
  expect(ids).toEqual(platform.leads.map(({ id }) => id))

  const started = await reconcileSource(systemContext(org.orgId, 'test', new Date()), { sourceId })
  if (started !== null) await runReconciliation(systemContext(org.orgId, 'test', new Date()), started)
  const [compared] = await listReconciliations(org.system, { sourceId })
  expect(compared).toMatchObject({ state: 'done', platform: PUSHED + DROPPED, ours: PUSHED + DROPPED, missing: 0, unknown: 0, fetched: 0 })
  process.stdout.write(`dropped ${DROPPED}, found ${ids.length - PUSHED} within ${passed[0]} minutes of being readable, duplicates ${ids.length - new Set(ids).size}\n`)
}, 300_000)
