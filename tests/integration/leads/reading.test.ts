import { describe, expect, it } from 'vitest'
import {
  canSeeLead, countLeads, exportLeads, filterChoices, leadDetail, leadRecords, leadSummaryForLive, leadTimeline, listLeads, listSubmissions, logContact, moveStage,
  queueCounts, queuePage, revalueQueue, snoozeLead, undoActivity,
} from '~/domain/leads'
import { memberOf, type Context } from '~/domain/kernel'
import { newId, type Id } from '~/lib/ids'
import { teams } from '~db/schema'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation, NOON, type TestOrganisation } from '~tests/support/organisations'
import { standingCases } from '~tests/support/standing-cases'
import { aLead, aWorld, later } from './a-lead'

const one = { input: async (owner: TestOrganisation) => ({ leadId: (await aLead(owner)).leadId }) }
const aLeadAndNothing = async (owner: TestOrganisation) => {
  await aLead(owner)
  return {}
}
const aLeadOfARep = async (owner: TestOrganisation) => {
  await aLead(owner, { ownerId: me(await owner.as('rep')) })
  return {}
}
standingCases(leadDetail, one)
standingCases(leadTimeline, one)
standingCases(leadSummaryForLive, { ...one, foreign: (row) => { expect(row).toBeNull() } })
standingCases(listLeads, { input: aLeadAndNothing, foreign: ({ rows }) => { expect(rows).toEqual([]) } })
standingCases(countLeads, { input: aLeadAndNothing, foreign: (count) => { expect(count).toBe(0) } })
standingCases(exportLeads, { input: aLeadAndNothing, foreign: ({ rows }) => { expect(rows).toBe(0) } })
standingCases(leadRecords, { input: async (owner) => ({ ids: [(await aLead(owner)).leadId] }), foreign: (records) => { expect(records).toEqual([]) } })
standingCases(queuePage, { input: aLeadOfARep, asker: (stranger) => stranger.as('rep'), foreign: ({ rows }) => { expect(rows).toEqual([]) } })
standingCases(queueCounts, { input: aLeadOfARep, asker: (stranger) => stranger.as('rep'), foreign: (counts) => { expect(counts).toEqual({ now: 0, later: 0, done: 0, fresh: 0, overdue: 0, near: 0 }) } })
standingCases(listSubmissions, {
  input: async (owner) => { await aLead(owner, { submittedBy: me(await owner.as('partner')) }); return {} },
  asker: (stranger) => stranger.as('partner'), foreign: (rows) => { expect(rows).toEqual([]) },
})
standingCases(filterChoices, { input: aLeadAndNothing, foreign: ({ channels }) => { expect(channels).toEqual([]) } })

const hours = (n: number) => later({ now: NOON }, n).now
const me = (ctx: Context) => memberOf(ctx.actor) as Id<'mem'>
const ids = (page: { rows: { id: string }[] }) => page.rows.map(({ id }) => id)

describe('visibility', () => {
  it('own, team and all see what they should, in every question alike', async () => {
    const org = await anOrganisation()
    const teamId = newId('team')
    await asSuperuser((tx) => tx.insert(teams).values({ orgId: org.orgId, id: teamId, name: 'East', createdAt: NOON }))
    const [li, wang, zhao, partner] = [await org.as('rep', { teamId }), await org.as('rep', { teamId }), await org.as('rep'), await org.as('partner')]
    const teamwide = { ...li, actor: { ...li.actor, visibility: { leads: 'team', reports: 'team' } } } as Context
    const world = await aWorld(org)
    const leadOf = async (more: object) => (await aLead(org, { world, ...more })).leadId
    const [ofLi, ofWang, ofZhao, ofNobody, sent] = [
      await leadOf({ ownerId: me(li) }), await leadOf({ ownerId: me(wang) }), await leadOf({ ownerId: me(zhao) }), await leadOf({}),
      await leadOf({ submittedBy: me(partner), ownerId: me(zhao) }),
    ]
    const table: [Context, Id<'lead'>[]][] = [
      [li, [ofLi]], [teamwide, [ofLi, ofWang]], [zhao, [ofZhao, sent]], [await org.as('manager'), [ofLi, ofWang, ofZhao, ofNobody, sent]],
      [org.withKey('leads:read'), [ofLi, ofWang, ofZhao, ofNobody, sent]],
    ]
    for (const [ctx, seen] of table) {
      expect(new Set(ids(await listLeads(ctx, {})))).toEqual(new Set(seen))
      expect(await countLeads(ctx, {})).toBe(seen.length)
      for (const leadId of [ofLi, ofWang, ofZhao, ofNobody, sent]) {
        expect(await canSeeLead(ctx, leadId)).toBe(seen.includes(leadId))
        expect((await leadSummaryForLive(ctx, { leadId })) !== null).toBe(seen.includes(leadId))
      }
    }
    await expect(leadDetail(li, { leadId: ofWang })).rejects.toMatchObject({ code: 'not-found' })
    await expect(logContact(li, { leadId: ofWang, kind: 'call', outcome: 'busy' })).rejects.toMatchObject({ code: 'not-found' })
    await expect(listLeads(partner, {})).rejects.toMatchObject({ code: 'not-allowed' })
    expect((await listSubmissions(partner, {})).map(({ id }) => id)).toEqual([sent])
    expect(await canSeeLead(partner, sent)).toBe(true)
  })
})

describe('the filter', () => {
  it('finds by stage ever reached, a skip implying what is before, in cohort and in activity', async () => {
    const org = await anOrganisation()
    const world = await aWorld(org)
    const at = (day: number) => new Date(Date.UTC(2024, 4, day, 2))
    await aLead(org, { world, cameInAt: at(1) })
    await aLead(org, { world, cameInAt: at(2), stage: { stage: 'qualified', qualifiedAt: at(10) } })
    await aLead(org, { world, cameInAt: at(3), stage: { stage: 'won', wonAt: at(12) }, isOpen: false })
    await aLead(org, { world, cameInAt: at(4), stage: { stage: 'lost', lostAt: at(13), lostReason: 'price', qualifiedAt: at(11), lostFrom: 'qualified' }, isOpen: false })
    await aLead(org, { world, cameInAt: at(5), verdict: 'junk', channelId: null, isOpen: false })
    const cases: [object, number][] = [
      [{}, 5], [{ verdict: 'valid' }, 4], [{ channel: world.channelId }, 4], [{ channel: 'none' }, 1],
      [{ reached: 'inquiry' }, 5], [{ reached: 'qualified' }, 3], [{ reached: 'graded' }, 1], [{ reached: 'won' }, 1], [{ lost: '1' }, 1], [{ stage: 'qualified' }, 1],
      [{ from: '2024-05-02', to: '2024-05-03' }, 2], [{ from: '2024-05-02', to: '2024-05-03', reached: 'won' }, 1],
      [{ view: 'activity', reached: 'qualified', from: '2024-05-11', to: '2024-05-12' }, 2], [{ view: 'activity', lost: '1', from: '2024-05-13' }, 1],
      [{ as_of: '2024-05-10', reached: 'qualified' }, 1], [{ as_of: '2024-05-11', reached: 'qualified' }, 2], [{ as_of: '2024-05-03' }, 3],
    ]
    for (const [filter, count] of cases) {
      expect([filter, await countLeads(org.system, filter)]).toEqual([filter, count])
      expect((await listLeads(org.system, filter)).rows).toHaveLength(count)
      expect((await exportLeads(org.system, filter)).csv.trim().split('\r\n')).toHaveLength(count + 1)
    }
  })

  it('pages by keyset without losing or repeating a lead', async () => {
    const org = await anOrganisation()
    const world = await aWorld(org)
    for (let n = 0; n < 7; n += 1) await aLead(org, { world, cameInAt: hours(-(n % 3)) })
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await listLeads(org.system, { limit: 3, cursor })
      seen.push(...ids(page))
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
    expect(seen).toHaveLength(7)
    expect(new Set(seen).size).toBe(7)
    await expect(listLeads(org.system, { cursor: 'nonsense' })).rejects.toMatchObject({ code: 'invalid' })
  })

  it('searches names in Chinese, pinyin and Latin', async () => {
    const org = await anOrganisation()
    const world = await aWorld(org)
    const { leadId } = await aLead(org, { world, person: '陈雨婷', company: '恒泰精密机械' })
    await aLead(org, { world, person: 'Jonas Weber', company: 'Nordlicht' })
    for (const q of ['陈雨', 'chenyu', '恒泰', 'hengtai']) expect(ids(await listLeads(org.system, { q }))).toEqual([leadId])
    expect(await countLeads(org.system, { q: '！！' })).toBe(0)
  })
})

describe('the queue', () => {
  it('goes by value lost per hour: the fresh and due callbacks, then what went stale; rests and done apart', async () => {
    const org = await anOrganisation()
    const rep = await org.as('rep')
    const world = await aWorld(org)
    const mine = async (more: object) => (await aLead(org, { world, ownerId: me(rep), ...more })).leadId
    const answered = { firstResponseAt: hours(-50), lastContactAt: hours(-50) }
    const rest = await mine({ ...answered, cameInAt: hours(-60) })
    const old = await mine({ cameInAt: hours(-40) })
    const fresh = await mine({ cameInAt: hours(-0.05) })
    const due = await mine({ ...answered, nextStepAt: hours(-1) })
    const overdue = await mine({ ...answered, nextStepAt: hours(-5) })
    const ahead = await mine({ ...answered, nextStepAt: hours(5) })
    const junk = await mine({ verdict: 'junk', isOpen: false })
    await snoozeLead(rep, { leadId: rest, until: hours(2) })
    await revalueQueue(org.system, { leadIds: [old, fresh, due, overdue, ahead, junk] })
    const now = await queuePage(rep, {})
    expect(now.rows.map(({ id, reason }) => [id, reason])).toEqual([[due, 'callback'], [overdue, 'callback'], [fresh, 'fresh'], [old, 'fresh']])
    expect(ids(await queuePage(rep, { tab: 'later' }))).toEqual([rest, ahead])
    expect(await queueCounts(rep, {})).toEqual({ now: 4, later: 2, done: 0, fresh: 2, overdue: 2, near: 0 })
    const { activityId } = await logContact(rep, { leadId: fresh, kind: 'call', outcome: 'no_answer' })
    expect(ids(await queuePage(rep, {}))).toEqual([due, overdue, old])
    expect((await queuePage(rep, { tab: 'done' })).rows).toMatchObject([{ id: fresh, outcome: 'no_answer' }])
    expect(ids(await queuePage(later(rep, 24), {}))).toContain(fresh)
    await undoActivity(rep, { activityId })
    expect(ids(await queuePage(rep, {}))).toEqual([due, overdue, fresh, old])
    expect(ids(await queuePage(rep, {}))).not.toContain(junk)
    const first = await queuePage(rep, { limit: 3 })
    expect(ids(await queuePage(rep, { limit: 3, cursor: first.nextCursor ?? '' }))).toEqual([old])
  })

  it('is a person’s', async () => {
    const org = await anOrganisation()
    await expect(queuePage(org.system, {})).rejects.toMatchObject({ code: 'not-allowed' })
    await expect(queueCounts(org.withKey(), {})).rejects.toMatchObject({ code: 'not-allowed' })
  })
})

it('the timeline tells moves and contacts by day, with their actors', async () => {
  const org = await anOrganisation()
  const li = await org.as('manager', { name: 'Li' })
  const { leadId } = await aLead(org)
  await logContact(li, { leadId, kind: 'call', outcome: 'connected', note: 'Wants a price' })
  await moveStage(later(li, 20), { leadId, to: 'lost', reason: 'price' })
  const { days } = await leadTimeline(li, { leadId })
  expect(days.map(({ day, entries }) => [day, entries.map(({ kind, actor }) => [kind, actor])])).toEqual([
    ['2024-05-16', [['move', 'Li']]], ['2024-05-15', [['activity', 'Li']]],
  ])
  expect(await leadDetail(li, { leadId })).toMatchObject({ state: { stage: 'lost' }, hasTwoWayContact: true, people: [{ role: 'contact', reach: [{ kind: 'phone', isMasked: true }] }] })
})
