import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import type { Context } from '~/domain/kernel'
import { backtestCard, cardById, cellCounts, changeCard, createCard, discardCard, listCards, previewCard, publishCard, restoreCard, scoringChoices, type CardTerms, type Criterion, type ScoreCardLine } from '~/domain/scoring'
import { newId, type Id } from '~/lib/ids'
import { auditEntries, fieldDefinitions, outbox } from '~db/schema'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation, NOON, type TestOrganisation } from '~tests/support/organisations'
import { standingCases } from '~tests/support/standing-cases'
import { aLead } from '../leads/a-lead'

const line = (key: string, points: number, criterion: Criterion, more: Partial<ScoreCardLine> = {}): ScoreCardLine => ({ key, group: 'fit', criterion, points, most: null, everyDays: null, halfLifeDays: null, expiresDays: null, onlyWith: null, ...more })
const large = line('large', 30, { kind: 'employees', from: 100, to: null })
const paid = line('paid', 20, { kind: 'channel-kind', values: ['paid'] }, { group: 'interest' })
const terms = (...lines: ScoreCardLine[]): CardTerms => ({ base: 0, lines, thresholds: { fit: [30, 20, 10], interest: [20, 10, 5] }, calibration: null })
const empty = (ctx: Context) => createCard(ctx, { from: { kind: 'empty' } })
async function aDraft(ctx: Context, ...lines: ScoreCardLine[]): Promise<{ cardId: Id<'scd'>; digest: string }> {
  const { cardId } = await empty(ctx)
  return changeCard(ctx, { cardId, digest: (await cardById(ctx, { cardId })).digest, terms: terms(...lines) })
}
const refusal = (work: Promise<unknown>) => work.then(() => 'none', (error: { code: string }) => error.code)
async function published(ctx: Context, ...lines: ScoreCardLine[]) {
  const draft = await aDraft(ctx, ...lines)
  await backtestCard(ctx, { cardId: draft.cardId })
  return publishCard(ctx, { cardId: draft.cardId })
}
async function retired(ctx: Context) {
  const first = await published(ctx, large, paid)
  await published(ctx, { ...large, points: 31 }, paid)
  return first
}

const one = async (owner: TestOrganisation) => { const { cardId, digest } = await aDraft(owner.system, large, paid); return { cardId, digest } }
standingCases(createCard, { input: async (owner) => ({ from: { kind: 'card', cardId: (await empty(owner.system)).cardId } }) })
standingCases(changeCard, { input: async (owner) => ({ ...(await one(owner)), note: 'x' }) })
standingCases(discardCard, { input: async (owner) => ({ cardId: (await one(owner)).cardId }) })
standingCases(restoreCard, { input: async (owner) => ({ cardId: (await retired(owner.system)).cardId }) })
standingCases(cardById, { input: async (owner) => ({ cardId: (await one(owner)).cardId }) })
standingCases(previewCard, { input: async (owner) => ({ cardId: (await one(owner)).cardId, terms: terms(large) }) })
standingCases(listCards, { input: async (owner) => { await one(owner); return {} }, foreign: (answer) => expect(answer).toEqual([]) })
standingCases(cellCounts, { input: async (owner) => { await aLead(owner); return {} }, foreign: (answer) => expect(answer).toEqual([]) })
standingCases(scoringChoices, { input: async (owner) => { await aLead(owner); return {} }, foreign: (answer) => expect([answer.channels, answer.sources, answer.productLines]).toEqual([[], [], []]) })

describe('score cards', () => {
  it('are made empty, from a template or from another version, each with the next version, and are told and noted', async () => {
    const org = await anOrganisation()
    const manager = await org.as('manager', { name: 'Mo' })
    expect(await empty(manager)).toMatchObject({ version: 1 })
    const second = await createCard(manager, { from: { kind: 'template', template: 'general' }, note: 'a start' })
    const third = await createCard(manager, { from: { kind: 'card', cardId: second.cardId } })
    const listed = await listCards(manager, {})
    expect(listed.map(({ version, kind, state, note, createdBy, test, learning }) => ({ version, kind, state, note, createdBy, test, learning }))).toEqual([3, 2, 1].map((version) => ({ version, kind: 'hand', state: 'draft', note: version === 2 ? 'a start' : null, createdBy: 'Mo', test: 'none', learning: null })))
    const [copy, original] = [await cardById(manager, { cardId: third.cardId }), await cardById(manager, { cardId: second.cardId })]
    expect([copy.digest, copy.basedOn, copy.faults]).toEqual([original.digest, { cardId: second.cardId, version: 2 }, []])
    expect((await cardById(manager, { cardId: (listed.at(-1)?.cardId ?? second.cardId) })).faults).toEqual([{ at: 'lines', code: 'no-lines', params: {} }])
    const [audits, events] = await asSuperuser(async (tx) => [await tx.select().from(auditEntries).where(eq(auditEntries.orgId, org.orgId)), await tx.select().from(outbox).where(eq(outbox.orgId, org.orgId))])
    expect(audits.map(({ action, subject }) => [action, subject]).slice(1)).toEqual([['score-card.create', second.cardId], ['score-card.create', third.cardId]])
    expect(events.map(({ name, payload }) => [name, payload]).slice(1)).toEqual([['card.changed', { cardId: second.cardId }], ['card.changed', { cardId: third.cardId }]])
  })

  it('change as a whole, and only what somebody has seen', async () => {
    const org = await anOrganisation()
    const { cardId, digest } = await aDraft(org.system, large)
    const changed = await changeCard(org.system, { cardId, digest, terms: terms(large, paid), note: 'with channels' })
    expect(changed.faults).toEqual([])
    expect(await refusal(changeCard(org.system, { cardId, digest, terms: terms(paid) }))).toBe('stale')
    expect(await cardById(org.system, { cardId })).toMatchObject({ note: 'with channels', lines: 2, digest: changed.digest })
    // The same terms in another order of keys are the same terms.
    const turned = JSON.parse(JSON.stringify({ lines: [large, paid], base: 0, calibration: null, thresholds: { interest: [20, 10, 5], fit: [30, 20, 10] } })) as CardTerms
    expect((await changeCard(org.system, { cardId, digest: changed.digest, terms: turned })).digest).toBe(changed.digest)
  })

  it('refuse what is wrong with a line at once, and of the whole when it is tested or published', async () => {
    const org = await anOrganisation()
    const { cardId, digest } = await aDraft(org.system, large)
    const wrong: unknown = await changeCard(org.system, { cardId, digest, terms: terms(large, line('size', 5, { kind: 'employees', from: 9, to: 1 })) }).catch((error: unknown) => error)
    expect(wrong).toMatchObject({ code: 'card-faulty', fields: { 'lines.1.criterion.from': ['from-after-to'] }, params: { 'lines.1.criterion.from.to': 1 } })
    const high = await changeCard(org.system, { cardId, digest, terms: { ...terms(large), thresholds: { fit: [60, 20, 10], interest: [3, 2, 1] } } })
    expect(high.faults).toEqual([{ at: 'thresholds.fit.0', code: 'class-unreachable', params: { class: 1, needs: 60, possible: 30 } }])
    expect(await refusal(backtestCard(org.system, { cardId }))).toBe('card-faulty')
    expect(await refusal(publishCard(org.system, { cardId }))).toBe('card-faulty')
  })

  it('never name what is of another organisation, nor a field that was put away', async () => {
    const [org, stranger] = [await anOrganisation(), await anOrganisation({ name: 'Stranger' })]
    const theirs = await aLead(stranger)
    const fieldId = newId('cf')
    await asSuperuser((tx) => tx.insert(fieldDefinitions).values({ orgId: org.orgId, id: fieldId, key: 'duty', kind: 'text', labelEn: 'Duty', labelZh: '工况', choices: [], position: 1, createdAt: NOON }))
    const duty = line('duty', 5, { kind: 'field', fieldId, test: 'known', values: [], number: null })
    const { cardId, digest } = await aDraft(org.system, large, duty)
    expect(await refusal(changeCard(org.system, { cardId, digest, terms: terms(line('ch', 3, { kind: 'channel', values: [theirs.channelId] })) }))).toBe('card-faulty')
    expect((await cardById(org.system, { cardId })).paused).toEqual([])
    await asSuperuser((tx) => tx.update(fieldDefinitions).set({ archivedAt: NOON }).where(eq(fieldDefinitions.id, fieldId)))
    const now = await cardById(org.system, { cardId })
    expect([now.paused, now.faults]).toEqual([[{ line: 'duty', at: 1, reason: 'field-archived' }], [{ at: 'lines.1.criterion.fieldId', code: 'field-archived', params: {} }]])
    expect((await scoringChoices(org.system, {})).fields).toMatchObject([{ id: fieldId, isArchived: true }])
  })

  it('are thrown away as drafts, restored when retired, and neither otherwise', async () => {
    const org = await anOrganisation()
    const first = await retired(org.system)
    const draft = await empty(org.system)
    expect([await refusal(discardCard(org.system, { cardId: first.cardId })), await refusal(restoreCard(org.system, { cardId: draft.cardId })), await refusal(changeCard(org.system, { cardId: first.cardId, digest: '' }))]).toEqual(['card-not-draft', 'card-not-retired', 'card-not-draft'])
    const again = await restoreCard(org.system, { cardId: first.cardId })
    expect(await cardById(org.system, { cardId: again.cardId })).toMatchObject({ version: 4, state: 'draft', lines: 2, test: 'none', basedOn: { cardId: first.cardId, version: 1 } })
    await discardCard(org.system, { cardId: draft.cardId })
    expect(await refusal(cardById(org.system, { cardId: draft.cardId }))).toBe('not-found')
  })

  it('are drafts twenty at most', async () => {
    const org = await anOrganisation()
    for (let made = 0; made < 20; made += 1) await empty(org.system)
    expect(await refusal(empty(org.system))).toBe('too-many')
  })

  it('are previewed on the open leads, cell by cell and sum by sum, without being kept', async () => {
    const org = await anOrganisation()
    const { cardId } = await empty(org.system)
    await aLead(org)
    await aLead(org)
    const preview = await previewCard(org.system, { cardId, terms: terms(large, paid) })
    expect(preview).toMatchObject({ faults: [], sums: [{ fit: 0, interest: 20, leads: 2 }], looked: 2, of: 2 })
    expect(preview.cells.filter(({ leads }) => leads > 0)).toEqual([{ cell: 41, leads: 2 }])
    expect((await cardById(org.system, { cardId })).lines).toBe(0)
  })
})
