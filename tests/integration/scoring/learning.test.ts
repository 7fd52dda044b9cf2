import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import type { Context } from '~/domain/kernel'
import { backtestCard, cardById, createCard, learnCard, runLearning, type LearnedLesson } from '~/domain/scoring'
import type { Id } from '~/lib/ids'
import { auditEntries, leads, outbox, profilingObjections } from '~db/schema'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation, NOON } from '~tests/support/organisations'
import { standingCases } from '~tests/support/standing-cases'
import { aPast } from './past-world'

const ask = { outcome: 'won', horizonDays: 90 } as const
async function learned(ctx: Context, more: object = {}): Promise<{ cardId: Id<'scd'>; lesson: LearnedLesson }> {
  const answer = await learnCard(ctx, { ...ask, ...more })
  if (answer.state !== 'asked') throw new Error(`abstained: ${JSON.stringify(answer)}`)
  expect(await runLearning(ctx, { cardId: answer.cardId })).toEqual({ isLearned: true })
  return { cardId: answer.cardId, lesson: (await cardById(ctx, { cardId: answer.cardId })).lesson as LearnedLesson }
}

standingCases(learnCard, { input: async (owner) => { await aPast(owner, { leads: 10 }); return ask }, foreign: 'names nothing' })
standingCases(runLearning, { input: async (owner) => ({ cardId: (await createCard(owner.system, { from: { kind: 'empty' } })).cardId }) })

describe('learning from one’s own outcomes', () => {
  it('abstains on thin data and says what is missing', async () => {
    const org = await anOrganisation()
    await aPast(org, { leads: 120, open: 5 })
    const answer = await learnCard(org.system, ask)
    expect(answer).toMatchObject({ state: 'abstained', missing: { leads: 120, leadsNeeded: 300, eachNeeded: 30, leftOut: { open: 5, junk: 0, merged: 0, importedWithoutOutcomes: 0 } } })
    expect(await asSuperuser((tx) => tx.select().from(outbox).where(eq(outbox.orgId, org.orgId)))).toEqual([])
  })

  it('counts leads that are old enough, younger closed ones where those are too few, and no list of contacts', async () => {
    const org = await anOrganisation()
    // A lead a day from 300 to 60 days ago: those from the last 90 days are not known yet, but for the won ones.
    const { leads: all } = await aPast(org, { leads: 241, from: 300, to: 60, open: 0 })
    const answer = await learnCard(org.system, ask)
    const ripe = all.filter(({ cameInAt }) => cameInAt.getTime() < NOON.getTime() - 90 * 86_400_000)
    const early = all.filter((lead) => !ripe.includes(lead) && lead.isWon)
    expect(answer).toMatchObject({ state: 'abstained', missing: { leads: ripe.length + early.length, positives: all.filter(({ isWon }) => isWon).length, leftOut: { open: 241 - ripe.length - early.length } } })
    const other = await anOrganisation()
    await aPast(other, { leads: 350, imported: true, chance: () => 0 })
    expect(await learnCard(other.system, ask)).toMatchObject({ state: 'abstained', missing: { leads: 0, leftOut: { importedWithoutOutcomes: 370 } } })
  })

  it('is a normal card: whole points anybody can read, classes by quarters, chances, and what it was learned from', async () => {
    const org = await anOrganisation()
    const manager = await org.as('manager')
    const world = await aPast(org)
    const { cardId, lesson } = await learned(manager)
    const card = await cardById(manager, { cardId })
    expect(card).toMatchObject({ kind: 'learned', state: 'draft', learning: 'done', faults: [], isEdited: false })
    const line = (kind: string) => card.terms.lines.filter(({ criterion }) => criterion.kind === kind)
    // Large companies and the fair are what sells here, and both are said.
    const large = line('employees').find(({ criterion }) => criterion.kind === 'employees' && criterion.from === 250)
    const small = line('employees').find(({ criterion }) => criterion.kind === 'employees' && criterion.from === 10)
    expect((large?.points ?? 0) - (small?.points ?? 0)).toBeGreaterThan(10)
    expect(line('channel').find(({ criterion }) => criterion.kind === 'channel' && criterion.values.includes(world.fair))?.points).toBeGreaterThan(0)
    expect(card.terms.lines.every(({ points }) => Number.isInteger(points) && points !== 0)).toBe(true)
    // Channel, kind and source tell the same leads apart: one of them says it. Twenty points about double the odds, none are an even chance.
    expect(line('channel-kind').concat(line('source'))).toEqual([])
    expect((card.terms.calibration?.slope ?? 0) / (Math.LN2 / 20)).toBeGreaterThan(0.8)
    expect((card.terms.calibration?.slope ?? 0) / (Math.LN2 / 20)).toBeLessThan(1.25)
    expect(Math.abs(card.terms.calibration?.offset ?? 1)).toBeLessThan(0.03)
    // 400 known leads: the first 300 taught, the last 100 are held back.
    expect(lesson).toMatchObject({ state: 'done', leads: 300, heldBack: { leads: 100 }, outcome: 'won', horizonDays: 90, hoursAfter: 24, leftOut: { open: 20 }, leaks: [], of: card.digest })
    expect(lesson.positives).toBe(world.leads.slice(0, 300).filter(({ isWon }) => isWon).length)
    expect([lesson.window.to, lesson.heldBack.from]).toEqual([world.leads[299]?.cameInAt.toISOString(), world.leads[300]?.cameInAt.toISOString()])
    expect(lesson.folds).toHaveLength(5)
    expect(lesson.folds.reduce((sum, { leads: each }) => sum + each, 0)).toBe(250)
    expect(lesson.unused.map(({ column, reason }) => [column, reason])).toContainEqual(['country', 'one-value'])
    const [audits] = await asSuperuser(async (tx) => [await tx.select().from(auditEntries).where(eq(auditEntries.orgId, org.orgId))])
    expect(audits.map(({ action, subject }) => [action, subject])).toEqual([['score-card.learn', cardId], ['score-card.run-learning', cardId]])
    const events = await asSuperuser((tx) => tx.select({ name: outbox.name, payload: outbox.payload }).from(outbox).where(eq(outbox.orgId, org.orgId)))
    expect(events.map(({ name }) => name)).toEqual(['card.learning-asked', 'card.changed', 'card.changed'])
    // Delivered twice it changes nothing.
    expect(await runLearning(manager, { cardId })).toEqual({ isLearned: false })
    expect((await cardById(manager, { cardId })).digest).toBe(card.digest)
  })

  it('names a field that is filled in only for whom was won, leaves it out, and says so where a person allows it', async () => {
    const org = await anOrganisation()
    const world = await aPast(org, { contracts: true })
    const { cardId, lesson } = await learned(org.system)
    const leak = { column: `field:${world.contractId}`, reason: 'knows-outcome', isAllowed: false }
    expect(lesson.leaks).toMatchObject([leak])
    expect((await cardById(org.system, { cardId })).terms.lines.some(({ criterion }) => criterion.kind === 'field')).toBe(false)
    const { lesson: allowed } = await learned(org.system, { allow: [leak.column] })
    expect(allowed.leaks).toMatchObject([{ ...leak, isAllowed: true }])
  })

  it('is tested on none of the leads it has seen', async () => {
    const org = await anOrganisation()
    const world = await aPast(org)
    const { cardId, lesson } = await learned(org.system)
    const tested = await backtestCard(org.system, { cardId, outcome: 'qualified', horizonDays: 30 })
    if (tested.state !== 'done') throw new Error('not tested')
    // What was asked of the lesson is asked of the test, whatever the form says.
    expect(tested.report).toMatchObject({ outcome: 'won', horizonDays: 90, leads: { known: 400, tested: 100 }, before: { leads: 300, to: lesson.window.to } })
    expect(tested.report.window?.from).toBe(world.leads[300]?.cameInAt.toISOString())
    expect(tested.report.quality).toEqual(lesson.quality)
    expect(tested.report.calibration).toEqual((await cardById(org.system, { cardId })).terms.calibration)
    // A copy has seen them as well.
    const copy = await createCard(org.system, { from: { kind: 'card', cardId } })
    const again = await backtestCard(org.system, { cardId: copy.cardId })
    expect(again).toMatchObject({ state: 'done', report: { leads: { tested: 100 } } })
  })

  it('learns from nobody who does not want to be profiled, nor from junk or what was merged', async () => {
    const org = await anOrganisation()
    const world = await aPast(org)
    await asSuperuser(async (tx) => {
      const rows = await tx.select({ id: leads.id, personId: leads.personId }).from(leads).where(eq(leads.orgId, org.orgId))
      const of = (at: number) => rows.find(({ id }) => id === world.leads[at]?.leadId)
      await tx.insert(profilingObjections).values({ orgId: org.orgId, personId: of(0)?.personId as Id<'per'>, at: NOON })
      await tx.update(leads).set({ verdict: 'junk', junkReason: 'spam', junkAt: NOON }).where(eq(leads.id, world.leads[1]?.leadId as Id<'lead'>))
      await tx.update(leads).set({ duplicateOf: world.leads[3]?.leadId as Id<'lead'> }).where(eq(leads.id, world.leads[2]?.leadId as Id<'lead'>))
    })
    const { lesson } = await learned(org.system)
    expect([lesson.leads + lesson.heldBack.leads, lesson.leftOut]).toEqual([397, { open: 20, junk: 1, merged: 1, importedWithoutOutcomes: 0 }])
  })
})
