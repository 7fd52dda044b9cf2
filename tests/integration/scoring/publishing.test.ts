import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import type { Context } from '~/domain/kernel'
import { advanceRescoring, backtestCard, cardById, changeCard, createCard, listCards, publishCard, type CardTerms } from '~/domain/scoring'
import type { Id } from '~/lib/ids'
import { auditEntries, leadScores, outbox } from '~db/schema'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation, type TestOrganisation } from '~tests/support/organisations'
import { standingCases } from '~tests/support/standing-cases'
import { aLead } from '../leads/a-lead'

const termsOf = (points: number): CardTerms => ({
  base: 0, calibration: null, thresholds: { fit: [points, 2, 1], interest: [3, 2, 1] },
  lines: [{ key: 'phone', group: 'fit', criterion: { kind: 'reachable', by: 'phone' }, points, most: null, everyDays: null, halfLifeDays: null, expiresDays: null, onlyWith: null }],
})
async function aDraft(ctx: Context, points: number): Promise<Id<'scd'>> {
  const { cardId } = await createCard(ctx, { from: { kind: 'empty' } })
  await changeCard(ctx, { cardId, digest: (await cardById(ctx, { cardId })).digest, terms: termsOf(points) })
  return cardId
}
async function aTested(ctx: Context, points: number): Promise<Id<'scd'>> {
  const cardId = await aDraft(ctx, points)
  await backtestCard(ctx, { cardId })
  return cardId
}
const refusal = (work: Promise<unknown>) => work.then(() => 'none', (error: { code: string }) => error.code)

standingCases(publishCard, { input: async (owner: TestOrganisation) => ({ cardId: await aTested(owner.system, 10) }) })

describe('publishing', () => {
  it('is refused without a test, and with one of other terms', async () => {
    const org = await anOrganisation()
    const cardId = await aDraft(org.system, 10)
    expect(await refusal(publishCard(org.system, { cardId }))).toBe('card-not-tested')
    await backtestCard(org.system, { cardId })
    await changeCard(org.system, { cardId, digest: (await cardById(org.system, { cardId })).digest, terms: termsOf(11) })
    expect((await cardById(org.system, { cardId })).test).toBe('outdated')
    expect(await refusal(publishCard(org.system, { cardId }))).toBe('card-not-tested')
    // The terms as they were tested are tested again.
    await changeCard(org.system, { cardId, digest: (await cardById(org.system, { cardId })).digest, terms: termsOf(10) })
    expect((await cardById(org.system, { cardId })).test).toBe('current')
    expect(await publishCard(org.system, { cardId })).toMatchObject({ cardId, version: 1, retired: null })
    expect(await refusal(publishCard(org.system, { cardId }))).toBe('card-not-draft')
  })

  it('retires the card before it, which keeps its report, and scores everybody anew', async () => {
    const org = await anOrganisation()
    const manager = await org.as('manager', { name: 'Mo' })
    const lead = await aLead(org)
    const first = await aTested(manager, 10)
    await publishCard(manager, { cardId: first })
    const second = await aTested(manager, 20)
    const done = await publishCard(manager, { cardId: second })
    expect(done).toMatchObject({ version: 2, retired: first })
    expect((await listCards(manager, {})).map(({ version, state, test, publishedBy, retiredAt }) => [version, state, test, publishedBy, retiredAt === null])).toEqual([[2, 'published', 'current', 'Mo', true], [1, 'retired', 'current', 'Mo', false]])
    expect((await cardById(manager, { cardId: first })).report).toMatchObject({ state: 'done', comparedWith: null })
    expect(await cardById(manager, { cardId: second })).toMatchObject({ rescoring: { total: 1, done: 0, finishedAt: null }, report: { comparedWith: { cardId: first, version: 1 } } })
    await advanceRescoring(org.system, { rescoringId: done.rescoringId })
    expect(await asSuperuser((tx) => tx.select({ cardId: leadScores.cardId, fit: leadScores.fit, cell: leadScores.cell }).from(leadScores).where(eq(leadScores.leadId, lead.leadId)))).toEqual([{ cardId: second, fit: 20, cell: 14 }])
    const [audits, events] = await asSuperuser(async (tx) => [await tx.select().from(auditEntries).where(eq(auditEntries.action, 'score-card.publish')), await tx.select().from(outbox).where(eq(outbox.name, 'card.published'))])
    expect(audits.filter(({ orgId }) => orgId === org.orgId).map(({ subject, changes }) => [subject, changes])).toMatchObject([[first, { version: { before: null, after: 1 } }], [second, { version: { before: 1, after: 2 } }]])
    expect(events.filter(({ orgId }) => orgId === org.orgId).map(({ payload }) => payload)).toEqual([{ cardId: first, retired: null }, { cardId: second, retired: first }])
  })

  it('of two tested against the same card the second must look again', async () => {
    const org = await anOrganisation()
    const [one, other] = [await aTested(org.system, 10), await aTested(org.system, 20)]
    await publishCard(org.system, { cardId: one })
    expect(await refusal(publishCard(org.system, { cardId: other }))).toBe('card-not-tested')
    expect((await listCards(org.system, {}))[0]).toMatchObject({ version: 2, test: 'outdated' })
    await backtestCard(org.system, { cardId: other })
    expect(await publishCard(org.system, { cardId: other })).toMatchObject({ retired: one })
  })
})
