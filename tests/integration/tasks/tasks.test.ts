import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { memberOf } from '~/domain/kernel'
import { changeOwnership, giveVerdict, logContact, moveStage, undoActivity, undoMove } from '~/domain/leads'
import { calendarFeed, cancelTask, completeTask, createTask, followOwner, leadTasks, moveTask, ownFeed, regenerateFeed, reopenTask, revokeFeed, tasksPage } from '~/domain/tasks'
import type { Id } from '~/lib/ids'
import { auditEntries, calendarFeeds, leads, members, outbox, people, tasks } from '~db/schema'
import { aLead, later } from '~tests/integration/leads/a-lead'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation, type TestOrganisation } from '~tests/support/organisations'
import { standingCases } from '~tests/support/standing-cases'

const refusal = (work: Promise<unknown>) => work.then(() => 'none', (error: { code: string }) => error.code)
const nextStepOf = (leadId: Id<'lead'>) => asSuperuser(async (tx) => (await tx.select({ at: leads.nextStepAt }).from(leads).where(eq(leads.id, leadId)))[0]?.at)
const tasksOf = (org: TestOrganisation) => asSuperuser((tx) => tx.select().from(tasks).where(eq(tasks.orgId, org.orgId)).orderBy(tasks.id))
const aTask = async (owner: TestOrganisation) => ({ taskId: (await createTask(owner.system, { leadId: (await aLead(owner)).leadId, title: 'x', dueAt: later(owner.system, 5).now })).taskId })

standingCases(createTask, { input: async (owner) => ({ leadId: (await aLead(owner)).leadId, kind: 'call', title: 'Call', dueAt: later(owner.system, 5).now }) })
standingCases(completeTask, { input: aTask })
standingCases(reopenTask, { input: async (owner) => { const task = await aTask(owner); await completeTask(owner.system, task); return task } })
standingCases(cancelTask, { input: aTask })
standingCases(moveTask, { input: async (owner) => ({ ...(await aTask(owner)), rule: 'tomorrow' }) })
standingCases(tasksPage, { input: async (owner) => { await aTask(owner); return { whose: 'team' } }, foreign: (answer) => expect(answer).toEqual({ overdue: [], today: [], week: [], later: [], done: [], more: false }) })
standingCases(leadTasks, { input: async (owner) => ({ leadId: (await aLead(owner)).leadId }) })
standingCases(followOwner, { input: async (owner) => ({ leadId: (await aLead(owner)).leadId, from: null, to: null }) })
standingCases(regenerateFeed, { input: () => ({}), foreign: 'names nothing', asker: (stranger) => stranger.as('rep') })
standingCases(revokeFeed, { input: () => ({}), foreign: 'names nothing', asker: (stranger) => stranger.as('rep') })
standingCases(ownFeed, { input: () => ({}), foreign: 'names nothing', asker: (stranger) => stranger.as('rep') })

describe('the next step of a lead is its earliest open task', () => {
  it('through contacts, tasks by hand, moving, ticking off and opening again', async () => {
    const org = await anOrganisation()
    const { system: ctx } = org
    const { leadId } = await aLead(org)
    await logContact(ctx, { leadId, kind: 'call', outcome: 'callback', nextStepAt: later(ctx, 20).now })
    expect(await nextStepOf(leadId)).toEqual(later(ctx, 20).now)
    const { taskId } = await createTask(ctx, { leadId, kind: 'mail', title: 'Send the catalogue', dueAt: later(ctx, 3).now })
    expect(await nextStepOf(leadId)).toEqual(later(ctx, 3).now)
    await moveTask(ctx, { taskId, dueAt: later(ctx, 30).now })
    expect(await nextStepOf(leadId)).toEqual(later(ctx, 20).now)
    await logContact(later(ctx, 1), { leadId, kind: 'call', outcome: 'connected', nextStepAt: null })
    expect(await nextStepOf(leadId)).toEqual(later(ctx, 30).now)
    await completeTask(later(ctx, 2), { taskId })
    expect(await nextStepOf(leadId)).toBeNull()
    await reopenTask(later(ctx, 2), { taskId })
    expect(await nextStepOf(leadId)).toEqual(later(ctx, 30).now)
    await cancelTask(later(ctx, 2), { taskId })
    expect(await nextStepOf(leadId)).toBeNull()
    expect(await refusal(completeTask(ctx, { taskId }))).toBe('conflict')
    expect((await tasksOf(org)).map(({ kind, sequence }) => [kind, sequence])).toEqual([['callback', 1], ['mail', 4]])
    const log = await asSuperuser((tx) => tx.select().from(auditEntries).where(eq(auditEntries.subject, taskId)))
    expect(log.map(({ action }) => action)).toEqual(['task.create', 'task.move', 'task.complete', 'task.reopen', 'task.cancel'])
    const told = await asSuperuser((tx) => tx.select().from(outbox).where(eq(outbox.name, 'task.changed')))
    expect(told).toHaveLength(7)
  })

  it('undoing a contact withdraws its callback and opens the one it had answered', async () => {
    const org = await anOrganisation()
    const rep = await org.as('manager')
    const { leadId } = await aLead(org)
    await logContact(rep, { leadId, kind: 'call', outcome: 'busy', nextStepAt: later(rep, 5).now })
    const { activityId } = await logContact(later(rep, 1), { leadId, kind: 'call', outcome: 'busy', nextStepAt: later(rep, 9).now })
    expect(await nextStepOf(leadId)).toEqual(later(rep, 9).now)
    await undoActivity(later(rep, 2), { activityId })
    expect(await nextStepOf(leadId)).toEqual(later(rep, 5).now)
    expect((await tasksOf(org)).map(({ doneAt, cancelledAt }) => [doneAt === null, cancelledAt === null])).toEqual([[true, true], [true, false]])
  })

  it('a lead that closes has none; undone or valid again, its callback stands again', async () => {
    const org = await anOrganisation()
    const rep = await org.as('manager')
    const { leadId } = await aLead(org)
    await logContact(rep, { leadId, kind: 'call', outcome: 'busy', nextStepAt: later(rep, 5).now })
    const { moveId } = await moveStage(rep, { leadId, to: 'lost', reason: 'budget' })
    expect(await nextStepOf(leadId)).toBeNull()
    await undoMove(rep, { moveId: moveId ?? 'mov_x' })
    expect(await nextStepOf(leadId)).toEqual(later(rep, 5).now)
    await giveVerdict(rep, { leadId, verdict: 'junk', reason: 'spam' })
    expect(await nextStepOf(leadId)).toBeNull()
    await giveVerdict(rep, { leadId, verdict: 'valid' })
    expect(await nextStepOf(leadId)).toEqual(later(rep, 5).now)
  })
})

describe('tasks', () => {
  it('are meant on the clock of the person, else of the organisation', async () => {
    const org = await anOrganisation()
    const { leadId, personId } = await aLead(org)
    const inShanghai = await createTask(org.system, { leadId, title: 'x', due: '2024-05-20T09:00' })
    expect(inShanghai.dueAt).toEqual(new Date('2024-05-20T01:00:00Z'))
    await asSuperuser((tx) => tx.update(people).set({ country: 'DE' }).where(eq(people.id, personId)))
    const { taskId, dueAt } = await createTask(org.system, { leadId, title: 'x', due: '2024-05-20T09:00' })
    expect(dueAt).toEqual(new Date('2024-05-20T07:00:00Z'))
    expect((await moveTask(org.system, { taskId, rule: 'days7' })).dueAt).toEqual(new Date('2024-05-22T07:00:00Z'))
    expect(await refusal(createTask(org.system, { leadId, title: 'x' }))).toBe('invalid')
  })

  it('stand by when they are due on the organisation’s calendar', async () => {
    const org = await anOrganisation()
    const rep = await org.as('rep')
    for (const due of ['2024-05-15T11:59', '2024-05-15T23:59', '2024-05-16T00:00', '2024-05-22T23:59', '2024-05-23T00:00']) await createTask(rep, { title: due, due })
    const { taskId } = await createTask(rep, { title: 'done', due: '2024-05-15T08:00' })
    await completeTask(rep, { taskId })
    const page = await tasksPage(rep, {})
    expect(Object.entries(page).map(([name, lines]) => [name, Array.isArray(lines) ? lines.map(({ title }) => title) : lines])).toEqual([
      ['overdue', ['2024-05-15T11:59']], ['today', ['2024-05-15T23:59']], ['week', ['2024-05-16T00:00', '2024-05-22T23:59']], ['later', ['2024-05-23T00:00']], ['done', ['done']], ['more', false],
    ])
  })

  it('a rep sees their own and those of their leads; for colleagues only who assigns may write one', async () => {
    const org = await anOrganisation()
    const [li, wang, boss] = [await org.as('rep'), await org.as('rep'), await org.as('manager')]
    const { leadId } = await aLead(org, { ownerId: memberOf(li.actor) })
    const { taskId } = await createTask(li, { leadId, title: 'Offer', dueAt: later(li, 2).now })
    expect((await tasksPage(wang, { whose: 'team' })).today).toEqual([])
    expect((await tasksPage(boss, { whose: 'team' })).today.map(({ id }) => id)).toEqual([taskId])
    expect(await refusal(completeTask(wang, { taskId }))).toBe('not-found')
    expect(await refusal(leadTasks(wang, { leadId }))).toBe('not-found')
    expect(await refusal(createTask(li, { title: 'x', dueAt: li.now, assigneeId: memberOf(wang.actor) ?? undefined }))).toBe('not-allowed')
    await createTask(boss, { title: 'Call Hengtai 13812341234', dueAt: later(li, 3).now, assigneeId: memberOf(wang.actor) ?? undefined })
    expect((await tasksPage(wang, {})).today.map(({ title }) => title)).toEqual(['Call Hengtai 13812341234'])
  })

  it('go with the lead to its new owner, but for what a colleague took on; told twice nothing moves', async () => {
    const org = await anOrganisation()
    const [li, wang, zhao] = [await org.as('rep'), await org.as('rep'), await org.as('rep')]
    const [from, to, other] = [memberOf(li.actor), memberOf(wang.actor), memberOf(zhao.actor)]
    const { leadId } = await aLead(org, { ownerId: from })
    await logContact(li, { leadId, kind: 'call', outcome: 'callback', nextStepAt: later(li, 2).now })
    await createTask(org.system, { leadId, title: 'of a colleague', dueAt: later(li, 3).now, assigneeId: other ?? undefined })
    await changeOwnership(org.system, { leadId, to })
    expect(await followOwner(org.system, { leadId, from, to })).toEqual({ moved: 1 })
    expect(await followOwner(org.system, { leadId, from, to })).toEqual({ moved: 0 })
    expect((await tasksOf(org)).map(({ assigneeId }) => assigneeId)).toEqual([to, other])
  })
})

describe('the calendar', () => {
  const tokenOf = (url: string) => /\/api\/calendar\/([\w-]{43})\.ics$/.exec(url)?.[1] ?? ''

  it('holds what is to be done, without numbers, and names companies only as the member sees them now', async () => {
    const org = await anOrganisation()
    const rep = await org.as('rep')
    const own = await aLead(org, { ownerId: memberOf(rep.actor), company: 'Hengtai, Ltd' })
    const foreign = await aLead(org, { company: 'Secret Corp', world: own })
    const first = await createTask(rep, { leadId: own.leadId, kind: 'call', title: 'Ring 13812341234, or li@example.com', due: '2024-05-20T09:00' })
    await createTask(org.system, { leadId: foreign.leadId, kind: 'meeting', due: '2024-05-21T09:00', assigneeId: memberOf(rep.actor) ?? undefined })
    await moveTask(rep, { taskId: first.taskId, due: '2024-05-20T10:00' })
    const { url } = await regenerateFeed(rep, {})
    const text = (await calendarFeed(tokenOf(url), rep.now, 'test')) ?? ''
    expect(text.split('\r\n').filter((line) => /^(UID|SEQ|DTSTART|SUMMARY|STATUS)/.test(line)).slice(0, 5)).toEqual([
      `UID:${first.taskId}@clew`, 'SEQUENCE:1', 'DTSTART:20240520T020000Z', 'SUMMARY:Ring ****34\\, or l***@example.com · Hengtai\\, Ltd', 'STATUS:CONFIRMED',
    ])
    expect(text).not.toContain('Secret Corp')
    await cancelTask(rep, { taskId: first.taskId })
    expect((await calendarFeed(tokenOf(url), rep.now, 'test')) ?? '').toContain('SEQUENCE:2\r\nDTSTART:20240520T020000Z')
    expect((await calendarFeed(tokenOf(url), later(rep, 24 * 31).now, 'test')) ?? '').not.toContain('CANCELLED')
  })

  it('opens to its token only: made anew, ended, or of a leaver it is gone; the token is kept as a digest', async () => {
    const org = await anOrganisation()
    const rep = await org.as('rep')
    const [old, fresh] = [tokenOf((await regenerateFeed(rep, {})).url), tokenOf((await regenerateFeed(rep, {})).url)]
    expect(await calendarFeed(old, rep.now, 'test')).toBeNull()
    expect(await calendarFeed(fresh, rep.now, 'test')).toContain('BEGIN:VCALENDAR')
    expect(await calendarFeed(`${fresh.slice(0, -1)}${fresh.endsWith('A') ? 'B' : 'A'}`, rep.now, 'test')).toBeNull()
    expect(await asSuperuser(async (tx) => JSON.stringify(await tx.select().from(calendarFeeds)))).not.toContain(fresh)
    expect(await ownFeed(rep, {})).toEqual({ since: rep.now })
    await asSuperuser((tx) => tx.update(members).set({ status: 'deactivated' }).where(eq(members.id, memberOf(rep.actor) ?? 'mem_x')))
    expect(await calendarFeed(fresh, rep.now, 'test')).toBeNull()
    await asSuperuser((tx) => tx.update(members).set({ status: 'active' }).where(eq(members.id, memberOf(rep.actor) ?? 'mem_x')))
    await revokeFeed(rep, {})
    expect(await calendarFeed(fresh, rep.now, 'test')).toBeNull()
    expect(await refusal(regenerateFeed(org.system, {}))).toBe('not-allowed')
  })
})
