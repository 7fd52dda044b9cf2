import { eq, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import {
  changeOwnership, endCall, giveVerdict, keepDisposition, learnQueueRates, logContact, queueCard, queueCounts, queueOwners, queuePage, queueWhy, revalueQueue,
  snoozeLead, startCall, undoActivity,
} from '~/domain/leads'
import { memberOf, type Context } from '~/domain/kernel'
import { newId, toUuid, type Id } from '~/lib/ids'
import { leadCalls, teams } from '~db/schema'
import { revalueMany } from '~jobs/handlers/leads/revalue-queue'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation, NOON, type TestOrganisation } from '~tests/support/organisations'
import { standingCases } from '~tests/support/standing-cases'
import { aLead, aWorld, later } from './a-lead'

const me = (ctx: Context) => memberOf(ctx.actor) as Id<'mem'>
const ids = (page: { rows: { id: string }[] }) => page.rows.map(({ id }) => id)
const hours = (n: number) => later({ now: NOON }, n).now
const one = { input: async (owner: TestOrganisation) => ({ leadId: (await aLead(owner, { ownerId: me(await owner.as('rep')) })).leadId }) }
const asRep = (stranger: TestOrganisation) => stranger.as('rep')

standingCases(queueWhy, one)
standingCases(queueCard, one)
standingCases(startCall, { ...one, asker: asRep })
standingCases(endCall, { ...one, asker: asRep })
standingCases(revalueQueue, { input: async (owner) => ({ leadIds: [(await one.input(owner)).leadId] }), foreign: ({ valued }) => { expect(valued).toBe(0) } })
standingCases(learnQueueRates, { input: () => ({}), foreign: 'names nothing' })
standingCases(queueOwners, { input: async (owner) => { await owner.as('rep'); return {} }, asker: (stranger) => stranger.as('manager'), foreign: (rows) => { expect(rows).toEqual([]) } })

const itemsOf = (org: TestOrganisation) => asSuperuser((tx) => tx.execute<{ lead_id: string; owner_id: string; valued: boolean; marked: boolean }>(sql`
  select lead_id, owner_id, valued_at is not null as valued, revalue_at = '-infinity' as marked from queue_items where org_id = ${toUuid(org.orgId)} order by lead_id`))

describe('a place in the queue', () => {
  it('is kept by whatever writes a lead: given, taken, closed, opened again', async () => {
    const org = await anOrganisation()
    const [li, wang, manager] = [await org.as('rep'), await org.as('rep'), await org.as('manager')]
    const { leadId } = await aLead(org)
    expect(await itemsOf(org)).toEqual([])
    await changeOwnership(manager, { leadId, to: me(li) })
    expect(await itemsOf(org)).toEqual([{ lead_id: toUuid(leadId), owner_id: toUuid(me(li)), valued: true, marked: false }])
    await asSuperuser((tx) => tx.execute(sql`update leads set owner_id = ${toUuid(me(wang))} where id = ${toUuid(leadId)}`))
    expect(await itemsOf(org)).toMatchObject([{ owner_id: toUuid(me(wang)), marked: true }])
    await giveVerdict(manager, { leadId, verdict: 'junk', reason: 'spam' })
    expect(await itemsOf(org)).toEqual([])
    await giveVerdict(manager, { leadId, verdict: 'valid' })
    expect(await itemsOf(org)).toMatchObject([{ owner_id: toUuid(me(wang)), marked: false }])
    await changeOwnership(manager, { leadId, to: null })
    expect(await itemsOf(org)).toEqual([])
  })

  it('is right at once after one’s own acts, and told by its factors', async () => {
    const org = await anOrganisation()
    const rep = await org.as('rep')
    const { leadId } = await aLead(org, { ownerId: me(rep), cameInAt: hours(-30) })
    await logContact(rep, { leadId, kind: 'call', outcome: 'no_answer', nextStepAt: hours(3) })
    expect(ids(await queuePage(rep, {}))).toEqual([])
    expect((await queuePage(rep, { tab: 'later' })).rows).toMatchObject([{ id: leadId, reason: 'later', attempt: 1, restsUntil: hours(3) }])
    expect((await queuePage(later(rep, 3), {})).rows).toMatchObject([{ id: leadId, reason: 'retry', attempt: 1, lost: { currency: null } }])
    const { activityId } = await logContact(rep, { leadId, kind: 'call', outcome: 'callback', nextStepAt: hours(1) })
    const due = await queuePage(later(rep, 1), {})
    expect(due.rows).toMatchObject([{ reason: 'callback', reasonAt: hours(1), attempt: 0 }])
    const why = await queueWhy(rep, { leadId })
    // 1 × 3 % × (ln 2 / 168 + ln 7): a promise due, nothing known of amounts
    expect(why?.perHour).toBeCloseTo(0.03 * (Math.LN2 / 168 + Math.log(7)), 12)
    expect(why?.perHour).toBe(due.rows[0]?.lost?.perHour)
    await undoActivity(rep, { activityId })
    expect(ids(await queuePage(later(rep, 1), {}))).toEqual([])
    await snoozeLead(rep, { leadId, until: hours(20) })
    expect((await queuePage(later(rep, 20), {})).rows).toMatchObject([{ reason: 'retry' }])
  })

  it('is valued by events and when due, twice as once; what a verb has valued is left', async () => {
    const org = await anOrganisation()
    const rep = await org.as('rep')
    const { leadId } = await aLead(org, { ownerId: me(rep) })
    expect(await itemsOf(org)).toMatchObject([{ valued: false, marked: true }])
    const event = { id: newId('evt'), name: 'lead.captured', payload: { leadId, inquiryId: newId('inq'), ownerId: me(rep), isNew: true } } as const
    await revalueMany(org.system, [event, event])
    const first = await queueWhy(rep, { leadId })
    expect(first).toMatchObject({ reason: 'fresh', perHour: expect.closeTo(0.0292506, 6) })
    await revalueMany(later(org.system, 1), [{ id: newId('evt'), name: 'lead.changed', payload: { leadId, ownerId: me(rep) } }])
    expect(await queueWhy(rep, { leadId })).toEqual(first)
    await revalueMany(later(org.system, 1), [event])
    expect((await queueWhy(rep, { leadId }))?.perHour).toBeLessThan(0.01)
  })

  it('asking anew brings a lead back that had its turn today', async () => {
    const org = await anOrganisation()
    const rep = await org.as('rep')
    const lead = await aLead(org, { ownerId: me(rep), cameInAt: hours(-30) })
    await logContact(rep, { leadId: lead.leadId, kind: 'call', outcome: 'connected' })
    expect(ids(await queuePage(rep, {}))).toEqual([])
    const dlv = newId('inq')
    await asSuperuser((tx) => tx.execute(sql`insert into inquiries (org_id, id, source_id, external_id, lead_id, at, recorded_at, is_repeat)
      values (${toUuid(org.orgId)}, ${toUuid(dlv)}, ${toUuid(lead.sourceId)}, 'again', ${toUuid(lead.leadId)}, ${hours(1).toISOString()}, ${hours(1).toISOString()}, true)`))
    await revalueQueue(later(org.system, 1), { leadIds: [lead.leadId] })
    expect((await queuePage(later(rep, 1), {})).rows).toMatchObject([{ id: lead.leadId, reason: 'fresh', reasonAt: hours(1) }])
  })
})

it('learns amounts and chances from its own wins, without junk and other currencies', async () => {
  const org = await anOrganisation()
  const world = await aWorld(org)
  const rep = await org.as('rep')
  const made = (stage: object, more: object = {}) => aLead(org, { world, isOpen: false, cameInAt: hours(-24 * 30), ...more, stage })
  const won = (amount: bigint, wonCurrency = 'CNY') => ({ stage: 'won' as const, wonAt: hours(-24), wonAmount: amount, wonCurrency, qualifiedAt: hours(-40), gradedAt: hours(-30), grade: 'A' as const })
  await made(won(10_000n))
  await made(won(30_000n))
  await made(won(99_000n, 'USD'))
  await made(won(70_000n), { verdict: 'junk' })
  await made({ stage: 'lost', lostAt: hours(-3), qualifiedAt: hours(-40) })
  const { leadId } = await aLead(org, { world, ownerId: me(rep) })
  const rates = await learnQueueRates(org.system, {})
  expect(rates).toMatchObject({ currency: 'CNY', all: { sum: 40_000, n: 2 }, chances: { inquiry: { won: 3, of: 4 }, qualified: { won: 3, of: 4 }, A: { won: 3, of: 3 } } })
  await revalueQueue(org.system, { leadIds: [leadId] })
  // 20,000 fen × (3 + 20 × 3 %) / 24 = 15 % × 97.5018 % an hour
  expect(await queueWhy(rep, { leadId })).toMatchObject({ currency: 'CNY', perHour: expect.closeTo(20_000 * 0.15 * 0.975018, 2), factors: { amount: 20_000, amountFrom: 'cell' } })
})

it('a manager opens the queue of whoever they may see, and nobody else does', async () => {
  const org = await anOrganisation()
  const [east, west] = [newId('team'), newId('team')]
  await asSuperuser((tx) => tx.insert(teams).values([{ orgId: org.orgId, id: east, name: 'East', createdAt: NOON }, { orgId: org.orgId, id: west, name: 'West', createdAt: NOON }]))
  const [li, wang, manager] = [await org.as('rep', { teamId: east, name: 'Li' }), await org.as('rep', { teamId: west }), await org.as('manager')]
  const lead = { ...manager, actor: { ...manager.actor, teamId: east, visibility: { leads: 'team', reports: 'team' } } } as Context
  const { leadId } = await aLead(org, { ownerId: me(li) })
  expect(ids(await queuePage(manager, { of: me(li) }))).toEqual([leadId])
  expect(ids(await queuePage(lead, { of: me(li) }))).toEqual([leadId])
  expect(await queueCounts(lead, { of: me(li) })).toMatchObject({ now: 1, fresh: 1 })
  expect((await queueOwners(lead, {})).map(({ name }) => name)).toContain('Li')
  expect((await queueOwners(lead, {})).map(({ id }) => id)).not.toContain(me(wang))
  expect(await queueOwners(li, {})).toEqual([])
  await expect(queuePage(lead, { of: me(wang) })).rejects.toMatchObject({ code: 'not-found' })
  await expect(queuePage(li, { of: me(wang) })).rejects.toMatchObject({ code: 'not-found' })
  await expect(queueCounts(li, { of: newId('mem') })).rejects.toMatchObject({ code: 'not-found' })
})

it('a call is seen by others for ten minutes, and stops nobody', async () => {
  const org = await anOrganisation()
  const [li, manager] = [await org.as('rep', { name: 'Li' }), await org.as('manager', { name: 'Wang' })]
  const { leadId } = await aLead(org, { ownerId: me(li) })
  expect(await startCall(li, { leadId })).toEqual({ until: hours(1 / 6), by: null })
  expect(await startCall(manager, { leadId })).toMatchObject({ by: { name: 'Li' } })
  expect((await queuePage(manager, { of: me(li) })).rows).toMatchObject([{ calling: { id: me(li), name: 'Li', until: hours(1 / 6) } }])
  expect(await endCall(manager, { leadId })).toEqual({ ended: false })
  expect((await queuePage(later(li, 0.17), {})).rows).toMatchObject([{ calling: null }])
  expect(await startCall(later(manager, 0.17), { leadId })).toMatchObject({ by: null })
  expect(await endCall(later(manager, 0.18), { leadId })).toEqual({ ended: true })
  const written = await asSuperuser((tx) => tx.execute<{ name: string }>(sql`select name from outbox where org_id = ${toUuid(org.orgId)} and name like 'lead.call%' order by id`))
  expect(written.map(({ name }) => name)).toEqual(['lead.call-started', 'lead.call-started', 'lead.call-ended'])
  const audited = await asSuperuser((tx) => tx.execute<{ action: string }>(sql`select action from audit_entries where org_id = ${toUuid(org.orgId)} and action like 'lead.%-call'`))
  expect(audited).toHaveLength(3)
})

it('an outcome takes the mark of one’s own call off with it, and nobody else’s', async () => {
  const org = await anOrganisation()
  const [li, manager] = [await org.as('rep', { name: 'Li' }), await org.as('manager', { name: 'Wang' })]
  const { leadId } = await aLead(org, { ownerId: me(li) })
  const seen = async () => (await asSuperuser((tx) => tx.select().from(leadCalls).where(eq(leadCalls.leadId, leadId)))).map(({ memberId }) => (memberId === me(li) ? 'Li' : 'Wang'))
  await startCall(li, { leadId })
  expect(await seen()).toEqual(['Li'])
  await logContact(manager, { leadId, kind: 'message', outcome: 'replied' })
  expect(await seen()).toEqual(['Li'])
  await logContact(li, { leadId, kind: 'call', outcome: 'connected' })
  expect(await seen()).toEqual([])
  await logContact(li, { leadId, kind: 'call', outcome: 'busy' })
  const written = await asSuperuser((tx) => tx.execute<{ name: string }>(sql`select name from outbox where org_id = ${toUuid(org.orgId)} and name like 'lead.call%' order by id`))
  expect(written.map(({ name }) => name)).toEqual(['lead.call-started', 'lead.call-ended'])
})

it('says under Done what the organisation calls it', async () => {
  const org = await anOrganisation()
  const li = await org.as('rep')
  const { leadId } = await aLead(org, { ownerId: me(li) })
  const { dispositionId } = await keepDisposition(org.system, { outcome: 'connected', labelEn: 'Asked for the price list', labelZh: '要报价单', counts: true, isTwoWay: true, nextStep: 'tomorrow' })
  await logContact(li, { leadId, kind: 'call', outcome: 'connected', dispositionId })
  expect((await queuePage(li, { tab: 'done' })).rows).toMatchObject([{ outcome: 'connected', labels: { en: 'Asked for the price list', 'zh-CN': '要报价单' } }])
  await logContact(later(li, 1), { leadId, kind: 'call', outcome: 'busy' })
  expect((await queuePage(later(li, 1), { tab: 'done' })).rows).toMatchObject([{ outcome: 'busy', labels: null }])
})

it('every page of a long queue goes on where the one before ended, across equal values', async () => {
  const org = await anOrganisation()
  const rep = await org.as('rep')
  const world = await aWorld(org)
  const made: string[] = []
  for (let n = 0; n < 9; n += 1) made.push((await aLead(org, { world, ownerId: me(rep), cameInAt: hours(n % 3 === 0 ? -3 : -1) })).leadId)
  await revalueQueue(org.system, { leadIds: made as Id<'lead'>[] })
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page = await queuePage(rep, { limit: 2, cursor })
    seen.push(...ids(page))
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  expect(seen).toHaveLength(9)
  expect(seen).toEqual([...made.filter((_, n) => n % 3 !== 0), ...made.filter((_, n) => n % 3 === 0)])
})

