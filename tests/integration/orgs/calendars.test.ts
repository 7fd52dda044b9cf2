import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { memberOf, type Context } from '~/domain/kernel'
import { addAbsence, addWorkDays, isWorking, removeAbsence, removeHours, removeWorkDay, setHours, workingHours } from '~/domain/orgs'
import { newId, type Id } from '~/lib/ids'
import { absences, auditEntries, outbox, teams, workCalendars, workDays } from '~db/schema'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation, NOON, type TestOrganisation } from '~tests/support/organisations'
import { standingCases } from '~tests/support/standing-cases'

const week = ['09:00-18:00', '09:00-18:00', '09:00-18:00', '09:00-18:00', '09:00-18:00', '', '']
const me = (ctx: Context) => memberOf(ctx.actor) as Id<'mem'>
const refusal = (work: Promise<unknown>) => work.then(() => 'none', (error: { code: string }) => error.code)
const at = (ctx: Context, text: string): Context => ({ ...ctx, now: new Date(text) })
async function aTeam(org: TestOrganisation): Promise<Id<'team'>> {
  const id = newId('team')
  await asSuperuser((tx) => tx.insert(teams).values({ orgId: org.orgId, id, name: id, createdAt: NOON }))
  return id
}
const holidays = (org: TestOrganisation) => addWorkDays(org.system, { kind: 'off', lines: '2024-05-16 Feast' })

standingCases(setHours, { input: async (owner) => ({ teamId: await aTeam(owner), hours: week }) })
standingCases(removeHours, { input: async (owner) => setHours(owner.system, { teamId: await aTeam(owner), hours: week }) })
standingCases(addWorkDays, { input: async (owner) => ({ teamId: await aTeam(owner), kind: 'off', lines: '2024-05-16 Feast' }) })
standingCases(removeWorkDay, { input: async (owner) => ({ calendarId: (await holidays(owner)).calendarId, day: '2024-05-16' }) })
standingCases(addAbsence, { input: async (owner) => ({ memberId: me(await owner.as('rep')), fromDay: '2024-05-16', kind: 'leave' }) })
standingCases(removeAbsence, { input: async (owner) => addAbsence(await owner.as('rep'), { fromDay: '2024-05-16', kind: 'leave' }) })
standingCases(isWorking, { input: async (owner) => ({ memberIds: [me(await owner.as('rep'))] }), foreign: (answer) => expect(answer.size).toBe(0) })
standingCases(workingHours, { input: async (owner) => { await holidays(owner); return {} }, foreign: 'names nothing' })

describe('hours', () => {
  it('are Monday to Friday, nine to six, until somebody says otherwise; then they are told and noted', async () => {
    const org = await anOrganisation()
    const usual = await workingHours(org.system, {})
    // Wednesday, noon in Shanghai.
    expect(usual.now).toMatchObject({ isOpen: true, closesAt: new Date('2024-05-15T18:00:00+08:00'), nextOff: null })
    const { calendarId } = await setHours(org.system, { hours: ['10-12, 13-19', ...week.slice(1)], timeZone: 'Europe/Berlin' })
    expect((await setHours(org.system, { hours: ['10-12, 13-19', ...week.slice(1)], timeZone: 'Europe/Berlin' })).calendarId).toBe(calendarId)
    // Six in the morning in Berlin.
    expect((await workingHours(org.system, {})).now).toMatchObject({ isOpen: false, opensAt: new Date('2024-05-15T09:00:00+02:00'), timeZone: 'Europe/Berlin' })
    const [row] = await asSuperuser((tx) => tx.select().from(workCalendars).where(eq(workCalendars.orgId, org.orgId)))
    expect(row?.week).toMatchObject([[{ from: 600, to: 720 }, { from: 780, to: 1140 }], [{ from: 540, to: 1080 }], {}, {}, {}, [], []])
    const [audits, events] = await asSuperuser(async (tx) => [await tx.select().from(auditEntries).where(eq(auditEntries.orgId, org.orgId)), await tx.select().from(outbox).where(eq(outbox.orgId, org.orgId))])
    expect(audits.map(({ action }) => action)).toEqual(['calendar.set', 'calendar.set'])
    expect(events.map(({ name, payload }) => [name, payload])).toEqual([['calendar.changed', { calendarId }], ['calendar.changed', { calendarId }]])
  })

  it('of a team and a member stand before those of the organisation, and keep its holidays unless the team has its own', async () => {
    const org = await anOrganisation()
    const teamId = await aTeam(org)
    const rep = await org.as('rep', { teamId })
    await holidays(org)
    await setHours(org.system, { memberId: me(rep), hours: ['08:00-10:00', '08:00-10:00', '08:00-10:00', '08:00-10:00', '', '', ''] })
    const present = async (text: string) => (await isWorking(org.system, { memberIds: [me(rep)], at: new Date(text) })).get(me(rep))
    expect(await present('2024-05-15T09:00:00+08:00')).toMatchObject({ isWorking: true })
    expect(await present('2024-05-16T09:00:00+08:00')).toEqual({ isWorking: false, why: 'day-off', backAt: new Date('2024-05-20T08:00:00+08:00') })
    await setHours(org.system, { teamId, hours: week, ownDays: true })
    expect(await present('2024-05-16T09:00:00+08:00')).toMatchObject({ isWorking: true })
    const [calendar] = await asSuperuser((tx) => tx.select().from(workCalendars).where(eq(workCalendars.memberId, me(rep))))
    await removeHours(org.system, { calendarId: calendar?.id as Id<'cal'> })
    expect(await present('2024-05-15T15:00:00+08:00')).toMatchObject({ isWorking: true })
    const [organisation] = await asSuperuser((tx) => tx.select().from(workCalendars).where(eq(workCalendars.kind, 'organisation')))
    expect(await refusal(removeHours(org.system, { calendarId: organisation?.id as Id<'cal'> }))).toBe('conflict')
  })

  it('refuse what is no time of day, and name the day', async () => {
    const org = await anOrganisation()
    const wrong = await setHours(org.system, { hours: ['nine to five', ...week.slice(1)] }).catch((error: { code: string; fields: object }) => error)
    expect(wrong).toMatchObject({ code: 'invalid', fields: { 'hours.0': ['not-hours'] } })
  })
})

describe('days that differ', () => {
  it('are pasted; a weekend that is worked has the hours of the weekday it stands for', async () => {
    const org = await anOrganisation()
    const admin = await org.as('admin')
    expect(await addWorkDays(admin, { kind: 'off', lines: '2026-10-01..2026-10-07 国庆节' })).toMatchObject({ added: 7 })
    const { calendarId } = await addWorkDays(admin, { kind: 'working', likeWeekday: 3, lines: '2026-10-10 调休' })
    const rep = await org.as('rep')
    const present = async (text: string) => (await isWorking(org.system, { memberIds: [me(rep)], at: new Date(text) })).get(me(rep))
    expect(await present('2026-10-05T10:00:00+08:00')).toEqual({ isWorking: false, why: 'day-off', backAt: new Date('2026-10-08T09:00:00+08:00') })
    expect(await present('2026-10-10T10:00:00+08:00')).toMatchObject({ isWorking: true })
    expect((await workingHours(at(admin, '2026-09-20T04:00:00Z'), {})).now.nextOff).toEqual({ day: '2026-10-01', name: '国庆节' })
    await removeWorkDay(admin, { calendarId, day: '2026-10-10' })
    expect(await present('2026-10-10T10:00:00+08:00')).toMatchObject({ isWorking: false, why: 'off-hours' })
    const rows = await asSuperuser((tx) => tx.select().from(workDays).where(eq(workDays.orgId, org.orgId)))
    expect(rows.every(({ addedBy }) => addedBy === me(admin))).toBe(true)
  })

  it('name the lines that cannot be read and keep nothing', async () => {
    const org = await anOrganisation()
    await expect(addWorkDays(org.system, { kind: 'off', lines: '2026-10-01\nnext Friday' })).rejects.toMatchObject({ code: 'invalid', fields: { lines: ['not-days'] }, params: { lines: '2' } })
    expect(await asSuperuser((tx) => tx.select().from(workDays).where(eq(workDays.orgId, org.orgId)))).toEqual([])
  })
})

describe('absences', () => {
  it('one notes one’s own; another’s only who may assign leads; the kind is no word of the log', async () => {
    const org = await anOrganisation()
    const [rep, other, manager] = [await org.as('rep'), await org.as('rep'), await org.as('manager')]
    const { absenceId } = await addAbsence(rep, { fromDay: '2024-05-15', fromTime: '13:00', toDay: '2024-05-16', toTime: '12:00', kind: 'sick' })
    expect(await refusal(addAbsence(other, { memberId: me(rep), fromDay: '2024-05-20', kind: 'leave' }))).toBe('not-allowed')
    expect(await refusal(removeAbsence(other, { absenceId }))).toBe('not-allowed')
    expect(await refusal(addAbsence(rep, { fromDay: '2024-05-20', toDay: '2024-05-19', kind: 'leave' }))).toBe('invalid')
    const present = async (text: string) => (await isWorking(org.system, { memberIds: [me(rep)], at: new Date(text) })).get(me(rep))
    expect(await present('2024-05-15T12:59:00+08:00')).toMatchObject({ isWorking: true })
    expect(await present('2024-05-15T13:00:00+08:00')).toEqual({ isWorking: false, why: 'absent', backAt: new Date('2024-05-16T12:00:00+08:00') })
    expect((await workingHours(other, {})).absences).toEqual([])
    expect((await workingHours(manager, {})).absences).toMatchObject([{ name: 'A rep', kind: 'sick', mayRemove: true }])
    await removeAbsence(manager, { absenceId })
    expect(await present('2024-05-15T13:00:00+08:00')).toMatchObject({ isWorking: true })
    expect(await removeAbsence(manager, { absenceId })).toEqual({ absenceId })
    const [kept, audits] = await asSuperuser(async (tx) => [await tx.select().from(absences).where(eq(absences.orgId, org.orgId)), await tx.select().from(auditEntries).where(eq(auditEntries.orgId, org.orgId))])
    expect(kept).toHaveLength(1)
    expect(audits.map(({ action }) => action)).toEqual(['absence.add', 'absence.remove'])
    expect(JSON.stringify(audits)).not.toContain('sick')
  })
})
