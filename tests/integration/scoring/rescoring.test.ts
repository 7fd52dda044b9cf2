import { eq, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { inTransaction } from '~/domain/kernel'
import { archiveField, createField } from '~/domain/leads'
import { purgeOrganisation } from '~/domain/privacy'
import { advanceRescoring, beginRescoring, cellCounts, finishRescoring, followField, leadScore, objectToProfiling, overrideCell, rescoreEverybody, rescoringProgress, scoreDue, scoreDueLeads, scoreLeads, scoreRecords } from '~/domain/scoring'
import { hearEvents } from '~/domain/notifications'
import { leads, outbox, rescorings, scoreCards } from '~db/schema'
import { newId, toUuid, type Id } from '~/lib/ids'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation, type TestOrganisation } from '~tests/support/organisations'
import { standingCases } from '~tests/support/standing-cases'
import { aLead, aWorld, later } from '../leads/a-lead'
import { noticesOf } from '../notifications/told'
import { aLine, aPublishedCard, aTerms, aTouch, linesIn, scoreIn, toldIn } from './ledger-card'

const fit = (points: number) => aTerms([], { base: points })
const begin = (org: TestOrganisation, cardId: Id<'scd'>, ctx = org.system) => inTransaction(ctx, 'read write', (tx) => beginRescoring({ ...ctx, tx }, cardId))
const begun = async (owner: TestOrganisation) => { await aLead(owner); return { rescoringId: (await begin(owner, await aPublishedCard(owner, fit(12)))).rescoringId } }

standingCases(advanceRescoring, { input: begun, foreign: (answer) => expect(answer).toEqual({ done: 0, isDone: true }) })
standingCases(rescoringProgress, { input: async (owner) => { await begun(owner); return undefined }, foreign: (answer) => expect(answer).toBeNull() })
standingCases(scoreDue, { input: async (owner) => { await begun(owner); return { leadIds: [(await aLead(owner)).leadId] } }, foreign: (answer) => expect(answer).toEqual({ scored: 0, changed: 0 }) })
standingCases(scoreRecords, { input: async (owner) => { await begun(owner); return { personId: (await aLead(owner)).personId } }, foreign: (answer) => expect(answer).toEqual({ changed: 0 }) })
standingCases(followField, { input: async (owner) => ({ ...(await fieldCard(owner)), archived: true }), foreign: (answer) => expect(answer).toEqual({ paused: [], isRescored: false }) })
standingCases(leadScore, { input: async (owner) => ({ leadId: (await aLead(owner)).leadId }) })

async function fieldCard(owner: TestOrganisation) {
  const { fieldId } = await createField(owner.system, { kind: 'text', labelEn: 'Colour', labelZh: '颜色', choices: [] })
  await aPublishedCard(owner, aTerms([aLine('colour', { kind: 'field', fieldId, test: 'unknown', values: [], number: null }, 30, { group: 'fit' })]))
  return { fieldId }
}

describe('scoring all leads anew', () => {
  it('goes on where it stopped, tells of open leads that changed, and nobody’s lines of the card before are lost', async () => {
    const org = await anOrganisation()
    const world = await aWorld(org)
    const many = await Promise.all(Array.from({ length: 130 }, (_, n) => aLead(org, { world, isOpen: n % 2 === 0 })))
    const first = await aPublishedCard(org, fit(12))
    const { rescoringId, total } = await begin(org, first)
    expect(total).toBe(130)
    expect(await advanceRescoring(org.system, { rescoringId })).toEqual({ done: 125, isDone: false })
    expect(await rescoringProgress(later(org.system, 1), undefined)).toMatchObject({ cardId: first, total: 130, done: 125, changed: 125, finishedAt: null, perSecond: 125 / 3600, secondsLeft: 144 })
    // The process ends here; another goes on.
    expect(await rescoreEverybody(() => later(org.system, 1).now)).toBe(5)
    expect(await rescoringProgress(org.system, undefined)).toMatchObject({ done: 130, changed: 130, finishedAt: later(org.system, 1).now })
    expect(await rescoreEverybody(() => org.system.now)).toBe(0)
    expect(await toldIn(org, 'lead.scored')).toHaveLength(65)

    // The next card gives everybody the same cell: nobody is told.
    const second = await aPublishedCard(org, fit(13))
    await finishRescoring(later(org.system, 2), (await begin(org, second, later(org.system, 2))).rescoringId)
    expect(await toldIn(org, 'lead.scored')).toHaveLength(65)
    const { leadId } = many[0] ?? { leadId: newId('lead') }
    expect(await scoreIn(leadId)).toMatchObject({ cardId: second, fit: 13, cell: 34 })
    expect((await linesIn(leadId)).map(({ cardId, points }) => [cardId, points])).toEqual([[first, 12], [second, 13]])
    expect(await leadScore(later(org.system, 3), { leadId, asOf: later(org.system, 1).now })).toMatchObject({ card: { id: first, version: 1 }, total: 12 })
    expect(await leadScore(later(org.system, 3), { leadId })).toMatchObject({ card: { id: second, version: 2 }, total: 13, history: [{ total: 13 }, { total: 12 }] })
  }, 20_000)

  it('is counted by the cell in force: by hand before the card’s, nothing where there is none, closed leads not at all', async () => {
    const org = await anOrganisation()
    const leads = [await aLead(org), await aLead(org), await aLead(org), await aLead(org, { isOpen: false, stage: { stage: 'lost' } })]
    await finishRescoring(org.system, (await begin(org, await aPublishedCard(org, fit(12)))).rescoringId)
    const fresh = await aLead(org)
    const manager = await org.as('manager')
    await overrideCell(manager, { leadId: leads[0]?.leadId ?? fresh.leadId, cell: 11, reason: 'strategic', until: null })
    const { cell } = await scoreIn(leads[1]?.leadId ?? fresh.leadId) ?? {}
    const byCell = (counts: { cell: number | null; leads: number }[]) => counts.map(({ cell: of, leads: n }) => [of, n]).sort()
    expect(byCell(await cellCounts(manager, {}))).toEqual([[11, 1], [cell, 2], [null, 1]].sort())
  })

  it('ends one that still runs, and takes cells away where no card follows', async () => {
    const org = await anOrganisation()
    const [{ leadId }, other] = [await aLead(org), await aLead(org)]
    const cardId = await aPublishedCard(org, fit(12))
    const running = await begin(org, cardId)
    const again = await begin(org, cardId)
    expect(await advanceRescoring(org.system, running)).toEqual({ done: 0, isDone: true })
    await finishRescoring(org.system, again.rescoringId)
    await overrideCell(await org.as('manager'), { leadId: other.leadId, cell: 11, reason: 'strategic', until: later(org.system, 9).now })
    await asSuperuser((tx) => tx.update(scoreCards).set({ state: 'retired' }).where(eq(scoreCards.id, cardId)))
    await finishRescoring(later(org.system, 1), (await begin(org, cardId)).rescoringId)
    expect(await scoreIn(leadId)).toBeUndefined()
    expect(await scoreIn(other.leadId)).toMatchObject({ cell: null, overrideCell: 11 })
    expect(await leadScore(later(org.system, 1), { leadId })).toBeNull()
    expect((await toldIn(org, 'lead.scored')).at(-1)).toEqual({ leadId, ownerId: null, cell: null })
    await scoreDueLeads(later(org.system, 9).now)
    expect(await scoreIn(other.leadId)).toMatchObject({ cell: null, overrideCell: null, dueAt: null })
    expect((await toldIn(org, 'lead.scored')).at(-1)).toEqual({ leadId: other.leadId, ownerId: null, cell: null })
    expect(await scoreDueLeads(later(org.system, 10).now)).toBe(0)
  })
})

describe('what changes by itself', () => {
  it('is scored when it is due: by decay and by an end', async () => {
    const org = await anOrganisation()
    const { leadId } = await aLead(org)
    // 16 points halve every ten days: 10 on day 7, 9 on day 8. The base keeps fit at 2.
    await aPublishedCard(org, aTerms([aLine('views', { kind: 'touch', touch: 'page_view', page: null }, 16, { halfLifeDays: 10, expiresDays: 20 })], { base: 22, thresholds: { fit: [30, 20, 10], interest: [30, 10, 4] } }))
    await aTouch(org, leadId)
    await scoreLeads(org.system, { leadIds: [leadId] })
    const day = (n: number) => later(org.system, n * 24).now
    expect(await scoreIn(leadId)).toMatchObject({ cell: 22, dueAt: day(8) })
    expect(await scoreDueLeads(day(7))).toBe(0)
    expect(await scoreDueLeads(day(8))).toBe(1)
    // 16 × 2^(−20/10) is 4, but on day 20 it ends.
    expect(await scoreIn(leadId)).toMatchObject({ interest: 9, cell: 23, dueAt: day(20) })
    expect(await scoreDueLeads(day(20))).toBe(1)
    expect(await scoreIn(leadId)).toMatchObject({ interest: 0, cell: 24, dueAt: null })
    expect((await toldIn(org, 'lead.scored')).map(({ cell }) => cell)).toEqual([22, 23, 24])
    expect(await leadScore({ ...org.system, now: day(21) }, { leadId })).toMatchObject({ total: 22, lines: [{ line: 'base' }] })
  })
})

describe('a line over a field that is put away', () => {
  it('rests, administrators are told, and counts again when the field is back', async () => {
    const org = await anOrganisation()
    const [admin] = [await org.as('admin'), await org.as('rep')]
    const { leadId } = await aLead(org)
    const { fieldId } = await fieldCard(org)
    await scoreLeads(org.system, { leadIds: [leadId] })
    expect(await scoreIn(leadId)).toMatchObject({ fit: 30 })
    await archiveField(org.system, { fieldId, archived: true })
    const events = () => asSuperuser(async (tx) => (await tx.select().from(outbox).where(eq(outbox.orgId, org.orgId)).orderBy(outbox.seq)).filter(({ name }) => name === 'field.changed').map(({ payload }) => payload as never))
    expect((await events()).at(-1)).toEqual({ fieldId, archived: true })
    expect(await followField(org.system, { fieldId, archived: true })).toEqual({ paused: ['colour'], isRescored: true })
    await rescoreEverybody(() => later(org.system, 1).now)
    expect(await leadScore(later(org.system, 1), { leadId })).toMatchObject({ fit: 0, paused: ['colour'], lines: [{ line: 'base' }] })
    const [told] = await toldIn(org, 'score.line-paused')
    await hearEvents(org.system, [{ id: newId('evt'), name: 'score.line-paused', payload: told as never }])
    expect(await noticesOf(org)).toMatchObject([{ memberId: admin.actor.kind === 'user' ? admin.actor.memberId : null, kind: 'score_line_paused', subject: fieldId, params: { line: 'colour' } }])
    await archiveField(org.system, { fieldId, archived: false })
    expect(await followField(org.system, { fieldId, archived: false })).toEqual({ paused: [], isRescored: true })
    await rescoreEverybody(() => later(org.system, 2).now)
    expect(await scoreIn(leadId)).toMatchObject({ fit: 30 })
    // Another name changes no score.
    expect(await followField(org.system, { fieldId })).toEqual({ paused: [], isRescored: false })
  })
})

it('leaves nothing behind when the organisation goes', async () => {
  const org = await anOrganisation()
  const { leadId, personId } = await aLead(org)
  await finishRescoring(org.system, (await begin(org, await aPublishedCard(org, fit(12)))).rescoringId)
  await overrideCell(await org.as('manager'), { leadId, cell: 11, reason: 'other' })
  await objectToProfiling(org.system, { personId })
  const left = async () => {
    const rows = await asSuperuser((tx) => tx.execute<{ n: number }>(sql`
      select (select count(*) from score_cards where org_id = x.o) + (select count(*) from score_lines where org_id = x.o) * 100 + (select count(*) from lead_scores where org_id = x.o) * 10000
        + (select count(*) from score_overrides where org_id = x.o) * 1000000 + (select count(*) from profiling_objections where org_id = x.o) * 100000000 + (select count(*) from rescorings where org_id = x.o) * 10000000000 as n
      from (select ${toUuid(org.orgId)}::uuid as o) x`))
    return Number(rows[0]?.n)
  }
  expect(await left()).toBe(10_101_010_201)
  await purgeOrganisation(org.orgId, { demoOnly: false })
  expect(await left()).toBe(0)
  expect(await asSuperuser((tx) => tx.select().from(leads).where(eq(leads.orgId, org.orgId)))).toEqual([])
  expect(await asSuperuser((tx) => tx.select().from(rescorings).where(eq(rescorings.orgId, org.orgId)))).toEqual([])
})
