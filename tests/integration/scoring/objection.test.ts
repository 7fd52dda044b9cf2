import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { mergePeople } from '~/domain/merging'
import { leadScore, objectionOf, objectToProfiling, scoreLeads, withdrawObjection } from '~/domain/scoring'
import { auditEntries } from '~db/schema'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation, type TestOrganisation } from '~tests/support/organisations'
import { standingCases } from '~tests/support/standing-cases'
import { aLead, aWorld, later } from '../leads/a-lead'
import { aPersonalLead } from '../merging/a-group'
import { aLine, aPublishedCard, aTerms, aTouch, linesIn, scoreIn, toldIn } from './ledger-card'

const terms = aTerms([aLine('views', { kind: 'touch', touch: 'page_view', page: null }, 12, { halfLifeDays: 30 })], { base: 25 })

async function scored(owner: TestOrganisation) {
  const lead = await aLead(owner)
  await aPublishedCard(owner, terms)
  await aTouch(owner, lead.leadId)
  await scoreLeads(owner.system, { leadIds: [lead.leadId] })
  return lead
}
const person = async (owner: TestOrganisation) => ({ personId: (await scored(owner)).personId })

standingCases(objectToProfiling, { input: person })
standingCases(withdrawObjection, { input: async (owner) => { const input = await person(owner); await objectToProfiling(owner.system, input); return input } })
standingCases(objectionOf, { input: person })

describe('somebody who is left out of profiling', () => {
  it('has no lines, no cell and no chance; taking it back gives all of it again', async () => {
    const org = await anOrganisation()
    const { leadId, personId } = await scored(org)
    const before = await leadScore(org.system, { leadId })
    expect(before).toMatchObject({ total: 37, cell: 23, objection: null })
    expect(await objectToProfiling(later(org.system, 1), { personId })).toEqual({ isLeftOut: true })
    expect(await objectToProfiling(later(org.system, 2), { personId })).toEqual({ isLeftOut: true })
    expect(await scoreIn(leadId)).toMatchObject({ fit: 0, interest: 0, cell: null, chance: null, dueAt: null })
    expect((await linesIn(leadId)).map(({ points }) => points).sort()).toEqual([-12, -25, 12, 25].sort())
    await aTouch(org, leadId)
    await scoreLeads(later(org.system, 3), { leadIds: [leadId] })
    expect(await leadScore(later(org.system, 3), { leadId })).toMatchObject({ total: 0, cell: null, effectiveCell: null, lines: [], counterfactuals: [], objection: { personId, at: later(org.system, 1).now } })
    expect(await objectionOf(org.system, { personId })).toEqual({ isLeftOut: true, at: later(org.system, 1).now })
    expect(await asSuperuser((tx) => tx.select().from(auditEntries).where(eq(auditEntries.action, 'person.object-to-profiling')))).toMatchObject([{ subject: personId, changes: { status: { before: 'profiled', after: 'left-out' } } }])
    expect(await toldIn(org, 'people.objection-changed')).toEqual([{ personId }])

    expect(await withdrawObjection(later(org.system, 4), { personId })).toEqual({ isLeftOut: false })
    expect(await withdrawObjection(later(org.system, 4), { personId })).toEqual({ isLeftOut: false })
    expect(await leadScore(later(org.system, 4), { leadId })).toMatchObject({ total: 49, cell: 22, objection: null })
    // What it was stays to be seen.
    expect(await leadScore(later(org.system, 4), { leadId, asOf: org.system.now })).toMatchObject({ total: 37, cell: 23 })
    expect(await leadScore(later(org.system, 4), { leadId, asOf: later(org.system, 2).now })).toMatchObject({ total: 0, cell: null })
    expect((await leadScore(later(org.system, 4), { leadId }))?.history.map(({ total, cell }) => [total, cell])).toEqual([[49, 22], [0, null], [37, 23]])
  })

  it('leaves out every lead they hang on, also through whoever stands for them', async () => {
    const org = await anOrganisation()
    const world = await aWorld(org)
    await aPublishedCard(org, terms)
    const [one, two] = [await aPersonalLead(org, world), await aPersonalLead(org, { ...world, productLineId: (await aWorld(org, 'Other')).productLineId })]
    await scoreLeads(org.system, { leadIds: [one.leadId, two.leadId] })
    await mergePeople(org.system, { keptId: one.personId, goneId: two.personId })
    await objectToProfiling(org.system, { personId: two.personId })
    expect([await scoreIn(one.leadId), await scoreIn(two.leadId)]).toMatchObject([{ cell: null }, { cell: null }])
    await withdrawObjection(later(org.system, 1), { personId: two.personId })
    expect([await scoreIn(one.leadId), await scoreIn(two.leadId)]).toMatchObject([{ cell: 24 }, { cell: 24 }])
  })
})
