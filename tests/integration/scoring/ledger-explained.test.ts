import { eq, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { inTransaction } from '~/domain/kernel'
import { archiveField, changeOwnership, createField, keepTouches, logContact } from '~/domain/leads'
import { updateCompany, updatePerson } from '~/domain/people'
import { leadScore, scoreImport, scoreLeads, scoreRecords } from '~/domain/scoring'
import { companies, importChunks, importRuns, leads } from '~db/schema'
import { newId, toUuid } from '~/lib/ids'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation, NOON } from '~tests/support/organisations'
import { aLead, later } from '../leads/a-lead'
import { aLine, aPublishedCard, aTerms, aTouch, linesIn, scoreIn, toldIn } from './ledger-card'

const refusal = (work: Promise<unknown>) => work.then(() => 'none', (error: { code: string }) => error.code)
const sizes = [
  aLine('large', { kind: 'employees', from: 200, to: null }, 25, { group: 'fit' }), aLine('medium', { kind: 'employees', from: 50, to: 199 }, 12, { group: 'fit' }),
  aLine('no-size', { kind: 'unknown', of: 'employees' }, -3, { group: 'fit' }),
]

describe('the explanation of a lead’s score', () => {
  it('is its lines, whose worth sums up to what is shown, what counts for nothing, and what one fact would change', async () => {
    const org = await anOrganisation()
    const lead = await aLead(org)
    const { fieldId } = await createField(org.system, { kind: 'text', labelEn: 'Colour', labelZh: '颜色', choices: [] })
    const away = (await createField(org.system, { kind: 'text', labelEn: 'Away', labelZh: '收起', choices: [] })).fieldId
    await archiveField(org.system, { fieldId: away, archived: true })
    await aPublishedCard(org, aTerms([
      ...sizes, aLine('channel', { kind: 'channel', values: [lead.channelId] }, 12, { group: 'fit' }), aLine('colour', { kind: 'field', fieldId, test: 'unknown', values: [], number: null }, -1, { group: 'fit' }),
      aLine('away', { kind: 'field', fieldId: away, test: 'known', values: [], number: null }, 9), aLine('views', { kind: 'touch', touch: 'page_view', page: 'pricing' }, 16, { halfLifeDays: 10 }), aLine('replied', { kind: 'reply' }, 15),
    ], { base: 3, calibration: { slope: 0.1, offset: -2 } }))
    const touchId = await aTouch(org, lead.leadId, { page: 'https://www.example.com/pricing' })
    await aTouch(org, lead.leadId, { page: 'https://www.example.com/pricing', verdict: 'machine' })
    await aTouch(org, lead.leadId, { page: 'https://www.example.com/pricing', verdict: 'unsure' })
    await aTouch(org, lead.leadId, { page: 'https://www.example.com/pricing', verdict: 'machine' })
    await scoreLeads(org.system, { leadIds: [lead.leadId] })
    // After ten days the view is worth 8. Fit 3 + 12 − 3 − 1 = 11: 3. Interest 8: 4.
    const score = await leadScore(later(org.system, 240), { leadId: lead.leadId })
    expect(score).toMatchObject({ fit: 11, interest: 8, total: 19, cell: 34, effectiveCell: 34, override: null, notCounted: { machine: 2, unsure: 1 }, paused: ['away'], objection: null, chance: 1 / (1 + Math.exp(-(0.1 * 19 - 2))) })
    expect(score?.lines.map(({ line, points, worth }) => [line, points, worth])).toEqual([['base', 3, 3], ['channel', 12, 12], ['views', 16, 8], ['no-size', -3, -3], ['colour', -1, -1]])
    expect(score?.lines.reduce((sum, { worth }) => sum + worth, 0)).toBe(score?.total)
    const shown = new Map(score?.lines.map((line) => [line.line, line]))
    expect(shown.get('channel')).toMatchObject({ label: { name: expect.stringContaining('Channel') as string }, because: { kind: 'channel', value: lead.channelId }, criterion: { kind: 'channel' } })
    expect(shown.get('views')).toMatchObject({ touchId, label: { page: 'example.com/pricing' }, halfLifeDays: 10 })
    expect(shown.get('colour')).toMatchObject({ label: { name: 'Colour', nameZh: '颜色' } })
    // Large: 11 + 3 + 25 = 39 → 1. One more view: 8 + 16 = 24 → 2. A reply: 8 + 15 = 23 → 2. That it is of middle size is the same thing to find out.
    expect(score?.counterfactuals.map(({ line, way, from, to, gain }) => [line, way, from, to, gain])).toEqual([['large', 'known', 34, 14, 28], ['views', 'next', 34, 32, 16], ['replied', 'next', 34, 32, 15]])
    await logContact(later(org.system, 241), { leadId: lead.leadId, kind: 'call', outcome: 'connected' })
    await scoreLeads(later(org.system, 241), { leadIds: [lead.leadId] })
    expect(await leadScore(later(org.system, 242), { leadId: lead.leadId })).toMatchObject({ cell: 32, history: [{ cell: 32, interest: 23 }, { cell: 33, interest: 16 }] })
    // As it was: without guesses about then.
    expect(await leadScore(later(org.system, 242), { leadId: lead.leadId, asOf: later(org.system, 240).now })).toMatchObject({ total: 19, cell: 34, counterfactuals: [] })
  })

  it('is for those who see the lead; null before a card scored it', async () => {
    const org = await anOrganisation()
    const { leadId } = await aLead(org)
    const rep = await org.as('rep')
    expect(await refusal(leadScore(rep, { leadId }))).toBe('not-found')
    await changeOwnership(org.system, { leadId, to: rep.actor.kind === 'user' ? rep.actor.memberId : null })
    expect(await leadScore(rep, { leadId })).toBeNull()
    await aPublishedCard(org, aTerms(sizes))
    await scoreLeads(org.system, { leadIds: [leadId] })
    expect(await leadScore(rep, { leadId })).toMatchObject({ total: -3 })
  })
})

describe('what a score hears of', () => {
  it('touches are told once a lead and message, where a card is published and a human did it', async () => {
    const org = await anOrganisation()
    const { leadId, sourceId } = await aLead(org)
    const keep = (...verdicts: ('human' | 'machine')[]) => inTransaction(org.system, 'read write', (tx) => keepTouches({ ...org.system, tx }, verdicts.map((verdict) => ({
      id: newId('tch'), personId: null, companyId: null, leadId, kind: 'page_view', verdict, sourceId, channelId: null, campaignId: null, at: NOON, answers: [], utm: {}, clickIds: {}, session: null,
    }))))
    await keep('human')
    expect(await toldIn(org, 'touch.kept')).toEqual([])
    await aPublishedCard(org, aTerms([]))
    await keep('human', 'human')
    await keep('machine')
    expect(await toldIn(org, 'touch.kept')).toEqual([{ leadId }])
  })

  it('corrections of a title and an industry, and only those', async () => {
    const org = await anOrganisation()
    const { leadId, personId, companyId } = await aLead(org)
    await aPublishedCard(org, aTerms([aLine('decides', { kind: 'role', values: ['decision_maker'] }, 20, { group: 'fit' }), aLine('machines', { kind: 'industry', values: ['machinery'] }, 12, { group: 'fit' })]))
    await scoreLeads(org.system, { leadIds: [leadId] })
    await updatePerson(org.system, { personId, name: 'Chen Yuting', title: 'Managing director' })
    await updatePerson(org.system, { personId, name: 'Chen Yu', title: 'Managing director' })
    await updateCompany(org.system, { companyId, name: 'Hengtai', industry: 'Machinery', city: '' })
    expect([await toldIn(org, 'people.changed'), await toldIn(org, 'company.changed')]).toEqual([[{ personId }], [{ companyId }]])
    expect(await scoreRecords(later(org.system, 1), { personId, companyId: null })).toEqual({ changed: 1 })
    expect(await scoreIn(leadId)).toMatchObject({ fit: 32, cell: 14 })
    expect(await scoreRecords(later(org.system, 2), { companyId })).toEqual({ changed: 0 })
    expect(await scoreRecords(later(org.system, 2), { personId: null })).toEqual({ changed: 0 })
    expect((await linesIn(leadId)).map(({ line }) => line)).toEqual(['base', 'decides', 'machines'])
  })

  it('leads of a file, when it has ended', async () => {
    const org = await anOrganisation()
    const { leadId } = await aLead(org)
    const importId = newId('imp')
    await asSuperuser((tx) => tx.insert(importRuns).values({ orgId: org.orgId, id: importId, kind: 'leads', fileName: 'a.csv', fileSha256: '', counts: {}, actorKind: 'system', startedAt: NOON }))
    await asSuperuser((tx) => tx.insert(importChunks).values({ orgId: org.orgId, importId, n: 0, rows: 1, leads: [toUuid(leadId)], inquiries: [], people: [], companies: [], changed: [], added: [], noted: [], at: NOON }))
    expect(await scoreImport(org.system, importId)).toBe(0)
    await aPublishedCard(org, aTerms(sizes))
    expect(await scoreImport(org.system, importId)).toBe(1)
    expect(await scoreIn(leadId)).toMatchObject({ fit: -3, cell: 44 })
    await asSuperuser((tx) => tx.update(companies).set({ employees: 300 }))
    await asSuperuser((tx) => tx.update(leads).set({ isOpen: false }).where(sql`${eq(leads.id, leadId)}`))
    expect(await scoreImport(later(org.system, 1), importId)).toBe(1)
    expect(await scoreIn(leadId)).toMatchObject({ fit: 25, cell: 24 })
  })
})
