import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { advanceHandover } from '~/domain/assignment'
import { changeOwnership, claimLead } from '~/domain/leads'
import { forgetNotices, hearEvents, markRead, noticeNews, noticePage, sendTestNotice, tellDueIn, unmarkRead, unreadNotices } from '~/domain/notifications'
import { audible } from '~/domain/notifications/audible'
import { liveEventOf } from '~/domain/notifications/live-event'
import { createTask } from '~/domain/tasks'
import { newId } from '~/lib/ids'
import { auditEntries, bulkChanges, handovers, importRuns, leads, members, outbox, sourceAlarms, tasks } from '~db/schema'
import { aLead, later } from '~tests/integration/leads/a-lead'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation, type TestOrganisation } from '~tests/support/organisations'
import { standingCases } from '~tests/support/standing-cases'
import { eventsOf, heard, meOf, noticesOf } from './told'

const refusal = (work: Promise<unknown>) => work.then(() => 'none', (error: { code: string }) => error.code)
const minutes = (ctx: { now: Date }, n: number) => new Date(ctx.now.getTime() + n * 60_000)
/** What changes of owners told so far, as the relay hands it to the handler. */
async function ownerEvents(org: TestOrganisation) {
  const rows = await asSuperuser((tx) => tx.select().from(outbox).where(eq(outbox.orgId, org.orgId)).orderBy(outbox.seq))
  return rows.filter(({ name }) => name === 'lead.owner-changed').map(({ id, payload }) => heard('lead.owner-changed', payload as never, id))
}
async function told(owner: TestOrganisation) {
  const rep = await owner.as('rep')
  const { leadId } = await aLead(owner, { ownerId: meOf(rep) })
  await hearEvents(owner.system, [heard('sla.warned', { leadId, ownerId: meOf(rep), clockId: newId('slc'), percent: 80 })])
  const [notice] = await noticesOf(owner)
  return { rep, leadId, noticeId: notice?.id ?? 'ntc_x' }
}

standingCases(noticePage, { input: async (owner) => { await told(owner); return {} }, asker: (stranger) => stranger.as('rep'), foreign: (answer) => expect(answer).toEqual({ lines: [], next: null, unread: 0 }) })
standingCases(noticeNews, { input: async (owner) => ({ noticeId: (await told(owner)).noticeId }), asker: (stranger) => stranger.as('rep') })
standingCases(unreadNotices, { input: async (owner) => { await told(owner); return {} }, asker: (stranger) => stranger.as('rep'), foreign: (answer) => expect(answer).toBe(0) })
standingCases(markRead, { input: async (owner) => ({ noticeId: (await told(owner)).noticeId }), asker: (stranger) => stranger.as('rep') })
standingCases(unmarkRead, { input: () => ({ readAt: '2024-05-15T04:00:00Z' }), foreign: 'names nothing', asker: (stranger) => stranger.as('rep') })
standingCases(sendTestNotice, { input: () => ({}), foreign: 'names nothing', asker: (stranger) => stranger.as('rep') })

describe('a lead that changes hands', () => {
  it('tells the new owner and the one before, never who did it, and an event heard twice once', async () => {
    const org = await anOrganisation()
    const [li, wang, boss] = [await org.as('rep', { name: 'Li' }), await org.as('rep', { name: 'Wang' }), await org.as('manager')]
    const { leadId } = await aLead(org, { ownerId: meOf(li), person: 'Chen Yuting', company: 'Hengtai' })
    await changeOwnership(boss, { leadId, to: meOf(wang) })
    await changeOwnership(boss, { leadId, to: meOf(boss) })
    const events = await ownerEvents(org)
    expect(await hearEvents(org.system, events)).toMatchObject({ notices: 3 })
    expect(await hearEvents(org.system, events)).toMatchObject({ notices: 0 })
    expect((await noticesOf(org)).map(({ memberId, kind, count }) => [memberId, kind, count]).sort()).toEqual([
      [meOf(li), 'lead_lost', 1], [meOf(wang), 'lead_assigned', 1], [meOf(wang), 'lead_lost', 1]].sort())
    expect(await eventsOf(org, 'notice.told')).toHaveLength(2)
  })

  it('is told live to its member only: no colleague, whatever their role, hears of it', async () => {
    const org = await anOrganisation()
    const { rep } = await told(org)
    const admin = await org.as('admin')
    const [row] = await eventsOf(org, 'notice.told')
    const event = liveEventOf({ orgId: org.orgId, seq: '1', name: 'notice.told', payload: row?.payload as never })
    expect(await audible(rep, [event])).toEqual([event])
    expect(await audible(admin, [event])).toEqual([])
    expect(await unreadNotices(rep, {})).toBe(1)
    expect(await unreadNotices(admin, {})).toBe(0)
  })

  it('claimed by oneself, nobody is told', async () => {
    const org = await anOrganisation()
    const rep = await org.as('rep')
    const { leadId } = await aLead(org)
    await claimLead(rep, { leadId })
    expect(await hearEvents(org.system, await ownerEvents(org))).toEqual({ notices: 0, posts: 0 })
  })

  it('twelve within minutes are one notice; after five minutes, or once it was read, another begins', async () => {
    const org = await anOrganisation()
    const [rep, boss] = [await org.as('rep'), await org.as('manager')]
    const one = async (at: Date) => {
      const { leadId } = await aLead(org)
      await changeOwnership({ ...boss, now: at }, { leadId, to: meOf(rep) })
      const event = (await ownerEvents(org)).at(-1)
      await hearEvents({ ...org.system, now: at }, event === undefined ? [] : [event])
    }
    for (let n = 0; n < 12; n += 1) await one(minutes(rep, n / 3))
    expect((await noticesOf(org)).map(({ count }) => count)).toEqual([12])
    expect((await noticePage(rep, { locale: 'zh-CN' })).lines[0]?.text).toBe('12 条线索现在归您跟进，第一条是 Chen Yuting, Hengtai。')
    await one(minutes(rep, 5))
    await markRead({ ...rep, now: minutes(rep, 6) }, {})
    await one(minutes(rep, 6))
    expect((await noticesOf(org)).map(({ count }) => count)).toEqual([12, 1, 1])
  })
})

describe('the list', () => {
  it('names a lead only while the reader may see it, and covers a number that stands for a name', async () => {
    const org = await anOrganisation()
    const { rep, leadId } = await told(org)
    const other = await aLead(org, { ownerId: meOf(rep), person: '13812341234', company: '' })
    await hearEvents(later(org.system, 1), [heard('sla.breached', { leadId: other.leadId, ownerId: meOf(rep), clockId: newId('slc'), turn: 1, act: 'notify', tell: [meOf(rep)] })])
    const shown = async () => (await noticePage(rep, {})).lines.map(({ text, href }) => [text, href])
    expect(await shown()).toEqual([
      ['The time to answer ran out: ****34.', `/leads/${other.leadId}`], ['Chen Yuting, Hengtai is waiting: 80 % of the time to answer is gone.', `/leads/${leadId}`]])
    await asSuperuser((tx) => tx.update(leads).set({ ownerId: null }).where(eq(leads.id, leadId)))
    expect((await shown())[1]).toEqual(['A lead is waiting: 80 % of the time to answer is gone.', '/queue'])
  })

  it('half of the time gone is for the queue to say; at breach the managers named are told whose it is', async () => {
    const org = await anOrganisation()
    const [rep, boss] = [await org.as('rep', { name: 'Li Wei' }), await org.as('manager')]
    const { leadId } = await aLead(org, { ownerId: meOf(rep) })
    const clockId = newId('slc')
    await hearEvents(org.system, [heard('sla.warned', { leadId, ownerId: meOf(rep), clockId, percent: 50 })])
    expect(await noticesOf(org)).toEqual([])
    await hearEvents(org.system, [heard('sla.breached', { leadId, ownerId: meOf(rep), clockId, turn: 1, act: 'escalate', tell: [meOf(rep), meOf(boss)] })])
    expect((await noticePage(boss, {})).lines.map(({ text }) => text)).toEqual(['The time to answer ran out: Chen Yuting, Hengtai, with Li Wei.'])
    expect((await noticePage(rep, {})).lines.map(({ text }) => text)).toEqual(['The time to answer ran out: Chen Yuting, Hengtai.'])
  })

  it('pages by its last notice, filters the unread, and takes back what was marked', async () => {
    const org = await anOrganisation()
    const rep = await org.as('rep')
    for (let n = 0; n < 5; n += 1) await hearEvents(later(org.system, n), [heard('bulk.finished', { bulkId: newId('blk'), memberId: meOf(rep) }), heard('lead.recycle-near', { leadId: newId('lead'), ownerId: meOf(rep), at: `2024-05-1${n}T04:00:00.000Z` })])
    const first = await noticePage(rep, { limit: 3 })
    expect([first.lines.length, first.unread]).toEqual([3, 5])
    const rest = await noticePage(rep, { limit: 3, cursor: first.next ?? undefined })
    expect([rest.lines.length, rest.next]).toEqual([2, null])
    const one = first.lines[1]?.id ?? 'ntc_x'
    const { readAt } = await markRead(later(rep, 9), { noticeId: one })
    expect(await markRead(later(rep, 9.5), { noticeId: one })).toEqual({ readAt, count: 0 })
    expect((await noticePage(rep, { unread: true })).lines.map(({ id }) => id)).not.toContain(one)
    const all = await markRead(later(rep, 10), {})
    expect(all.count).toBe(4)
    expect(await unmarkRead(later(rep, 11), { readAt: all.readAt })).toMatchObject({ count: 4 })
    expect(await noticeNews(rep, {})).toMatchObject({ unread: 4, show: null })
    const log = await asSuperuser((tx) => tx.select().from(auditEntries).where(eq(auditEntries.subject, meOf(rep))).orderBy(auditEntries.id))
    expect(log.map(({ action }) => action).filter((action) => action.startsWith('notice'))).toEqual(['notice.mark-read', 'notice.mark-read', 'notice.unmark-read'])
  })

  it('somebody else’s notice is not there, whoever asks', async () => {
    const org = await anOrganisation()
    const { noticeId } = await told(org)
    const admin = await org.as('admin')
    expect(await refusal(markRead(admin, { noticeId }))).toBe('not-found')
    expect(await refusal(noticeNews(admin, { noticeId }))).toBe('not-found')
    expect(await refusal(noticePage(org.system, {}))).toBe('not-allowed')
  })
})

describe('tasks and callbacks', () => {
  it('tell their assignee when they come due, once for each time they are set to', async () => {
    const org = await anOrganisation()
    const rep = await org.as('rep')
    const { leadId } = await aLead(org, { ownerId: meOf(rep) })
    const { taskId } = await createTask(rep, { leadId, kind: 'call', title: 'Call 13812341234', dueAt: later(rep, 1).now })
    expect(await tellDueIn(org.orgId, rep.now)).toBe(0)
    expect(await tellDueIn(org.orgId, later(rep, 1).now)).toBe(1)
    expect(await tellDueIn(org.orgId, later(rep, 1.1).now)).toBe(0)
    expect((await noticePage(rep, {})).lines[0]).toMatchObject({ text: 'Due now: Call ****34', href: `/leads/${leadId}` })
    await asSuperuser((tx) => tx.update(tasks).set({ dueAt: later(rep, 2).now, kind: 'callback' }).where(eq(tasks.id, taskId)))
    expect(await tellDueIn(org.orgId, later(rep, 2).now)).toBe(1)
    expect((await noticePage(rep, {})).lines[0]?.text).toBe('Time to call back: Chen Yuting, Hengtai.')
    await asSuperuser((tx) => tx.update(tasks).set({ dueAt: later(rep, 3).now, doneAt: rep.now }).where(eq(tasks.id, taskId)))
    expect(await tellDueIn(org.orgId, later(rep, 3).now)).toBe(0)
    expect(await tellDueIn(org.orgId, later(rep, 9).now)).toBe(0)
  })
})

describe('long jobs', () => {
  it('tell whoever asked that they ended: an import, a bulk change, a handover', async () => {
    const org = await anOrganisation()
    const [boss, left] = [await org.as('manager'), await org.as('rep', { name: 'Zhao' })]
    const ids = { importId: newId('imp'), bulkId: newId('blk'), handoverId: newId('hov') }
    const base = { orgId: org.orgId }
    await asSuperuser(async (tx) => {
      await tx.insert(importRuns).values({ ...base, id: ids.importId, kind: 'leads', fileName: 'fair.csv', fileSha256: 'x', counts: {}, actorKind: 'user', actorId: meOf(boss), startedAt: boss.now })
      await tx.insert(bulkChanges).values({ ...base, id: ids.bulkId, action: 'note', params: {}, asOf: boss.now, state: 'done', total: 3, changed: 2, skipped: 1, memberId: meOf(boss), startedAt: boss.now })
      await tx.insert(handovers).values({ ...base, id: ids.handoverId, memberId: meOf(left), way: 'pool', plan: {}, state: 'done', total: 137, moved: 137, askedBy: meOf(boss), at: boss.now })
    })
    await hearEvents(org.system, [heard('import.finished', ids), heard('bulk.finished', { ...ids, memberId: meOf(boss) }), heard('member.handover-finished', { ...ids, memberId: meOf(left) })])
    expect((await noticePage(boss, {})).lines.map(({ text, href }) => [text, href]).sort()).toEqual([
      ['The handover of Zhao is done: 137 leads have a new place.', '/settings/members'],
      ['The import fair.csv has ended.', `/imports/${ids.importId}`],
      ['Your change of 3 leads has ended: 2 changed, 1 left out.', `/leads/bulk/${ids.bulkId}`],
    ])
  })

  it('a handover that is through says so, once', async () => {
    const org = await anOrganisation()
    const [boss, left] = [await org.as('admin'), await org.as('rep')]
    const handoverId = newId('hov')
    await asSuperuser((tx) => tx.insert(handovers).values({ orgId: org.orgId, id: handoverId, memberId: meOf(left), way: 'pool', plan: { shares: [], poolId: null }, state: 'running', total: 0, askedBy: meOf(boss), at: boss.now }))
    await advanceHandover(org.system, { handoverId })
    await advanceHandover(org.system, { handoverId })
    expect((await eventsOf(org, 'member.handover-finished')).map(({ payload }) => payload)).toEqual([{ memberId: meOf(left), handoverId }])
  })
})

describe('sources', () => {
  it('an alarm and its end are told to those who look after sources, not to reps', async () => {
    const org = await anOrganisation()
    const [admin, rep] = [await org.as('admin'), await org.as('rep')]
    const { sourceId } = await aLead(org)
    const alarmId = newId('alm')
    await asSuperuser((tx) => tx.insert(sourceAlarms).values({ orgId: org.orgId, id: alarmId, sourceId, kind: 'silent', since: org.system.now, facts: {}, openedAt: org.system.now }))
    await hearEvents(org.system, [heard('source.alarmed', { sourceId, alarmId })])
    await hearEvents(later(org.system, 1), [heard('source.recovered', { sourceId, alarmId })])
    expect((await noticePage(admin, {})).lines.map(({ text, href }) => [text.replace(/By hand [^:]*?(?= works|:)/, 'S'), href])).toEqual([['S works as usual again.', `/sources/${sourceId}`], ['S: has gone silent.', `/sources/${sourceId}`]])
    expect((await noticePage(rep, {})).lines).toEqual([])
  })
})

it('a deactivated member is told nothing; old notices are forgotten', async () => {
  const org = await anOrganisation()
  const { rep } = await told(org)
  await asSuperuser((tx) => tx.update(members).set({ status: 'deactivated' }).where(eq(members.id, meOf(rep))))
  await hearEvents(later(org.system, 1), [heard('lead.recycle-near', { leadId: newId('lead'), ownerId: meOf(rep), at: '2024-05-16T04:00:00Z' })])
  expect(await noticesOf(org)).toHaveLength(1)
  await forgetNotices(later(org.system, 24 * 89).now)
  expect(await noticesOf(org)).toHaveLength(1)
  await forgetNotices(later(org.system, 24 * 91).now)
  expect(await noticesOf(org)).toEqual([])
})
