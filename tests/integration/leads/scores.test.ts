import { eq } from 'drizzle-orm'
import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { v1 } from '~/api/v1'
import { createApiKey } from '~/domain/auth'
import { memberOf, type Context } from '~/domain/kernel'
import { countLeads, exportLeads, leadDetail, leadGroups, leadRecords, learnQueueRates, listLeads, queuePage, queueWhy, revalueQueue, scoringState } from '~/domain/leads'
import { leadScore, scoreLeads } from '~/domain/scoring'
import { answerError } from '~/http/middleware'
import { withFacts } from '~/http/request-context'
import { writeCondition } from '~/lib/conditions'
import { newId, type Id } from '~/lib/ids'
import { leadScores } from '~db/schema'
import { aLine, aPublishedCard, aTerms, aTouch } from '~tests/integration/scoring/ledger-card'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation, NOON } from '~tests/support/organisations'
import { standingCases } from '~tests/support/standing-cases'
import { aLead, aWorld, later } from './a-lead'
import { aCard, aScore } from './a-score'

standingCases(scoringState, { input: async (owner) => { await aCard(owner); return {} }, foreign: ({ hasCard }) => { expect(hasCard).toBe(false) } })

const DAY = 86_400_000
const ago = (days: number) => new Date(NOON.getTime() - days * DAY)
const me = (ctx: Context) => memberOf(ctx.actor) as Id<'mem'>

/** Five leads, newest last: 12; 23 that somebody set to 11; none; 44; one whose person objected. */
async function five() {
  const org = await anOrganisation()
  const world = await aWorld(org)
  const cardId = await aCard(org)
  const leads: Id<'lead'>[] = []
  for (let at = 0; at < 5; at += 1) leads.push((await aLead(org, { world, person: `P${String(at)}`, cameInAt: new Date(NOON.getTime() - (5 - at) * 60_000) })).leadId)
  const [a, b, c, d, e] = leads as [Id<'lead'>, Id<'lead'>, Id<'lead'>, Id<'lead'>, Id<'lead'>]
  await aScore(org, cardId, a, { cell: 12, lines: [{ group: 'fit', points: 34 }, { group: 'interest', points: 42, halfLifeDays: 14, at: ago(14) }] })
  await aScore(org, cardId, b, { cell: 23, overrideCell: 11, lines: [{ group: 'fit', points: 20 }] })
  await aScore(org, cardId, d, { cell: 44 })
  await aScore(org, cardId, e, { cell: null })
  return { org, cardId, a, b, c, d, e }
}
const asked = (field: string, op: string, ...values: string[]) => ({ f: [writeCondition({ field, op, values })] })

describe('cells in lists', () => {
  it('are filtered by the cell that counts, by its fit and by its interest', async () => {
    const { org, a, b, c, d, e } = await five()
    const found = async (filter: object) => (await listLeads(org.system, { ...filter, sort: 'came_in' })).rows.map(({ id }) => id)
    expect(await found(asked('cell', 'is', '11'))).toEqual([b])
    expect(await found(asked('cell', 'is', '12', '44'))).toEqual([a, d])
    expect(await found(asked('cell', 'is', '23'))).toEqual([])
    expect(await found(asked('cell', 'not', '11'))).toEqual([a, c, d, e])
    expect(await found(asked('cell', 'empty'))).toEqual([c, e])
    expect(await found(asked('cell', 'set'))).toEqual([a, b, d])
    expect(await found(asked('fit', 'is', '1'))).toEqual([a, b])
    expect(await found(asked('interest', 'is', '2', '4'))).toEqual([a, d])
    expect(await found(asked('fit', 'not', '1'))).toEqual([c, d, e])
    expect(await found({ cell: '12' })).toEqual([a])
    expect(await found({ cell: 'none' })).toEqual([c, e])
    expect(await countLeads(org.system, { cell: '11' })).toBe(1)
    await expect(listLeads(org.system, { cell: '15' })).rejects.toMatchObject({ code: 'invalid' })
    await expect(listLeads(org.system, asked('cell', 'is', '55'))).rejects.toMatchObject({ code: 'invalid' })
    await expect(listLeads(org.system, asked('fit', 'is', '0'))).rejects.toMatchObject({ code: 'invalid' })
  })

  it('are sorted both ways with those without one last, page by page', async () => {
    const { org, a, b, c, d, e } = await five()
    const bare = [c, e].sort()
    for (const [sort, order] of [['cell', [b, a, d, ...bare]], ['-cell', [d, a, b, ...[...bare].reverse()]]] as const) {
      const seen: string[] = []
      let cursor: string | undefined
      do {
        const page = await listLeads(org.system, { sort, limit: 2, cursor })
        seen.push(...page.rows.map(({ id }) => id))
        cursor = page.nextCursor ?? undefined
      } while (cursor !== undefined)
      expect(seen).toEqual(order)
    }
  })

  it('stand in rows, on the lead’s page and in groups alike, and say who set them', async () => {
    const { org, a, b, c } = await five()
    const rows = (await listLeads(org.system, {})).rows
    expect(rows.find(({ id }) => id === a)).toMatchObject({ cell: 12, cellByHand: false })
    expect(rows.find(({ id }) => id === b)).toMatchObject({ cell: 11, cellByHand: true })
    expect(rows.find(({ id }) => id === c)).toMatchObject({ cell: null, cellByHand: false })
    expect(await leadDetail(org.system, { leadId: b })).toMatchObject({ cell: 11, cellByHand: true })
    const groups = await leadGroups(org.system, { group: 'cell' })
    expect(groups.map(({ key, count }) => [key, count])).toEqual([['11', 1], ['12', 1], ['44', 1], [null, 2]])
  })

  it('go out with the points of that moment, in files and by the API', async () => {
    const { org, a, b, c } = await five()
    const { csv } = await exportLeads(await org.as('manager'), {})
    const [head = '', ...lines] = csv.trim().split('\r\n').map((line) => line.replaceAll(/[\uFEFF"]/g, ''))
    const at = (name: string) => head.split(',').indexOf(name)
    const of = (id: string) => lines.find((line) => line.startsWith(id))?.split(',') ?? []
    const told = (id: string) => ['cell', 'fit', 'interest', 'total', 'cell_by_hand'].map((name) => of(id)[at(name)])
    // 42 points of fourteen days ago that halve every fourteen days are 21.
    expect(told(a)).toEqual(['12', '34', '21', '55', 'no'])
    expect(told(b)).toEqual(['11', '20', '0', '20', 'yes'])
    expect(told(c)).toEqual(['', '', '', '', ''])
    const [first, second, third] = await leadRecords(org.system, { ids: [a, b, c], lines: true })
    expect(first?.score).toMatchObject({ cell: 12, override: null, fit: 34, interest: 21, total: 55, cardVersion: 1, lines: [{ group: 'fit', points: 34, worth: 34 }, { group: 'interest', points: 42, worth: 21, at: ago(14) }] })
    expect(second?.score).toMatchObject({ cell: 11, override: 11, total: 20 })
    expect(third?.score).toBeNull()
    // Two weeks later 42 points are worth 10.5, which is 11.
    expect((await leadRecords(later(org.system, 14 * 24), { ids: [a] }))[0]?.score).toEqual({ fit: 34, interest: 11, total: 45, cell: 12, override: null, cardVersion: 1, lines: null })
  })

  it('counts neither what was taken back nor what has ended', async () => {
    const { org, cardId, c } = await five()
    const id = newId('scl')
    await aScore(org, cardId, c, { cell: 33, lines: [
      { line: 'base', group: 'fit', points: 0 }, { id, line: 'role', group: 'fit', points: 15 }, { line: 'role', group: 'fit', points: -15, reverses: id },
      { line: 'seen', group: 'interest', points: 9, expiresAt: NOON }, { line: 'seen', group: 'interest', points: 12 }] })
    const [record] = await leadRecords(org.system, { ids: [c], lines: true })
    expect(record?.score).toMatchObject({ fit: 0, interest: 12, total: 12 })
    expect(record?.score?.lines?.map(({ line, worth }) => [line, worth])).toEqual([['base', 0], ['seen', 12]])
  })
})

describe('the same score everywhere', () => {
  it('has the sum of its page in the list’s file and by the API, at any later moment, line by line', async () => {
    const org = await anOrganisation()
    const cardId = await aPublishedCard(org, aTerms([
      aLine('phone', { kind: 'reachable', by: 'phone' }, 12, { group: 'fit' }), aLine('seen', { kind: 'touch', touch: 'page_view', page: null }, 9, { halfLifeDays: 7 }),
      aLine('form', { kind: 'touch', touch: 'form', page: null }, 30, { expiresDays: 20 }), aLine('unknown', { kind: 'unknown', of: 'employees' }, -5, { group: 'fit' }),
    ], { base: 3 }))
    const { leadId } = await aLead(org)
    await aTouch(org, leadId, { at: ago(3) })
    await aTouch(org, leadId, { at: ago(10), kind: 'form' })
    await aTouch(org, leadId, { at: ago(1), verdict: 'machine' })
    await scoreLeads(org.system, { leadIds: [leadId] })
    for (const days of [0, 4, 9, 11, 200]) {
      const then = later(org.system, days * 24)
      const page = await leadScore(then, { leadId })
      const [record] = await leadRecords(then, { ids: [leadId], lines: true })
      expect(record?.score, `${String(days)} days later`).toMatchObject({ fit: page?.fit, interest: page?.interest, total: page?.total, cardVersion: page?.card.version })
      const plain = (lines: readonly { line: string; worth: number }[] | null | undefined) => (lines ?? []).map(({ line, worth }) => `${line} ${String(worth)}`).sort()
      expect(plain(record?.score?.lines)).toEqual(plain(page?.lines))
      expect((record?.score?.lines ?? []).reduce((sum, { worth }) => sum + worth, 0)).toBe(page?.total)
    }
    // 3 + 12 − 5 of fit; 9 halved by three sevenths is 7, and 30: total 47, of fit 10 from 10 on 3, of interest 37 from 30 on 1.
    expect((await leadRecords(org.system, { ids: [leadId] }))[0]).toMatchObject({ cell: 31, score: { fit: 10, interest: 37, total: 47, cell: 31 } })
    expect((await leadScore(org.system, { leadId }))?.card.id).toBe(cardId)
  })

  it('is answered by the API with its lines for one lead, and in lists only where they are asked for', async () => {
    const { org, a, b } = await five()
    const { key } = await createApiKey(await org.as('admin'), { name: 'reads', scopes: ['leads:read'] })
    const app = new Hono().onError(answerError).route('/api/v1', v1)
    const ask = async (path: string) => (await withFacts({ requestId: 'x', ip: '127.0.0.1', now: NOON, nonce: '', viewing: async () => null }, async () => app.request(`/api/v1${path}`, { headers: { authorization: `Bearer ${key}` } }))).json() as Promise<{ data: { id: string; score: unknown }[]; score: unknown; errors: unknown }>
    const lines = [{ line: 'x', group: 'fit', points: 34, worth: 34, because: { kind: 'reply' }, at: NOON.toISOString() }, { line: 'x', group: 'interest', points: 42, worth: 21, because: { kind: 'reply' }, at: ago(14).toISOString() }]
    const sums = { total: 55, fit: 34, interest: 21, cell: 12, override: null, card_version: 1 }
    expect((await ask(`/leads/${a}`)).score).toEqual({ ...sums, lines })
    expect((await ask('/leads?cell=12')).data.map(({ id, score }) => [id, score])).toEqual([[a, sums]])
    expect((await ask('/leads?cell=12&include=score_lines')).data[0]?.score).toEqual({ ...sums, lines })
    expect((await ask('/leads?cell=11')).data.map(({ id, score }) => [id, score])).toEqual([[b, { total: 20, fit: 20, interest: 0, cell: 11, override: 11, card_version: 1 }]])
    expect((await ask('/leads?cell=none')).data).toHaveLength(2)
    expect((await ask('/leads?cell=9')).errors).toMatchObject([{ pointer: expect.stringContaining('cell') as string }])
  })
})

describe('cells in the queue', () => {
  it('put the better one first, by the cell that counts, and say so', async () => {
    const org = await anOrganisation()
    const rep = await org.as('rep')
    const world = await aWorld(org)
    const cardId = await aCard(org)
    const [low, high] = [await aLead(org, { world, ownerId: me(rep) }), await aLead(org, { world, ownerId: me(rep) })]
    await aScore(org, cardId, low.leadId, { cell: 44 })
    await aScore(org, cardId, high.leadId, { cell: 12 })
    const leadIds = [low.leadId, high.leadId]
    await revalueQueue(org.system, { leadIds })
    expect((await queuePage(rep, {})).rows.map(({ id, cell }) => [id, cell])).toEqual([[high.leadId, 12], [low.leadId, 44]])
    expect((await queueWhy(rep, { leadId: high.leadId }))?.factors.chanceFrom.cell).toEqual({ cell: 12, won: 0, of: 0, odds: expect.closeTo(1.92, 10) })
    await asSuperuser((tx) => tx.update(leadScores).set({ overrideCell: 11 }).where(eq(leadScores.leadId, low.leadId)))
    await revalueQueue(org.system, { leadIds })
    expect((await queuePage(rep, {})).rows.map(({ id }) => id)).toEqual([low.leadId, high.leadId])
  })

  it('learn from outcomes by the cell as it stood at the step, not as it stands today', async () => {
    const org = await anOrganisation()
    const world = await aWorld(org)
    const cardId = await aCard(org)
    const closed = async (stage: object, lines: Parameters<typeof aScore>[3]) => {
      const { leadId } = await aLead(org, { world, isOpen: false, cameInAt: ago(100), stage })
      await aScore(org, cardId, leadId, lines)
    }
    // Came in with 35 of fit and 32 of interest that halves every ten days: 11 then, 14 today. Asked again on the day it was won: that is not of its first day.
    const lines = [{ group: 'fit' as const, points: 35, at: ago(100) }, { group: 'interest' as const, points: 32, halfLifeDays: 10, at: ago(100) }]
    await closed({ stage: 'won', wonAt: ago(60), qualifiedAt: ago(90), wonAmount: 1n, wonCurrency: 'CNY' }, { cell: 14, lines: [...lines, { group: 'interest', points: 40, at: ago(60) }] })
    await closed({ stage: 'lost', lostAt: ago(70), lostReason: 'budget' }, { cell: 14, lines })
    await closed({ stage: 'lost', lostAt: ago(70), lostReason: 'budget' }, { cell: 44, lines: [{ group: 'fit', points: 3, at: ago(100) }] })
    // Ten days after it came in the interest was 16: 13 when it was qualified.
    expect((await learnQueueRates(org.system, {})).scored).toEqual({ 'inquiry 11': { won: 1, of: 2 }, 'inquiry 44': { won: 0, of: 1 }, 'qualified 13': { won: 1, of: 1 } })
  })
})
