import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { inTransaction } from '~/domain/kernel'
import { createField, archiveField, logContact, setLeadField } from '~/domain/leads'
import { readFacts, scoreLeads } from '~/domain/scoring'
import { companies, employments, identities, inquiries, inquiryDetails, people } from '~db/schema'
import { newId } from '~/lib/ids'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation, NOON } from '~tests/support/organisations'
import { standingCases } from '~tests/support/standing-cases'
import { aLead, later } from '../leads/a-lead'
import { aLine, aPublishedCard, aTerms, aTouch, linesIn, scoreIn, toldIn } from './ledger-card'

standingCases(scoreLeads, { input: async (owner) => { await aPublishedCard(owner, aTerms([])); return { leadIds: [(await aLead(owner)).leadId] } }, foreign: (answer) => expect(answer).toEqual({ scored: 0, changed: 0 }) })

describe('readFacts', () => {
  it('tells what is known of a lead, its people, company, forms, touches and contacts', async () => {
    const org = await anOrganisation()
    const lead = await aLead(org)
    const ctx = org.system
    const { fieldId } = await createField(ctx, { kind: 'money', labelEn: 'Budget', labelZh: '预算', choices: [], currency: 'CNY' })
    const { fieldId: blank } = await createField(ctx, { kind: 'text', labelEn: 'Colour', labelZh: '颜色', choices: [] })
    const { fieldId: away } = await createField(ctx, { kind: 'text', labelEn: 'Away', labelZh: '收起', choices: [] })
    await setLeadField(ctx, { leadId: lead.leadId, fieldId, value: '12000.50' })
    await archiveField(ctx, { fieldId: away, archived: true })
    const inquiryId = newId('inq')
    await asSuperuser(async (tx) => {
      await tx.update(companies).set({ employees: 250, industry: 'Machinery', isCustomer: true }).where(eq(companies.id, lead.companyId))
      await tx.update(people).set({ country: 'DE' }).where(eq(people.id, lead.personId))
      await tx.insert(employments).values({ orgId: org.orgId, personId: lead.personId, companyId: lead.companyId, title: 'Procurement manager', since: NOON })
      await tx.insert(identities).values({ orgId: org.orgId, kind: 'email', value: 'chen@gmail.com', personId: lead.personId, shown: 'chen@gmail.com', createdAt: NOON })
      await tx.insert(inquiries).values({ orgId: org.orgId, id: inquiryId, sourceId: lead.sourceId, externalId: 'x1', leadId: lead.leadId, personId: lead.personId, isRepeat: false, at: NOON, recordedAt: NOON })
      await tx.insert(inquiryDetails).values({ orgId: org.orgId, inquiryId, answers: [{ question: 'Budget', answer: 'Yes' }], external: {}, clickIds: {}, utm: {}, landingPage: 'https://www.Example.com/Pricing?x=1' })
    })
    const touchId = await aTouch(org, lead.leadId, { page: 'https://example.com/docs', verdict: 'unsure' })
    const formId = await aTouch(org, lead.leadId, { kind: 'form', inquiryId })
    const { activityId } = await logContact(later(ctx, 30), { leadId: lead.leadId, kind: 'call', outcome: 'connected' })
    const read = (hoursAfter?: number) => inTransaction(ctx, 'read only', (tx) => readFacts({ ...ctx, tx }, [lead.leadId, newId('lead')], hoursAfter === undefined ? {} : { hoursAfter }))
    const [facts, ...rest] = await read()
    expect(rest).toEqual([])
    expect(facts).toMatchObject({
      leadId: lead.leadId, cameInAt: NOON, productLineId: lead.productLineId, sourceId: lead.sourceId, channelId: lead.channelId, channelKind: 'paid', campaignId: null,
      employees: 250, industry: 'Machinery', country: 'DE', roles: ['buyer'], freeMail: true, isCustomer: true, isUnsubscribed: false, hasObjection: false, landingPage: 'example.com/pricing', weekday: 3,
      answers: [{ question: 'Budget', answer: 'Yes' }], inquiries: [{ id: inquiryId, at: NOON }], contacts: [{ id: activityId, outcome: 'connected' }],
    })
    expect(facts?.reach).toEqual(new Set(['phone', 'email']))
    expect(facts?.fields).toEqual(new Map([[fieldId, { texts: ['12000.5'], number: 12000.5 }], [blank, { texts: [], number: null }]]))
    expect(new Map(facts?.touches.map(({ id, page, verdict }) => [id, [page, verdict]]))).toEqual(new Map([[touchId, ['example.com/docs', 'unsure']], [formId, ['example.com/pricing?x=1', 'human']]]))
    expect((await read(24))[0]).toMatchObject({ contacts: [], isCustomer: false, employees: 250 })
  })
})

describe('scoreLeads', () => {
  it('without a published card does nothing', async () => {
    const org = await anOrganisation()
    const { leadId } = await aLead(org)
    expect(await scoreLeads(org.system, { leadIds: [leadId] })).toEqual({ scored: 0, changed: 0 })
    expect(await linesIn(leadId)).toEqual([])
  })

  it('writes a line for each cause, once; what ends holding is taken back', async () => {
    const org = await anOrganisation()
    const { leadId } = await aLead(org)
    const cardId = await aPublishedCard(org, aTerms([aLine('views', { kind: 'touch', touch: 'page_view', page: 'pricing' }, 15), aLine('size-unknown', { kind: 'unknown', of: 'employees' }, -5, { group: 'fit' })], { base: 12, calibration: { slope: 0.1, offset: -2 } }))
    const touchId = await aTouch(org, leadId, { page: 'https://example.com/pricing' })
    await aTouch(org, leadId, { page: 'https://example.com/pricing', verdict: 'machine' })
    expect(await scoreLeads(org.system, { leadIds: [leadId] })).toEqual({ scored: 1, changed: 1 })
    expect(await scoreLeads(org.system, { leadIds: [leadId, leadId] })).toEqual({ scored: 1, changed: 0 })
    expect((await linesIn(leadId)).map(({ line, cause, points, touchId: by }) => [line, cause, points, by]).sort()).toEqual([['base', 'is', 12, null], ['size-unknown', 'is', -5, null], ['views', `touch:${touchId}`, 15, touchId]])
    // fit 12 − 5 = 7 → 4; interest 15 → 3; chance 1 / (1 + e^−(0.1 × 22 − 2))
    expect(await scoreIn(leadId)).toMatchObject({ cardId, fit: 7, interest: 15, cell: 43, dueAt: null, chance: 1 / (1 + Math.exp(-(0.1 * 22 - 2))) })
    await asSuperuser((tx) => tx.update(companies).set({ employees: 10 }))
    expect(await scoreLeads(later(org.system, 1), { leadIds: [leadId] })).toEqual({ scored: 1, changed: 1 })
    expect(await scoreIn(leadId)).toMatchObject({ fit: 12, interest: 15, cell: 33 })
    const lines = await linesIn(leadId)
    expect(lines).toHaveLength(4)
    expect(lines.at(-1)).toMatchObject({ line: 'size-unknown', points: 5, reverses: lines.find(({ points }) => points === -5)?.id })
    expect(await toldIn(org, 'lead.scored')).toEqual([{ leadId, ownerId: null, cell: 43 }, { leadId, ownerId: null, cell: 33 }])
  })
})
