import { describe, expect, it } from 'vitest'
import { emptyDraft, ingestLeads, ingestSource, submitLead, type LeadDraft } from '~/domain/capture'
import { createChannel } from '~/domain/channels'
import { inTransaction } from '~/domain/kernel'
import { anOrganisation, type TestOrganisation } from '~tests/support/organisations'
import { aGoogleSource, aStandardSource, countIn, processAll, rowsIn } from './a-source'

async function ingest(org: TestOrganisation, drafts: Partial<LeadDraft>[], more: Parameters<typeof ingestLeads>[3] = {}, rule: 'always' | 'on_request' | 'never' = 'always') {
  const { sourceId } = await aStandardSource(org, { name: `Form ${Math.random()}`, leadRule: rule })
  return inTransaction(org.system, 'read write', async (tx) => {
    const ctx = { ...org.system, tx }
    return ingestLeads(ctx, await ingestSource(ctx, sourceId), drafts.map((draft) => ({ draft: { ...emptyDraft, ...draft } })), more)
  })
}

const engineer = { externalId: 'e', fullName: '李工', phones: ['138 0013 8000'], company: '杭州线索科技有限公司' }
const director = { externalId: 'd', fullName: '王总', phones: ['13900139000'], emails: ['wang@xiansuo-tech.cn'], company: '线索科技（杭州）' }

describe('people and companies', () => {
  it('two people of one company share its lead', async () => {
    const org = await anOrganisation()
    const colleague = { ...director, company: '杭州线索科技股份有限公司' }
    const [first, second] = await ingest(org, [engineer, colleague])
    expect(first).toMatchObject({ isNewLead: true, isRepeat: false })
    expect(second).toMatchObject({ isNewLead: false, isRepeat: true, leadId: first?.leadId, companyId: first?.companyId })
    expect(await countIn(org, 'people', 'companies', 'leads', 'lead_people', 'inquiries', 'touches', 'identities')).toEqual(
      { people: 2, companies: 1, leads: 1, lead_people: 2, inquiries: 2, touches: 2, identities: 3 })
    const [company] = await rowsIn(org, 'companies')
    expect(company).toMatchObject({ key: '杭州线索科技', domain: 'xiansuo-tech.cn' })
    const events = (await rowsIn<{ name: string; payload: { isNew: boolean } }>(org, 'outbox')).filter(({ name }) => name === 'lead.captured')
    expect(events.map(({ payload }) => payload.isNew).sort()).toEqual([false, true])
  })

  it('a phone names the person before an address does, and two people are never merged', async () => {
    const org = await anOrganisation()
    const [li, wang] = await ingest(org, [{ externalId: '1', fullName: '李', phones: ['13800138000'] }, { externalId: '2', fullName: '王', emails: ['w@qq.com'] }])
    const [both] = await ingest(org, [{ externalId: '3', phones: ['13800138000'], emails: ['W@QQ.com'] }])
    expect(both).toMatchObject({ personId: li?.personId, isAmbiguous: true })
    expect(both?.personId).not.toBe(wang?.personId)
    expect(await countIn(org, 'people', 'identities')).toEqual({ people: 2, identities: 2 })
  })

  it('a desk phone belongs to the company; what cannot be read stays as an answer', async () => {
    const org = await anOrganisation()
    await ingest(org, [{ ...engineer, phones: ['0571-88886666转801', '400-820-8820', 'ask reception'] }])
    expect(await countIn(org, 'company_phones', 'identities')).toEqual({ company_phones: 2, identities: 0 })
    const [details] = await rowsIn<{ answers: object[] }>(org, 'inquiry_details')
    expect(details?.answers).toEqual([{ question: 'phone', answer: 'ask reception' }])
  })

  it("a person's interest becomes the company's once it is known, in either order", async () => {
    const alone = { externalId: '1', fullName: '李', phones: ['13800138000'] }
    const placed = { ...alone, externalId: '2', company: '线索科技' }
    for (const order of [[alone, placed], [placed, alone]]) {
      const org = await anOrganisation()
      for (const draft of order) await ingest(org, [draft])
      const leads = await rowsIn<{ company_id: string | null }>(org, 'leads')
      expect(leads).toHaveLength(1)
      expect(leads[0]?.company_id).not.toBeNull()
    }
  })

  it('free-mail domains make no company', async () => {
    const org = await anOrganisation()
    await ingest(org, [{ externalId: '1', emails: ['a@qq.com'] }, { externalId: '2', emails: ['b@qq.com'] }])
    expect(await countIn(org, 'companies', 'leads')).toEqual({ companies: 0, leads: 2 })
  })
})

describe('inquiries', () => {
  it('are one per source and external id: the second fills what was blank', async () => {
    const org = await anOrganisation()
    const source = await aStandardSource(org)
    await source.post({ data: { external_id: 'c-1', mobile: '13800138000' } })
    await source.post({ data: { external_id: 'c-1', mobile: '13800138000', full_name: '李', title: '经理', campaign_id: '98765432109876543210', gclid: 'Abc' } })
    await source.post({ data: { external_id: 'c-1', mobile: '13800138000', full_name: '别人', gclid: 'Zzz' } })
    expect((await processAll(org)).map(({ verdict }) => verdict)).toEqual(['processed', 'processed', 'processed'])
    expect(await countIn(org, 'inquiries', 'leads', 'people', 'touches')).toEqual({ inquiries: 1, leads: 1, people: 1, touches: 1 })
    expect(await rowsIn(org, 'people')).toMatchObject([{ name: '李', title: '经理' }])
    expect(await rowsIn(org, 'inquiry_details')).toMatchObject([{ external: { campaign_id: '98765432109876543210' }, click_ids: { gclid: 'Abc' } }])
  })

  it('follow the rule of their source', async () => {
    const org = await anOrganisation()
    const asks = { externalId: '1', phones: ['13800138000'], message: '报价' }
    expect(await ingest(org, [asks], {}, 'never')).toMatchObject([{ leadId: null, isNewLead: false }])
    expect(await ingest(org, [{ ...asks, phones: ['13800138001'], message: null }], {}, 'on_request')).toMatchObject([{ leadId: null }])
    expect(await ingest(org, [{ ...asks, phones: ['13800138002'] }], {}, 'on_request')).toMatchObject([{ isNewLead: true }])
    expect(await countIn(org, 'leads', 'inquiries', 'touches')).toEqual({ leads: 1, inquiries: 3, touches: 3 })
  })

  it('without any contact become leads of their own by external id', async () => {
    const org = await anOrganisation()
    const drafts = Array.from({ length: 1_200 }, (_, i) => ({ externalId: `mql-${i}`, channel: i % 2 === 0 ? 'organic_search' : null }))
    const done = await ingest(org, drafts, { isImported: true, createsChannels: true, touchKind: 'import' })
    expect(done.every(({ isNewLead, personId }) => isNewLead && personId === null)).toBe(true)
    expect(await countIn(org, 'leads', 'inquiries', 'people', 'channels')).toEqual({ leads: 1_200, inquiries: 1_200, people: 0, channels: 1 })
    expect((await rowsIn<{ name: string }>(org, 'outbox')).filter(({ name }) => name === 'lead.captured')).toEqual([])
  })

  it('take channel and campaign from what they say, else from their source', async () => {
    const org = await anOrganisation()
    const ads = await createChannel(org.system, { name: 'Google Ads', kind: 'paid' })
    const site = await createChannel(org.system, { name: 'Website', kind: 'content' })
    const google = await aGoogleSource(org, ads)
    const body = `{"lead_id":"L1","google_key":"${google.secret}","form_id":9007199254740993,"campaign_id":123456789012345678901,"gcl_id":"Cj0","user_column_data":[{"column_id":"FULL_NAME","string_value":"Ann"},{"column_id":"WORK_EMAIL","string_value":"ann@acme.de"},{"column_id":"budget","column_name":"Budget?","string_value":"10k"}]}`
    expect(await google.post(body)).toMatchObject({ status: 200, body: '{}' })
    expect(await google.post(body.replace(google.secret, 'wrong-key'))).toMatchObject({ status: 401 })
    await processAll(org)
    expect(await rowsIn(org, 'inquiry_details')).toMatchObject([{
      external: { lead_id: 'L1', form_id: '9007199254740993', campaign_id: '123456789012345678901' }, click_ids: { gclid: 'Cj0' }, answers: [{ question: 'Budget?', answer: '10k' }],
    }])
    expect(await rowsIn(org, 'external_campaigns')).toMatchObject([{ external_id: '123456789012345678901' }])
    const form = await aStandardSource(org, ads)
    await form.post({ data: { external_id: 'x', email: 'x@beta.de', channel: 'WEBSITE' } })
    await processAll(org)
    const channels = (await rowsIn<{ channel_id: string }>(org, 'leads')).map(({ channel_id: id }) => id)
    expect(new Set(channels).size).toBe(2)
    expect(site.channelId).not.toBe(ads.channelId)
  })
})

describe('a partner', () => {
  it('submits once; a known interest is not told', async () => {
    const org = await anOrganisation()
    const partner = await org.as('partner')
    expect(await submitLead(partner, { company: '线索科技', phone: '13800138000' })).toMatchObject({ isNew: true, leadId: expect.stringMatching(/^lead_/) })
    expect(await submitLead(partner, { company: '线索科技', phone: '13900139000' })).toEqual({ isNew: false, leadId: null })
    expect(await rowsIn(org, 'leads')).toMatchObject([{ submitted_by: expect.any(String) }])
  })
})
