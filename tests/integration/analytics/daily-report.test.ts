import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { contactsOfDay, dailyBehind, dailyReport, makeDueReportsIn, reportPlans, setReportPlan, setTargets, targetsOf } from '~/domain/analytics'
import { dailyLeadMetrics, type DailyLeadMetric } from '~/domain/analytics/metrics'
import { inTransaction, memberOf, type Context } from '~/domain/kernel'
import { countLeads, logContact } from '~/domain/leads'
import { LeadFilter } from '~/domain/leads/contract'
import { hearEvents, noticePage, reportLines } from '~/domain/notifications'
import { addWorkDays, createTeam } from '~/domain/orgs'
import type { Id } from '~/lib/ids'
import { dailyHref } from '~/routes/app/reports.daily/columns'
import { auditEntries, dailyReports, leads, outbox } from '~db/schema'
import { aLead, aWorld } from '~tests/integration/leads/a-lead'
import { heard } from '~tests/integration/notifications/told'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation, type TestOrganisation } from '~tests/support/organisations'
import { standingCases } from '~tests/support/standing-cases'

const today = '2024-05-15'
const meOf = (ctx: Context): Id<'mem'> => memberOf(ctx.actor) ?? 'mem_x'
const at = (time: string, days = 0) => new Date(Date.parse(`2024-05-15T${time}:00+08:00`) + days * 86_400_000)
const plan = { at: '18:30', on: true }
const empty = { leads: 0, kept: 0, missed: 0, contacts: 0, calls: 0, qualified: 0, graded: 0, won: 0, overdue: 0 }

standingCases(dailyReport, { input: async (owner) => ({ day: today, teamId: (await aDay(owner)).teamId }), foreign: ({ rows, totals }) => { expect(rows).toEqual([]); expect(totals.leads).toBe(0) } })
standingCases(contactsOfDay, { input: async (owner) => ({ day: today, memberId: meOf((await aDay(owner)).li) }), foreign: ({ count, lines }) => { expect([count, lines]).toEqual([0, []]) } })
standingCases(targetsOf, { input: async (owner) => { await setTargets(owner.system, await aTarget(owner)); return { month: '2024-05' } }, foreign: (rows) => expect(rows).toEqual([]) })
standingCases(setTargets, { input: aTarget })
standingCases(reportPlans, { input: async (owner) => { await createTeam(owner.system, { name: 'North' }); return {} }, foreign: (rows) => expect(rows).toHaveLength(1) })
standingCases(setReportPlan, { input: async (owner) => ({ ...plan, teamId: (await createTeam(owner.system, { name: 'North' })).teamId }) })

async function aTarget(owner: TestOrganisation) {
  return { month: '2024-05', subject: meOf(await owner.as('rep')), contacts_per_day: 4, qualified_per_month: 10 }
}

/** Li of the north: two new leads, one qualified today that came last week, three contacts, one overdue. Wang, in no team: one lead, won today. One lead of nobody. */
async function aDay(org: TestOrganisation) {
  const { teamId } = await createTeam(org.system, { name: 'North' })
  const [li, wang] = [await org.as('rep', { name: 'Li', teamId }), await org.as('rep', { name: 'Wang' })]
  const world = await aWorld(org)
  const lead = (owner: Context | null, more: object = {}) => aLead(org, { world, ownerId: owner === null ? null : meOf(owner), ...more })
  const first = await lead(li)
  await lead(li, { verdict: 'junk', isOpen: false })
  const old = await lead(li, { cameInAt: at('12:00', -7), nextStepAt: at('12:00', -1), stage: { stage: 'qualified', qualifiedAt: at('10:00') } })
  await lead(wang, { isOpen: false, stage: { stage: 'won', qualifiedAt: at('09:00'), gradedAt: at('10:00'), wonAt: at('11:00') } })
  await lead(null)
  const log = (leadId: Id<'lead'>, kind: 'call' | 'wechat', time: string) => logContact({ ...li, now: at(time) }, { leadId, kind, outcome: 'no_answer', nextStepAt: null })
  await log(first.leadId, 'call', '12:10')
  await log(first.leadId, 'wechat', '12:20')
  await log(old.leadId, 'call', '12:30')
  await log(old.leadId, 'call', '23:59')
  await logContact({ ...li, now: at('00:01', 1) }, { leadId: old.leadId, kind: 'call', outcome: 'no_answer', nextStepAt: null })
  await asSuperuser((tx) => tx.update(leads).set({ nextStepAt: at('12:00', -1) }).where(eq(leads.id, old.leadId)))
  return { teamId, li, wang, lead }
}

describe('a day', () => {
  it('counts by member, in all and of a team, and every number opens a list of as many', async () => {
    const org = await anOrganisation()
    const { teamId, li, wang } = await aDay(org)
    const boss = await org.as('manager', { now: at('18:30') })
    const report = await dailyReport(boss, { day: today })
    const byName = Object.fromEntries(report.rows.map(({ name, counts }) => [name, counts]))
    expect(byName).toEqual({
      Li: { ...empty, leads: 2, contacts: 4, calls: 3, qualified: 1, overdue: 1 }, Wang: { ...empty, leads: 1, qualified: 1, graded: 1, won: 1 }, null: { ...empty, leads: 1 },
    })
    expect(report.totals).toEqual({ ...empty, leads: 4, contacts: 4, calls: 3, qualified: 2, graded: 1, won: 1, overdue: 1 })
    const north = await dailyReport(boss, { day: today, teamId })
    expect(north.rows.map(({ name }) => name)).toEqual(['Li'])
    expect(north.totals).toEqual(byName['Li'])
    for (const { id, counts } of report.rows) for (const metric of [...(Object.keys(dailyLeadMetrics) as DailyLeadMetric[]), 'overdue' as const]) {
      expect(await countLeads(boss, dailyBehind(today, metric, id ?? 'none') as never), `${String(id)} ${metric}`).toBe(counts[metric])
    }
    expect((await contactsOfDay(boss, { day: today, memberId: meOf(li) })).count).toBe(4)
    expect((await contactsOfDay(boss, { day: today, callsOnly: true })).lines.map(({ kind }) => kind)).toEqual(['call', 'call', 'call'])
    expect((await contactsOfDay(boss, { day: today, memberId: meOf(wang) })).lines).toEqual([])
    expect((await dailyReport(boss, { day: '2024-05-16' })).totals.contacts).toBe(1)
    expect((await dailyReport(boss, { day: '2024-05-14' })).totals.overdue).toBeNull()
  })

  it('the page links to the very lists that are counted', () => {
    const asked = (href: string) => {
      const params = new URL(href, 'http://clew').searchParams
      return LeadFilter.parse(Object.fromEntries([...new Set(params.keys())].map((name) => [name, name === 'f' ? params.getAll(name) : params.get(name)])))
    }
    const report = { day: today, teamId: null }
    for (const metric of [...(Object.keys(dailyLeadMetrics) as DailyLeadMetric[]), 'overdue' as const]) {
      expect(asked(dailyHref(report, metric, null)), metric).toEqual(dailyBehind(today, metric))
      expect(asked(dailyHref(report, metric, { id: 'mem_01h2xcejqtf2nbrexx3vqjhp41' })), metric).toEqual(dailyBehind(today, metric, 'mem_01h2xcejqtf2nbrexx3vqjhp41'))
      expect(asked(dailyHref(report, metric, { id: null })), metric).toEqual(dailyBehind(today, metric, 'none'))
    }
  })

  it('a rep who sees only their own sees their own line', async () => {
    const org = await anOrganisation()
    const { li } = await aDay(org)
    expect((await dailyReport({ ...li, now: at('18:30') }, { day: today })).rows.map(({ name }) => name)).toEqual(['Li'])
  })

  it('says how much of the targets is reached: contacts of the day, leads qualified since the month began', async () => {
    const org = await anOrganisation()
    const { teamId, li, lead } = await aDay(org)
    await lead(li, { cameInAt: at('12:00', -9), stage: { stage: 'qualified', qualifiedAt: at('10:00', -8) } })
    await setTargets(org.system, { month: '2024-05', subject: meOf(li), contacts_per_day: 8, qualified_per_month: 4 })
    await setTargets(org.system, { month: '2024-05', subject: teamId, contacts_per_day: 16, qualified_per_month: '' })
    const north = await dailyReport({ ...org.system, now: at('18:30') }, { day: today, teamId })
    expect(north.rows[0]?.targets).toEqual([{ metric: 'contacts_per_day', value: 8, reached: 4 }, { metric: 'qualified_per_month', value: 4, reached: 2 }])
    expect(north.targets).toEqual([{ metric: 'contacts_per_day', value: 16, reached: 4 }])
    expect((await targetsOf(org.system, { month: '2024-05' })).find(({ isTeam }) => isTeam)).toMatchObject({ name: 'North', values: { contacts_per_day: 16, qualified_per_month: null } })
    await setTargets(org.system, { month: '2024-05', subject: teamId, contacts_per_day: '', qualified_per_month: '' })
    expect((await dailyReport(org.system, { day: today, teamId })).targets).toEqual([])
    const log = await asSuperuser((tx) => tx.select().from(auditEntries).where(eq(auditEntries.subject, teamId)).orderBy(auditEntries.id))
    expect(log.map(({ action }) => action)).toEqual(['team.create', 'target.set', 'target.set'])
  })
})

describe('the daily report', () => {
  const madeOf = (org: TestOrganisation) => asSuperuser((tx) => tx.select().from(dailyReports).where(eq(dailyReports.orgId, org.orgId)))

  it('is made at its time on working days, once however often the timer fires, and says what was true then', async () => {
    const org = await anOrganisation()
    const { lead, li } = await aDay(org)
    await setReportPlan(org.system, plan)
    expect(await makeDueReportsIn(org.orgId, at('18:29'))).toBe(0)
    expect(await makeDueReportsIn(org.orgId, at('18:30'))).toBe(1)
    expect(await makeDueReportsIn(org.orgId, at('18:31'))).toBe(0)
    const [made] = await madeOf(org)
    await lead(li)
    const told = (await asSuperuser((tx) => tx.select().from(outbox).where(eq(outbox.orgId, org.orgId)))).filter(({ name }) => name === 'report.made')
    expect(told.map(({ payload }) => payload)).toEqual([{ reportId: made?.id }])
    const lines = await inTransaction(org.system, 'read only', (tx) => reportLines({ ...org.system, tx }, made?.id ?? 'drp_x', 'en'))
    expect(lines).toEqual(['New leads: 4', 'Answered in time: 0 of 0', 'Contacts logged: 4, calls 3', 'Qualified 2, graded 1, won 1', 'Next steps overdue: 1', 'Li: 4 contacts, 1 qualified, 1 overdue', 'Wang: 0 contacts, 1 qualified, 0 overdue'])
    expect((await dailyReport(org.system, { day: today })).sent).toEqual({ id: made?.id, at: at('18:30') })
  })

  it('a holiday has none, a Saturday only where it is worked, and a plan that is off none', async () => {
    const org = await anOrganisation()
    await setReportPlan(org.system, plan)
    await addWorkDays(org.system, { kind: 'off', lines: '2024-05-15 Holiday', teamId: null } as never)
    expect(await makeDueReportsIn(org.orgId, at('19:00'))).toBe(0)
    expect(await makeDueReportsIn(org.orgId, at('19:00', 1))).toBe(1)
    expect(await makeDueReportsIn(org.orgId, at('19:00', 3))).toBe(0)
    await setReportPlan(org.system, { ...plan, on: false })
    expect(await makeDueReportsIn(org.orgId, at('19:00', 5))).toBe(0)
    expect((await reportPlans(org.system, {}))[0]).toEqual({ teamId: null, teamName: null, minute: 1_110, isOn: false })
  })

  it('the organisation’s is told to those who see all of it, a team’s to those of it who see the team; reps with their own only are told none', async () => {
    const org = await anOrganisation()
    const { teamId, li } = await aDay(org)
    const [boss, lead] = [await org.as('manager'), await org.as('manager', { teamId })]
    await setReportPlan(org.system, plan)
    await setReportPlan(org.system, { ...plan, teamId })
    expect(await makeDueReportsIn(org.orgId, at('18:30'))).toBe(2)
    for (const { id } of await madeOf(org)) await hearEvents({ ...org.system, now: at('18:30') }, [heard('report.made', { reportId: id })])
    const textsOf = async (ctx: Context) => (await noticePage(ctx, {})).lines.map(({ text }) => text).sort()
    expect(await textsOf(boss)).toEqual(['The daily report of 2024-05-15 is ready: whole organisation.'])
    expect(await textsOf(lead)).toEqual(['The daily report of 2024-05-15 is ready: North.', 'The daily report of 2024-05-15 is ready: whole organisation.'])
    expect(await textsOf(li)).toEqual([])
  })
})
