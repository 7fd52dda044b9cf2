import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { endOverride, leadScore, overrideCell, scoreDueLeads, scoreLeads } from '~/domain/scoring'
import { auditEntries, scoreOverrides } from '~db/schema'
import { newId, type Id } from '~/lib/ids'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation, type TestOrganisation } from '~tests/support/organisations'
import { standingCases } from '~tests/support/standing-cases'
import { aLead, later } from '../leads/a-lead'
import { aLine, aPublishedCard, aTerms, aTouch, scoreIn, toldIn } from './ledger-card'

const terms = aTerms([aLine('views', { kind: 'touch', touch: 'page_view', page: null }, 12)], { base: 5 })
const refusal = (work: Promise<unknown>) => work.then(() => 'none', (error: { code: string; fields: object }) => (error.code === 'invalid' ? error.fields : error.code))

/** A lead in cell 43 of a card. */
async function scored(owner: TestOrganisation): Promise<Id<'lead'>> {
  const { leadId } = await aLead(owner)
  await aPublishedCard(owner, terms)
  await aTouch(owner, leadId)
  await scoreLeads(owner.system, { leadIds: [leadId] })
  return leadId
}

standingCases(overrideCell, { input: async (owner) => ({ leadId: await scored(owner), cell: 11, reason: 'know_them' }) })
standingCases(endOverride, { input: async (owner) => { const leadId = await scored(owner); await overrideCell(await owner.as('manager'), { leadId, cell: 11, reason: 'other' }); return { leadId } } })

describe('a cell set by hand', () => {
  it('stands beside the card’s own, with its reason, audit and event, until it is ended', async () => {
    const org = await anOrganisation()
    const leadId = await scored(org)
    const manager = await org.as('manager', { name: 'Li Na' })
    const { overrideId } = await overrideCell(manager, { leadId, cell: 11, reason: 'know_them' })
    expect(await scoreIn(leadId)).toMatchObject({ cell: 43, overrideCell: 11, dueAt: null })
    expect(await leadScore(manager, { leadId })).toMatchObject({ cell: 43, effectiveCell: 11, override: { cell: 11, reason: 'know_them', until: null, by: { name: 'Li Na' } }, total: 17 })
    const audits = await asSuperuser((tx) => tx.select().from(auditEntries).where(eq(auditEntries.action, 'score.override')))
    expect(audits).toMatchObject([{ subject: leadId, changes: { cell: { before: 43, after: 11 }, reason: { before: null, after: 'know_them' } } }])
    expect((await toldIn(org, 'lead.scored')).at(-1)).toEqual({ leadId, ownerId: null, cell: 11 })
    // The card goes on beneath it, and tells nobody.
    await aTouch(org, leadId)
    expect(await scoreLeads(later(org.system, 1), { leadIds: [leadId] })).toEqual({ scored: 1, changed: 0 })
    expect(await scoreIn(leadId)).toMatchObject({ cell: 42, overrideCell: 11 })
    expect(await endOverride(later(manager, 2), { leadId })).toEqual({ effectiveCell: 42 })
    expect((await toldIn(org, 'lead.scored')).at(-1)).toMatchObject({ cell: 42 })
    expect(await endOverride(later(manager, 3), { leadId })).toEqual({ effectiveCell: 42 })
    expect(await asSuperuser((tx) => tx.select().from(scoreOverrides))).toMatchObject([{ id: overrideId, endedAt: later(manager, 2).now, endedBy: manager.actor.kind === 'user' ? manager.actor.memberId : null }])
  })

  it('ends by itself when its time is over', async () => {
    const org = await anOrganisation()
    const leadId = await scored(org)
    const manager = await org.as('manager')
    await overrideCell(manager, { leadId, cell: 11, reason: 'strategic', until: later(manager, 10).now })
    await overrideCell(later(manager, 1), { leadId, cell: 22, reason: 'strategic', until: later(manager, 5).now })
    expect(await scoreIn(leadId)).toMatchObject({ overrideCell: 22, dueAt: later(manager, 5).now })
    expect(await scoreDueLeads(later(manager, 4).now)).toBe(0)
    expect(await scoreDueLeads(later(manager, 5).now)).toBe(1)
    expect(await scoreIn(leadId)).toMatchObject({ cell: 43, overrideCell: null, dueAt: null })
    expect(await scoreDueLeads(later(manager, 6).now)).toBe(0)
    expect((await toldIn(org, 'lead.scored')).map(({ cell }) => cell)).toEqual([43, 11, 22, 43])
    expect((await leadScore(later(manager, 6), { leadId, asOf: later(manager, 2).now }))?.effectiveCell).toBe(22)
  })

  it('is refused without a card, in the past, by nobody and of what one does not see', async () => {
    const org = await anOrganisation()
    const { leadId } = await aLead(org)
    const [manager, rep] = [await org.as('manager'), await org.as('rep')]
    const wish = { leadId, cell: 11, reason: 'other' } as const
    expect(await refusal(overrideCell(manager, wish))).toBe('not-scored')
    await aPublishedCard(org, terms)
    expect(await refusal(overrideCell(manager, { ...wish, until: manager.now }))).toEqual({ until: ['not-in-the-past'] })
    expect(await refusal(overrideCell(org.system, wish))).toBe('not-allowed')
    expect(await refusal(overrideCell(rep, wish))).toBe('not-found')
    expect(await refusal(overrideCell(manager, { ...wish, leadId: newId('lead') }))).toBe('not-found')
    // A lead that no event has brought yet is scored first.
    expect(await overrideCell(manager, wish)).toMatchObject({ effectiveCell: 11 })
    expect(await scoreIn(leadId)).toMatchObject({ cell: 44, overrideCell: 11 })
  })
})
