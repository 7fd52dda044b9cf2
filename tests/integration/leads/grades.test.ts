import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { gradeAgreement, gradingBehind } from '~/domain/analytics'
import type { Context } from '~/domain/kernel'
import { countLeads, editLead, moveStage, setChecklist, setPersonRole, suggestGrade, undoMove } from '~/domain/leads'
import { grades, type Grade } from '~/domain/leads/vocabulary'
import { newId, type Id } from '~/lib/ids'
import { gradeSuggestions, leadScores, profilingObjections, scoreCards } from '~db/schema'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation, NOON, type TestOrganisation } from '~tests/support/organisations'
import { standingCases } from '~tests/support/standing-cases'
import { aLead, later } from './a-lead'

standingCases(suggestGrade, { input: async (owner) => ({ leadId: (await aLead(owner)).leadId }) })
standingCases(gradeAgreement, { input: async (owner) => { await gradedBy(owner, await owner.as('rep'), 'A'); return {} }, foreign: (seen) => expect(seen).toMatchObject({ leads: 0, reps: [] }) })

const memberOf = (ctx: Context) => (ctx.actor.kind === 'user' ? ctx.actor.memberId : null)
const month = '2024-06'
async function gradedBy(org: TestOrganisation, rep: Context, grade: Grade, checklist: Partial<Parameters<typeof setChecklist>[1]> = {}) {
  const lead = await aLead(org, { ownerId: memberOf(rep) })
  if (Object.keys(checklist).length > 0) await setChecklist(rep, { leadId: lead.leadId, ...checklist })
  const { moveId } = await moveStage(rep, { leadId: lead.leadId, to: 'graded', grade, amount: 100n, currency: 'CNY', month })
  return { ...lead, moveId: moveId as Id<'mov'> }
}
const kept = (leadId: Id<'lead'>) => asSuperuser((tx) => tx.select().from(gradeSuggestions).where(eq(gradeSuggestions.leadId, leadId)).orderBy(gradeSuggestions.moveId))

async function scored({ orgId }: TestOrganisation, leadId: Id<'lead'>, cell: number, override: number | null = null) {
  const cardId = newId('scd')
  await asSuperuser(async (tx) => {
    await tx.insert(scoreCards).values({ orgId, id: cardId, version: 1, kind: 'hand', state: 'published', terms: {}, createdAt: NOON, changedAt: NOON })
    await tx.insert(leadScores).values({ orgId, leadId, cardId, fit: 0, interest: 0, cell, overrideCell: override, scoredAt: NOON })
  })
}

describe('the suggestion', () => {
  it('is made of cell, checklist, decision-maker and amount, with its reasons', async () => {
    const org = await anOrganisation()
    const { leadId, personId } = await aLead(org)
    expect(await suggestGrade(org.system, { leadId })).toMatchObject({ grade: 'D', points: 0, from: { A: 10, B: 6, C: 3 } })
    await setChecklist(org.system, { leadId, need: 'yes', timing: 'yes' })
    await setPersonRole(org.system, { leadId, personId, role: 'decision_maker' })
    // 2 + 3 + 2 = 7 points: B. The cell 44 takes six, what a person set instead (12) gives four.
    expect(await suggestGrade(org.system, { leadId })).toMatchObject({ grade: 'B', points: 7 })
    await scored(org, leadId, 44)
    expect(await suggestGrade(org.system, { leadId })).toMatchObject({ grade: 'D', points: 1 })
    await asSuperuser((tx) => tx.update(leadScores).set({ overrideCell: 12 }).where(eq(leadScores.leadId, leadId)))
    expect(await suggestGrade(org.system, { leadId })).toMatchObject({ grade: 'A', points: 11 })
  })

  it('is none where somebody asked not to be profiled, and none is kept', async () => {
    const org = await anOrganisation()
    const rep = await org.as('rep')
    const { leadId, personId } = await aLead(org, { ownerId: memberOf(rep) })
    await asSuperuser((tx) => tx.insert(profilingObjections).values({ orgId: org.orgId, personId, at: NOON }))
    expect(await suggestGrade(org.system, { leadId })).toEqual({ grade: null, because: 'objection' })
    await moveStage(rep, { leadId, to: 'graded', grade: 'A', amount: 1n, currency: 'CNY', month })
    expect(await kept(leadId)).toEqual([])
  })

  it('is kept beside each grade a person gives, which it does not change; not for history, keys or a corrected amount', async () => {
    const org = await anOrganisation()
    const rep = await org.as('rep')
    const { leadId, moveId } = await gradedBy(org, rep, 'A', { need: 'yes', budget: 'yes' })
    expect(await kept(leadId)).toMatchObject([{ moveId, given: 'A', suggested: 'C', cell: null, at: NOON }])
    const state = await moveStage(later(rep, 1), { leadId, to: 'graded', grade: 'A', amount: 90n, currency: 'CNY', month })
    expect(state.state).toMatchObject({ grade: 'A', expectedAmount: 90n })
    expect(await kept(leadId)).toHaveLength(1)
    // The list's own editor is another way to grade; it keeps one, too.
    await editLead(later(rep, 2), { leadId, field: 'grade', value: 'B', was: 'A', version: state.version })
    expect((await kept(leadId)).map(({ given }) => given)).toEqual(['A', 'B'])
    const { leadId: imported } = await aLead(org)
    await moveStage(org.system, { leadId: imported, to: 'graded', grade: 'A', isImported: true, at: NOON })
    const { leadId: byKey } = await aLead(org)
    await moveStage(org.withKey('leads:write'), { leadId: byKey, to: 'graded', grade: 'A', amount: 1n, currency: 'CNY', month })
    expect([...await kept(imported), ...await kept(byKey)]).toEqual([])
  })
})

describe('agreement', () => {
  it('by hand: table, kappa, win rates, who was right; every number opens its leads', async () => {
    const org = await anOrganisation()
    const [li, wang] = [await org.as('rep', { name: 'Li' }), await org.as('rep', { name: 'Wang' })]
    const win = (leadId: Id<'lead'>, rep: Context) => moveStage(rep, { leadId, to: 'won', amount: 100n, currency: 'CNY', day: '2024-05-15' })
    const lose = (leadId: Id<'lead'>, rep: Context) => moveStage(rep, { leadId, to: 'lost', reason: 'budget' })
    // Nothing known is D: two leads A against D (won, lost), one D of both (lost); need, budget and timing are 7 points, B of both (open).
    await win((await gradedBy(org, li, 'A')).leadId, li)
    await lose((await gradedBy(org, li, 'A')).leadId, li)
    await lose((await gradedBy(org, wang, 'D')).leadId, wang)
    await gradedBy(org, wang, 'B', { need: 'yes', budget: 'yes', timing: 'yes' })
    // Taken back: it counts nowhere.
    const undone = await gradedBy(org, wang, 'C')
    await undoMove(wang, { moveId: undone.moveId })
    const seen = await gradeAgreement(org.system, {})
    // Observed 2 · 9 = 18 of 4; expected 2·1·1 + 2·3·9 + 1·3·4 + 1·1·4 = 72: 1 − 18 · 4 / 72 = 0.
    expect(seen).toMatchObject({ leads: 4, agreed: 2, kappa: 0, differed: { decided: 2, rep: 1, clew: 1 } })
    expect(seen.table).toMatchObject({ A: { A: 0, D: 2 }, B: { B: 1 }, C: { D: 0 }, D: { D: 1 } })
    expect(seen.given.A).toMatchObject({ leads: 2, decided: 2, won: 1, judged: false })
    // Wilson of 1 in 3.
    expect(seen.suggested.D).toMatchObject({ leads: 3, decided: 3, won: 1 })
    expect(seen.suggested.D.interval?.lo).toBeCloseTo(0.0615, 4)
    expect(seen.suggested.D.interval?.hi).toBeCloseTo(0.7923, 4)
    expect(seen.given.B).toMatchObject({ leads: 1, decided: 0, interval: null })
    expect(seen.reps.map(({ label, leads, agreed }) => [label, leads, agreed])).toEqual([['Li', 2, 0], ['Wang', 2, 2]])
    const count = (...words: string[]) => countLeads(org.system, gradingBehind(words.length === 0 ? 'any' : words.join('.')))
    expect([await count(), await count('agreed'), await count('right-rep'), await count('right-clew'), await count('differed', 'decided')]).toEqual([4, 2, 1, 1, 2])
    for (const given of grades) {
      expect([await count(`given-${given}`, 'decided'), await count(`given-${given}`, 'won')]).toEqual([seen.given[given].decided, seen.given[given].won])
      expect([await count(`suggested-${given}`, 'decided'), await count(`suggested-${given}`, 'won')]).toEqual([seen.suggested[given].decided, seen.suggested[given].won])
      for (const suggested of grades) expect(await count(`given-${given}`, `suggested-${suggested}`)).toBe(seen.table[given][suggested])
    }
    for (const { key, leads, agreed, differed } of seen.reps) expect([await count(`by-${key}`), await count(`by-${key}`, 'agreed'), await count(`by-${key}`, 'right-rep')]).toEqual([leads, agreed, differed.rep])
    // A rep sees their own leads and nobody else's judgement.
    expect(await gradeAgreement(li, {})).toMatchObject({ leads: 2, reps: [{ label: 'Li' }] })
  })

  it('a grade of half a year ago whose lead is still open counts as not won', async () => {
    const org = await anOrganisation()
    await gradedBy(org, await org.as('rep'), 'A')
    const after = async (days: number) => (await gradeAgreement(later(org.system, days * 24), {})).given.A.decided
    expect([await after(179), await after(181)]).toEqual([0, 1])
  })
})
