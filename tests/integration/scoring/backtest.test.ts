import { eq, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { memberOf, type Context } from '~/domain/kernel'
import { backtestCard, cardById, changeCard, createCard, keepTest, publishCard, runBacktest, type BacktestReport, type CardTerms, type ScoreCardLine } from '~/domain/scoring'
import { toUuid, type Id } from '~/lib/ids'
import { auditEntries, leads, members, outbox, scoreCards } from '~db/schema'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation, type TestOrganisation } from '~tests/support/organisations'
import { standingCases } from '~tests/support/standing-cases'
import { aPast, type PastWorld } from './past-world'

const plain = { most: null, everyDays: null, halfLifeDays: null, expiresDays: null, onlyWith: null }
const large: ScoreCardLine = { key: 'large', group: 'fit', criterion: { kind: 'employees', from: 100, to: null }, points: 20, ...plain }
const byFair = (fair: Id<'ch'>): ScoreCardLine => ({ key: 'fair', group: 'interest', criterion: { kind: 'channel', values: [fair] }, points: 10, ...plain })
const termsOf = (...lines: ScoreCardLine[]): CardTerms => ({ base: 0, lines, thresholds: { fit: [20, 10, 5], interest: [10, 5, 2] }, calibration: null })

async function aDraft(ctx: Context, terms: CardTerms): Promise<Id<'scd'>> {
  const { cardId } = await createCard(ctx, { from: { kind: 'empty' } })
  await changeCard(ctx, { cardId, digest: (await cardById(ctx, { cardId })).digest, terms })
  return cardId
}
async function test(ctx: Context, cardId: Id<'scd'>, more: object = {}): Promise<BacktestReport> {
  const answer = await backtestCard(ctx, { cardId, ...more })
  if (answer.state !== 'done') throw new Error('not tested at once')
  return answer.report
}
/** Somebody keeps the newest leads open, so that they can move. */
async function keepOpen(org: TestOrganisation, world: PastWorld): Promise<void> {
  const rep = await org.as('rep')
  await asSuperuser(async (tx) => {
    expect(await tx.select().from(members).where(eq(members.orgId, org.orgId))).not.toEqual([])
    for (const { leadId } of world.leads.slice(400)) await tx.update(leads).set({ isOpen: true, ownerId: memberOf(rep.actor) }).where(eq(leads.id, leadId))
  })
}

standingCases(backtestCard, { input: async (owner) => ({ cardId: await aDraft(owner.system, termsOf(large)) }) })
standingCases(keepTest, { input: async (owner) => ({ cardId: await aDraft(owner.system, termsOf(large)), test: { state: 'running', of: 'x', at: '', outcome: 'won', horizonDays: 90, done: 0, total: 1 } }) })

describe('a backtest', () => {
  it('judges by the last part of history, and fits chances to the part before', async () => {
    const org = await anOrganisation()
    const world = await aPast(org)
    const cardId = await aDraft(org.system, termsOf(large, byFair(world.fair)))
    const report = await test(org.system, cardId)
    const judged = world.leads.slice(280, 400)
    const won = (each: typeof judged) => each.filter(({ isWon }) => isWon).length
    expect(report).toMatchObject({ outcome: 'won', horizonDays: 90, comparedWith: null, published: null, moves: null, leads: { known: 400, tested: 120, positives: won(judged), negatives: 120 - won(judged), needed: 30, sampledFrom: null } })
    expect([report.before?.leads, report.window]).toEqual([280, { from: judged[0]?.cameInAt.toISOString(), to: judged.at(-1)?.cameInAt.toISOString() }])
    // Points are 30, 20, 10 or 0: the share of pairs in the right order, counted by hand, equals as halves.
    const points = judged.map(({ isLarge, isFair }) => (isLarge ? 20 : 0) + (isFair ? 10 : 0))
    let [right, pairs] = [0, 0]
    judged.forEach((one, a) => judged.forEach((other, b) => { if (one.isWon && !other.isWon) { pairs += 1; right += (points[a] ?? 0) > (points[b] ?? 0) ? 1 : points[a] === points[b] ? 0.5 : 0 } }))
    expect(report.quality?.auc).toBeCloseTo(right / pairs, 12)
    // Cells: fit 1 is large, interest 1 is the fair.
    const cell = (isLarge: boolean, isFair: boolean) => { const own = judged.filter((each) => each.isLarge === isLarge && each.isFair === isFair); return { leads: own.length, positives: won(own) } }
    expect(report.cells.filter(({ leads: each }) => each > 0)).toEqual([{ cell: 11, ...cell(true, true) }, { cell: 14, ...cell(true, false) }, { cell: 41, ...cell(false, true) }, { cell: 44, ...cell(false, false) }])
    expect(report.channels.map(({ name, leads: each, positives }) => [name, each, positives])).toEqual(
      [['Fair', judged.filter(({ isFair }) => isFair)], ['Ads', judged.filter(({ isFair }) => !isFair)]].map(([name, own]) => [name, (own as typeof judged).length, won(own as typeof judged)]).sort((a, b) => Number(b[1]) - Number(a[1])))
    expect(report.deciles.map(({ rows }) => rows)).toEqual(Array.from({ length: 10 }, () => 12))
    expect(report.deciles.reduce((sum, { positives }) => sum + positives, 0)).toBeCloseTo(won(judged), 1)
    expect(report.calibration?.slope).toBeGreaterThan(0)
    const card = await cardById(org.system, { cardId })
    expect([card.terms.calibration, card.test, card.auc]).toEqual([report.calibration, 'current', report.quality?.auc])
    const audits = await asSuperuser((tx) => tx.select().from(auditEntries).where(eq(auditEntries.subject, cardId)))
    expect(audits.map(({ action }) => action)).toEqual(['score-card.create', 'score-card.change', 'score-card.backtest'])
  })

  it('says how many outcomes are missing, and still where everybody would stand', async () => {
    const org = await anOrganisation()
    const world = await aPast(org, { leads: 400, chance: (isLarge) => (isLarge ? 0.05 : 0) })
    await keepOpen(org, world)
    const report = await test(org.system, await aDraft(org.system, termsOf(large)))
    expect([report.quality, report.deciles, report.curve, report.leads.needed]).toEqual([null, [], [], 30])
    expect(report.leads.positives).toBeLessThan(30)
    expect(report.open.leads).toBe(20)
    expect(report.open.stands.reduce((sum, { leads: each }) => sum + each, 0)).toBe(20)
  })

  it('compares with the card in force on the same leads, and says who would move', async () => {
    const org = await anOrganisation()
    const world = await aPast(org)
    await keepOpen(org, world)
    const first = await aDraft(org.system, termsOf(large))
    const alone = await test(org.system, first)
    await publishCard(org.system, { cardId: first })
    const second = await aDraft(org.system, termsOf(large, byFair(world.fair)))
    const report = await test(org.system, second)
    expect([report.comparedWith, report.published?.auc]).toEqual([{ cardId: first, version: 1 }, alone.quality?.auc])
    expect(report.quality?.auc).toBeGreaterThan(report.published?.auc ?? 1)
    const open = world.leads.slice(400)
    const byFairs = open.filter(({ isFair }) => isFair)
    // Whoever came by the fair rises from interest 4 to 1, nobody else moves.
    expect(report.moves).toMatchObject({ same: 20 - byFairs.length, better: byFairs.length, worse: 0, sideways: 0 })
    expect(report.moves?.interest).toEqual([[0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0], [byFairs.length, 0, 0, 20 - byFairs.length]])
    expect(new Set(report.moves?.examples.map(({ leadId }) => leadId))).toEqual(new Set(byFairs.map(({ leadId }) => leadId)))
    const { examples } = await cardById(org.system, { cardId: second })
    expect(examples.map(({ name }) => name).sort()).toEqual(byFairs.map(({ at }) => `Company ${at}`).sort())
    // A member who sees their own leads only is told no names.
    const stranger = await org.as('manager')
    const narrow = { ...stranger, actor: { ...stranger.actor, visibility: { leads: 'own', reports: 'own' } } } as Context
    expect((await cardById(narrow, { cardId: second })).examples).toEqual([])
  })

  it('of many leads is made by the worker, which says how far it is, and of what was changed since by nobody', async () => {
    const org = await anOrganisation()
    const world = await aPast(org, { leads: 1_200 })
    const cardId = await aDraft(org.system, termsOf(large, byFair(world.fair)))
    const at = { state: 'running', of: (await cardById(org.system, { cardId })).digest, at: '2024-05-15T04:00:00.000Z', outcome: 'won', horizonDays: 90, done: 0, total: 1_200 }
    await asSuperuser((tx) => tx.update(scoreCards).set({ report: at }).where(eq(scoreCards.id, cardId)))
    expect(await cardById(org.system, { cardId })).toMatchObject({ test: 'running', progress: { done: 0, total: 1_200 }, report: null })
    expect(await runBacktest(org.system, { cardId })).toEqual({ isTested: true })
    expect(await cardById(org.system, { cardId })).toMatchObject({ test: 'current', progress: null, report: { leads: { known: 1_200, tested: 360 } } })
    expect(await runBacktest(org.system, { cardId })).toEqual({ isTested: false })
    await asSuperuser((tx) => tx.update(scoreCards).set({ report: { ...at, of: 'other terms' } }).where(eq(scoreCards.id, cardId)))
    expect(await runBacktest(org.system, { cardId })).toEqual({ isTested: false })
    const events = await asSuperuser((tx) => tx.select({ name: outbox.name }).from(outbox).where(eq(outbox.orgId, org.orgId)))
    expect(events.map(({ name }) => name)).toEqual(['card.changed', 'card.changed', 'card.changed'])
  })

  it('is ordered from the worker above five thousand leads', async () => {
    const org = await anOrganisation()
    await aPast(org, { leads: 10, open: 0 })
    await asSuperuser(async (tx) => {
      const orgId = toUuid(org.orgId)
      await tx.execute(sql`insert into leads (org_id, id, product_line_id, source_id, came_in_at, is_open, created_at)
        select l.org_id, gen_random_uuid(), l.product_line_id, l.source_id, l.came_in_at, false, l.created_at from leads l, generate_series(1, 500) where l.org_id = ${orgId}::uuid`)
      await tx.execute(sql`insert into lead_stages (org_id, lead_id, stage, entered_at) select l.org_id, l.id, 'inquiry', l.came_in_at from leads l
        where l.org_id = ${orgId}::uuid and not exists (select from lead_stages s where s.org_id = l.org_id and s.lead_id = l.id)`)
    })
    const cardId = await aDraft(org.system, termsOf(large))
    expect(await backtestCard(org.system, { cardId })).toEqual({ state: 'running' })
    const [event] = await asSuperuser((tx) => tx.select({ payload: outbox.payload }).from(outbox).where(eq(outbox.name, 'card.backtest-asked')))
    expect(event?.payload).toEqual({ cardId })
    expect(await cardById(org.system, { cardId })).toMatchObject({ test: 'running', progress: { done: 0, total: 5_010 } })
  })
})
