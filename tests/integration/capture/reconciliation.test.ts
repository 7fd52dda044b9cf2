import { describe, expect, it } from 'vitest'
import { createSource, listReconciliations, pauseSource, receiveDelivery, reconcileSource, reconciliationDetail, runReconciliation } from '~/domain/capture'
import { systemContext } from '~/domain/kernel'
import type { Id } from '~/lib/ids'
import { asVerb, standingCases } from '~tests/support/standing-cases'
import { anOrganisation, NOON, type TestOrganisation } from '~tests/support/organisations'
import { fakeOceanengine } from '~tests/support/platforms/oceanengine'
import { processAll, rowsIn } from './a-source'

const platform = fakeOceanengine()
const HOUR = 3_600_000
const after = (hours: number) => new Date(NOON.getTime() + hours * HOUR)
const system = (org: TestOrganisation, now: Date) => systemContext(org.orgId, 'test', now)

const aSource = (org: TestOrganisation, keys: Record<string, string> = { access_token: 'token-1', advertiser_id: '1700000000000001', api_base: platform.address }) =>
  createSource(org.system, { connector: 'oceanengine', name: '飞鱼', channel: '抖音', keys })

async function reconcile(org: TestOrganisation, sourceId: Id<'src'>, now: Date) {
  const started = await reconcileSource(system(org, now), { sourceId })
  if (started === null) throw new Error('nothing was started')
  const pauses: number[] = []
  await runReconciliation(system(org, now), started, (milliseconds) => { pauses.push(milliseconds); return Promise.resolve() })
  return { ...(await reconciliationDetail(org.system, started)), pauses }
}

const push = (source: { sourceKey: string; secret: string | null }, id: string, at: Date) => receiveDelivery({
  connector: 'oceanengine', sourceKey: source.sourceKey, raw: Buffer.from(JSON.stringify({ id, name: `客户${id}`, telphone: `139000000${id.slice(-2)}`, create_time: String(at.getTime() / 1000), clue_source: '1' })),
  headers: { access_token: source.secret ?? '' }, query: new URLSearchParams(), requestId: 'test', now: at,
})

describe('reconciliation', () => {
  it('names what is missing here and unknown there, fetches the missing, and counts no tests', async () => {
    const org = await anOrganisation()
    const source = await aSource(org)
    platform.leads = [1, 2, 3, 4, 5].map((n) => ({ id: `73000000000000001${n}0`, at: after(n), name: `客户${n}`, phone: `1390000000${n}`, ...(n === 5 ? { isTest: true } : {}) }))
    for (const lead of platform.leads.slice(0, 2)) await push(source, lead.id, lead.at)
    await push(source, '7300000000000009999', after(6))
    await processAll(org, system(org, after(24)))
    const first = await reconcile(org, source.sourceId, after(24))
    expect(first).toMatchObject({ state: 'done', problem: null, platform: 4, ours: 3, missing: 2, unknown: 1, fetched: 2, tests: 1, since: NOON, until: after(24 - 1 / 6) })
    expect(first.differences.map(({ kind, externalId, verdict, leadId }) => [kind, externalId, verdict, leadId !== null])).toEqual([
      ['missing', '730000000000000014' + '0', 'stored', false], ['missing', '7300000000000000130', 'stored', false], ['unknown', '7300000000000009999', null, true],
    ])
    await processAll(org, system(org, after(25)))
    platform.limitAt = platform.asked.length + 1
    const second = await reconcile(org, source.sourceId, after(49))
    platform.limitAt = 0
    expect(second).toMatchObject({ pauses: [60_000], state: 'done', platform: 4, ours: 5, missing: 0, unknown: 1, fetched: 0, tests: 1 })
    expect((await reconciliationDetail(org.system, { reconciliationId: first.id })).differences.map(({ verdict, leadId }) => [verdict, leadId !== null])).toEqual([['processed', true], ['processed', true], [null, true]])
    expect((await listReconciliations(org.system, { sourceId: source.sourceId })).map(({ id }) => id)).toEqual([second.id, first.id])
    expect(await rowsIn(org, 'inquiries')).toHaveLength(5)
    const told = (await rowsIn<{ name: string; payload: object }>(org, 'outbox')).filter(({ name }) => name.startsWith('source.'))
    expect(told.map(({ name }) => name).sort()).toEqual(['source.reconciled', 'source.reconciled', 'source.reconciliation-requested', 'source.reconciliation-requested'])
    expect(JSON.stringify(told)).not.toMatch(/1390000000|客户/)
    const audited = (await rowsIn<{ action: string }>(org, 'audit_entries')).map(({ action }) => action)
    expect(audited.filter((action) => action === 'source.reconcile')).toHaveLength(2)
    expect(audited.filter((action) => action === 'reconciliation.finish')).toHaveLength(2)
  })

  it('leaves what is still on its way in peace', async () => {
    const org = await anOrganisation()
    const source = await aSource(org)
    platform.leads = [{ id: '1', at: new Date(after(24).getTime() - 60_000), name: 'A', phone: '13900000001' }]
    expect(await reconcile(org, source.sourceId, after(24))).toMatchObject({ platform: 0, ours: 0, missing: 0 })
  })

  it('fails with the platform’s reason, and is started once while it runs', async () => {
    const org = await anOrganisation()
    const source = await aSource(org)
    platform.token = 'another'
    const failed = await reconcile(org, source.sourceId, after(24))
    platform.token = 'token-1'
    expect(failed).toMatchObject({ state: 'failed', problem: 'not-permitted', detail: 'code-40105' })
    const [one, two] = [await reconcileSource(system(org, after(25)), { sourceId: source.sourceId }), await reconcileSource(system(org, after(25)), { sourceId: source.sourceId })]
    expect(two).toEqual(one)
    await runReconciliation(system(org, after(25)), { reconciliationId: failed.id })
    expect(await reconciliationDetail(org.system, { reconciliationId: failed.id })).toMatchObject({ state: 'failed', finishedAt: after(24) })
  })

  it('is due a day after the last, for sources that are active and have something to ask with', async () => {
    const org = await anOrganisation()
    const { sourceId } = await aSource(org)
    const due = (hours: number, id = sourceId) => reconcileSource(system(org, after(hours)), { sourceId: id, onlyWhenDue: true })
    platform.leads = []
    await reconcile(org, sourceId, after(1))
    expect(await due(24)).toBeNull()
    expect(await due(25)).not.toBeNull()
    await pauseSource(org.system, { sourceId })
    expect(await due(60)).toBeNull()
    const bare = await createSource(org.system, { connector: 'oceanengine', name: 'Bare' })
    expect(await due(60, bare.sourceId)).toBeNull()
    const site = await createSource(org.system, { connector: 'standard', name: 'Site' })
    await expect(reconcileSource(org.system, { sourceId: site.sourceId })).rejects.toMatchObject({ code: 'not-found' })
  })
})

const one = async (owner: TestOrganisation) => ({ sourceId: (await aSource(owner)).sourceId })
const run = async (owner: TestOrganisation) => {
  const started = await reconcileSource(owner.system, await one(owner))
  if (started === null) throw new Error('nothing was started')
  return started
}
standingCases(reconcileSource, { input: one })
standingCases(listReconciliations, { input: one })
standingCases(reconciliationDetail, { input: run })
standingCases(asVerb(runReconciliation, { name: 'reconciliation.start', permission: 'sources:write' }), { input: run })
