import { and, eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import type { Context } from '~/domain/kernel'
import { logContact } from '~/domain/leads'
import { archivePolicy, createPolicy, fireTimers, keepClocks, previewPolicy } from '~/domain/sla'
import type { Id } from '~/lib/ids'
import { leadScores, slaClockChanges, slaClocks } from '~db/schema'
import { keepClocks as keepHandler } from '~jobs/handlers/sla/keep-clocks'
import { aLead, later } from '~tests/integration/leads/a-lead'
import { aCard, aScore } from '~tests/integration/leads/a-score'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation, NOON, type TestOrganisation } from '~tests/support/organisations'

const minutes = (ctx: Context, count: number): Context => ({ ...ctx, now: new Date(NOON.getTime() + count * 60_000) })
const at = (count: number) => new Date(NOON.getTime() + count * 60_000)
const clocks = (org: TestOrganisation) => asSuperuser((tx) => tx.select().from(slaClocks).where(eq(slaClocks.orgId, org.orgId)).orderBy(slaClocks.turn))
const notes = (org: TestOrganisation) => asSuperuser((tx) => tx.select().from(slaClockChanges).where(eq(slaClockChanges.orgId, org.orgId)))
const becomes = (org: TestOrganisation, leadId: Id<'lead'>, cell: number | null) => asSuperuser((tx) => tx.update(leadScores).set({ cell }).where(and(eq(leadScores.orgId, org.orgId), eq(leadScores.leadId, leadId))))

/** The best cells are answered in 20 minutes, everybody else in 60; both since an hour ago. */
async function aWorldOfTwo() {
  const org = await anOrganisation()
  const { policyId: best } = await createPolicy(later(org.system, -1), { name: 'The best', firstMinutes: 20, cells: ['11', '12', '21'] })
  const { policyId: all } = await createPolicy(later(org.system, -1), { name: 'Everybody', firstMinutes: 60 })
  const { leadId } = await aLead(org)
  const cardId = await aCard(org)
  return { org, best, all, leadId, cardId }
}

describe('a clock and a score', () => {
  it('begins by the promise of the cell where the score is first', async () => {
    const { org, best, all, leadId, cardId } = await aWorldOfTwo()
    await aScore(org, cardId, leadId, { cell: 44, overrideCell: 12 })
    const other = (await aLead(org)).leadId
    await aScore(org, cardId, other, { cell: 13 })
    await keepClocks(org.system, [leadId, other])
    expect((await clocks(org)).map(({ leadId: id, policyId, dueAt }) => [id, policyId, dueAt])).toEqual(expect.arrayContaining([[leadId, best, at(20)], [other, all, at(60)]]))
  })

  it('moves to it from the same start where the score comes later, as its handler hears of it, and says so', async () => {
    const { org, best, all, leadId, cardId } = await aWorldOfTwo()
    await keepClocks(org.system, [leadId])
    expect(await clocks(org)).toMatchObject([{ policyId: all, dueAt: at(60) }])
    await aScore(org, cardId, leadId, { cell: 11 })
    await keepHandler(minutes(org.system, 2), { name: 'lead.scored', payload: { leadId, ownerId: null, cell: 11 } } as never)
    expect(await clocks(org)).toMatchObject([{ policyId: best, policyVersion: 1, startedAt: NOON, warn50At: at(10), dueAt: at(20), nextTimerAt: at(10), stoppedAt: null }])
    await keepClocks(minutes(org.system, 3), [leadId])
    expect(await notes(org)).toMatchObject([{ reason: 'policy', dueBefore: at(60), dueAfter: at(20) }])
    // And back, while nobody was warned.
    await becomes(org, leadId, 31)
    await keepClocks(minutes(org.system, 5), [leadId])
    expect(await clocks(org)).toMatchObject([{ policyId: all, dueAt: at(60), nextTimerAt: at(30) }])
    expect(await notes(org)).toHaveLength(2)
  })

  it('stays where somebody was warned, after a breach, once it is answered, and where the better promise would be broken already', async () => {
    const { org, best, all, leadId, cardId } = await aWorldOfTwo()
    const [warned, answered, late] = [leadId, (await aLead(org)).leadId, (await aLead(org, { cameInAt: later(org.system, -0.5).now, createdAt: later(org.system, -0.5).now })).leadId]
    for (const id of [warned, answered, late]) await aScore(org, cardId, id, { cell: id === warned ? 11 : 44 })
    await keepClocks(org.system, [warned, answered, late])
    await fireTimers(at(10))
    await logContact(minutes(org.system, 11), { leadId: answered, kind: 'call', outcome: 'no_answer' })
    await becomes(org, warned, 44)
    await becomes(org, answered, 11)
    await becomes(org, late, 11)
    await keepClocks(minutes(org.system, 12), [warned, answered, late])
    const standing = new Map((await clocks(org)).map(({ leadId: id, policyId }) => [id, policyId]))
    expect([standing.get(warned), standing.get(answered), standing.get(late)]).toEqual([best, all, all])
    await fireTimers(at(70))
    await becomes(org, late, 12)
    await keepClocks(minutes(org.system, 71), [warned, late])
    expect((await clocks(org)).find(({ leadId: id }) => id === late)).toMatchObject({ policyId: all, breachedAt: at(30) })
    expect(await notes(org)).toEqual([])
  })

  it('begins none for a cell that came when its time was over, and moves for nothing but a cell', async () => {
    const org = await anOrganisation()
    await createPolicy(org.system, { name: 'The best', firstMinutes: 20, cells: ['11'] })
    const { leadId } = await aLead(org)
    const cardId = await aCard(org)
    await keepClocks(org.system, [leadId])
    expect(await clocks(org)).toEqual([])
    await aScore(org, cardId, leadId, { cell: 11 })
    await keepClocks(minutes(org.system, 25), [leadId])
    expect(await clocks(org)).toEqual([])
    await keepClocks(minutes(org.system, 15), [leadId])
    expect(await clocks(org)).toMatchObject([{ startedAt: NOON, dueAt: at(20) }])
    // A policy that was put away: its clocks keep what they began with.
    const plain = await anOrganisation()
    const { policyId } = await createPolicy(plain.system, { name: 'First', firstMinutes: 30 })
    await createPolicy(plain.system, { name: 'Second', firstMinutes: 90 })
    const one = await aLead(plain)
    await keepClocks(plain.system, [one.leadId])
    await archivePolicy(plain.system, { policyId })
    await keepClocks(minutes(plain.system, 1), [one.leadId])
    expect(await clocks(plain)).toMatchObject([{ policyId, dueAt: at(30) }])
  })

  it('is foreseen by the preview', async () => {
    const { org, leadId, cardId } = await aWorldOfTwo()
    await aLead(org)
    await aScore(org, cardId, leadId, { cell: 44, overrideCell: 12 })
    expect(await previewPolicy(minutes(org.system, 30), { firstMinutes: 20, counting: 'calendar', cells: ['12'] })).toMatchObject({ leads: 2, matched: 1, breached: 1 })
    expect(await previewPolicy(minutes(org.system, 30), { firstMinutes: 20, counting: 'calendar', cells: ['44'] })).toMatchObject({ leads: 2, matched: 0 })
  })
})
