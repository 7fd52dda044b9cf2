import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { deliveryDetail, listDeliveries, mapFields, previewReplay, processDelivery, receiptOf, replayDeliveries, sourceQuestions, sourceSetup, updateSource, updateSourceKeys } from '~/domain/capture'
import { createCampaign, createChannel } from '~/domain/channels'
import { isRefusal } from '~/domain/kernel'
import { toUuid } from '~/lib/ids'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation, type TestOrganisation } from '~tests/support/organisations'
import { standingCases } from '~tests/support/standing-cases'
import { aGoogleSource, aStandardSource, countIn, deliveryIds, processAll, rowsIn } from './a-source'

const column = (id: string, value: string, name?: string) => ({ column_id: id, string_value: value, ...(name === undefined ? {} : { column_name: name }) })
const lead = (n: number, secret: string) => JSON.stringify({
  lead_id: `g${n}`, google_key: secret, api_version: '1.0', form_id: 1, campaign_id: 2,
  user_column_data: [column('EMAIL', `p${n}@gmail.com`), column('wer', `Person ${n}`, 'Who are you?'), column('firma', `Firma ${n} GmbH`, 'Ihre Firma?'), column('pos', 'Buyer', 'Position')],
})
const rules = [{ question: 'who are you?', field: 'name' as const }, { question: 'Ihre Firma?', field: 'company' as const }, { question: 'Position', field: 'title' as const }, { question: 'unused', field: 'keep' as const }]
const codeOf = async (work: Promise<unknown>) => work.then(() => 'done', (error: unknown) => (isRefusal(error) ? error.code : String(error)))
const oneSource = async (owner: TestOrganisation) => ({ sourceId: (await aGoogleSource(owner)).sourceId })
const oneDelivery = async (owner: TestOrganisation) => {
  const source = await aGoogleSource(owner)
  await source.post(lead(1, source.secret))
  return { deliveryIds: await deliveryIds(owner) }
}

standingCases(mapFields, { input: async (owner) => ({ ...(await oneSource(owner)), rules }) })
standingCases(sourceQuestions, { input: oneSource })
standingCases(sourceSetup, { input: oneSource })
standingCases(updateSourceKeys, { input: oneSource })
standingCases(previewReplay, { input: oneDelivery })

describe('a mapping changed after fifty leads came', () => {
  it('is previewed, read again, makes no second lead, and does what the preview said', async () => {
    const org = await anOrganisation()
    const source = await aGoogleSource(org)
    for (let n = 1; n <= 50; n += 1) await source.post(lead(n, source.secret))
    await processAll(org)
    // Somebody named one of them by hand in between.
    await asSuperuser((tx) => tx.execute(sql`update people set name = 'By hand' where org_id = ${toUuid(org.orgId)} and id = (select person_id from inquiries where org_id = ${toUuid(org.orgId)} and external_id = 'g7')`))
    const before = await countIn(org, 'leads', 'inquiries', 'people', 'outbox', 'delivery_outcomes', 'companies')
    expect(before).toMatchObject({ leads: 50, inquiries: 50, companies: 0 })

    const asked = await sourceQuestions(org.system, { sourceId: source.sourceId })
    expect(asked.looked).toBe(50)
    expect(asked.questions.map(({ question, count, share, field }) => [question, count, share, field])).toEqual([['Ihre Firma?', 50, 1, 'keep'], ['Position', 50, 1, 'keep'], ['Who are you?', 50, 1, 'keep']])
    expect(await mapFields(org.system, { sourceId: source.sourceId, rules })).toEqual({ rules: 3 })
    expect((await sourceSetup(org.system, { sourceId: source.sourceId })).rules.map(({ field }) => field)).toEqual(['name', 'company', 'title'])

    const preview = await previewReplay(org.system, { sourceId: source.sourceId })
    expect({ looked: preview.looked, ...preview.counts }).toEqual({ looked: 50, 'new-lead': 0, 'new-inquiry': 0, filled: 50, verdict: 0, unchanged: 0, failed: 0 })
    // Nothing was written by looking.
    expect(await countIn(org, ...Object.keys(before))).toEqual(before)

    const { replayed } = await replayDeliveries(org.system, { sourceId: source.sourceId })
    expect(replayed).toBe(50)
    for (const deliveryId of await deliveryIds(org)) await processDelivery(org.system, { deliveryId, again: true })
    expect(await countIn(org, 'leads', 'inquiries', 'people')).toEqual({ leads: 50, inquiries: 50, people: 50 })
    const people = await rowsIn<{ id: string; name: string; title: string }>(org, 'people')
    expect(people.map(({ name }) => name).sort()).toEqual([...Array.from({ length: 50 }, (_, n) => `Person ${n + 1}`).filter((name) => name !== 'Person 7'), 'By hand'].sort())
    expect(new Set(people.map(({ title }) => title))).toEqual(new Set(['Buyer']))
    const companies = await rowsIn<{ id: string }>(org, 'companies')
    const leads = await rowsIn<{ company_id: string | null }>(org, 'leads')
    expect(companies).toHaveLength(50)
    expect(new Set(leads.map(({ company_id: company }) => company))).toEqual(new Set(companies.map(({ id }) => id)))

    // What happened is what was shown, and a second reading would change nothing.
    const named = await rowsIn<{ delivery_id: string; person_id: string }>(org, 'inquiries')
    for (const { deliveryId, changes } of preview.shown) {
      const said = changes.find(({ field }) => field === 'name')?.after ?? null
      const person = people.find(({ id }) => id === named.find(({ delivery_id: delivery }) => delivery === toUuid(deliveryId))?.person_id)
      expect(said ?? 'By hand').toBe(person?.name)
    }
    expect((await previewReplay(org.system, { sourceId: source.sourceId })).counts.unchanged).toBe(50)
    expect((await rowsIn<{ action: string }>(org, 'audit_entries')).map(({ action }) => action)).toContain('source.map-fields')
  })

  it('joins nobody to a company whose place is taken, and covers values for who may not read bodies', async () => {
    const org = await anOrganisation()
    const source = await aGoogleSource(org)
    await source.post(lead(1, source.secret))
    await processAll(org)
    const site = await aStandardSource(org)
    await site.post({ data: { external_id: 'x', email: 'boss@example.de', company: 'Firma 1 GmbH' } })
    await processAll(org)
    await mapFields(org.system, { sourceId: source.sourceId, rules })
    const marketer = await org.as('marketer')
    const [shown] = (await previewReplay(marketer, { sourceId: source.sourceId })).shown
    expect(shown?.changes.find(({ field }) => field === 'name')).toEqual({ field: 'name', before: null, after: 'P•••' })
    expect((await sourceQuestions(marketer, { sourceId: source.sourceId })).questions.map(({ example }) => example)).toEqual(['F•••', 'B•••', 'P•••'])
    for (const deliveryId of await deliveryIds(org)) await processDelivery(org.system, { deliveryId, again: true })
    const leads = await rowsIn<{ company_id: string | null }>(org, 'leads')
    expect(leads.map(({ company_id: company }) => company === null).sort()).toEqual([false, true])
    expect(new Set((await rowsIn<{ company_id: string }>(org, 'inquiries')).map(({ company_id: company }) => company)).size).toBe(1)
  })

  it('opens the lead of what could not be read before, and says so first', async () => {
    const org = await anOrganisation()
    const source = await aGoogleSource(org)
    await source.post(JSON.stringify({ google_key: source.secret, lead_id: 'g1', user_column_data: [column('EMAIL', 'a@acme.de')] }))
    const counts = (await previewReplay(org.system, { sourceId: source.sourceId })).counts
    expect(counts).toMatchObject({ 'new-lead': 1, unchanged: 0 })
    expect(await countIn(org, 'leads')).toEqual({ leads: 0 })
  })

  it('refuses a question that stands twice and more than a hundred', async () => {
    const org = await anOrganisation()
    const { sourceId } = await aGoogleSource(org)
    expect(await codeOf(mapFields(org.system, { sourceId, rules: [{ question: 'A', field: 'name' }, { question: ' a', field: 'title' }] }))).toBe('invalid')
    expect(await codeOf(mapFields(org.system, { sourceId, rules: Array.from({ length: 101 }, (_, n) => ({ question: `q${n}`, field: 'name' as const })) }))).toBe('invalid')
  })
})

describe('the log', () => {
  it('pages both ways and finds by every id', async () => {
    const org = await anOrganisation()
    const source = await aGoogleSource(org)
    for (let n = 1; n <= 5; n += 1) await source.post(lead(n, source.secret))
    await processAll(org)
    const ids = (await deliveryIds(org)).reverse()
    const first = await listDeliveries(org.system, { limit: 2 })
    const second = await listDeliveries(org.system, { limit: 2, after: first.next })
    const third = await listDeliveries(org.system, { limit: 2, after: second.next })
    expect([first, second, third].map(({ deliveries }) => deliveries.map(({ id }) => id))).toEqual([ids.slice(0, 2), ids.slice(2, 4), ids.slice(4)])
    expect([first.previous, third.next]).toEqual([null, null])
    const back = await listDeliveries(org.system, { limit: 2, before: third.previous })
    expect(back.deliveries.map(({ id }) => id)).toEqual(ids.slice(2, 4))
    expect((await listDeliveries(org.system, { limit: 2, before: back.previous })).previous).toBe(null)
    const row = first.deliveries[0]
    expect(row).toMatchObject({ way: 'push', replyStatus: 200, latencyMs: 0 })
    for (const search of [row?.receipt, row?.id, row?.leadId, 'g5', receiptOf(ids[0] ?? 'dlv_')]) {
      expect((await listDeliveries(org.system, { search: search ?? '' })).deliveries.map(({ id }) => id)).toEqual([ids[0]])
    }
    expect((await listDeliveries(org.system, { search: 'nobody' })).deliveries).toEqual([])
    expect((await listDeliveries(org.system, { way: 'fetch' })).deliveries).toEqual([])
    expect((await deliveryDetail(org.system, { deliveryId: ids[0] ?? 'dlv_' })).content?.body).not.toContain(source.secret)
  })
})

describe('keys and places of a source', () => {
  it('keeps what is left empty, logs no value, and takes a campaign of its channel only', async () => {
    const org = await anOrganisation()
    const source = await aGoogleSource(org)
    expect(await updateSourceKeys(org.system, { sourceId: source.sourceId, keys: {} })).toEqual({ changed: [] })
    expect(await codeOf(updateSourceKeys(org.system, { sourceId: source.sourceId, keys: { other: 'x' } }))).toBe('invalid')
    const { channelId } = await createChannel(org.system, { name: 'Google Ads', kind: 'paid' })
    const { channelId: other } = await createChannel(org.system, { name: 'Fair', kind: 'event' })
    const { campaignId } = await createCampaign(org.system, { channelId, name: 'Spring' })
    const place = { sourceId: source.sourceId, name: 'G', productLineId: null, ownerId: null, leadRule: 'always' as const, defaultCountry: ' de ' }
    await updateSource(org.system, { ...place, channelId, campaignId })
    expect(await sourceSetup(org.system, { sourceId: source.sourceId })).toMatchObject({ campaignId, secret: 'ours', mayTest: true })
    expect(await codeOf(updateSource(org.system, { ...place, channelId: other, campaignId }))).toBe('invalid')
    await updateSource(org.system, { ...place, channelId: other })
    expect((await sourceSetup(org.system, { sourceId: source.sourceId })).campaignId).toBe(null)
    expect(await rowsIn(org, 'sources')).toMatchObject([{ default_country: 'DE' }])
  })
})
