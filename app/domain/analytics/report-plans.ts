import { and, eq, isNull } from 'drizzle-orm'
import { newId, type Id } from '~/lib/ids'
import { reportPlans as plans, teams } from '~db/schema'
import { command, DomainError, query } from '../kernel'
import { nothing } from '../kernel/contract'
import { listTeams } from '../orgs'
import { SetReportPlan } from './contract'

/** When a daily report is made: a minute of the day by the organisation's clock. `teamId` null is the organisation's. */
export type ReportPlan = { teamId: Id<'team'> | null; teamName: string | null; minute: number; isOn: boolean }

const USUAL_MINUTE = 1_110

/** The organisation's plan and each team's, set or not. Nothing is sent until somebody switches it on. */
export const reportPlans = query({
  name: 'report-plan.list',
  permission: 'reports:read',
  input: nothing,
  async run({ tx, ctx }): Promise<ReportPlan[]> {
    const set = await tx.select().from(plans).where(eq(plans.orgId, ctx.orgId))
    const planOf = (teamId: Id<'team'> | null, teamName: string | null): ReportPlan => {
      const plan = set.find((row) => row.teamId === teamId)
      return { teamId, teamName, minute: plan?.minute ?? USUAL_MINUTE, isOn: plan?.isOn ?? false }
    }
    return [planOf(null, null), ...(await listTeams(ctx, {})).map(({ id, name }) => planOf(id, name))]
  },
})

/** Sets when a daily report is made and whether it is. Refuses: not-found (team), invalid. */
export const setReportPlan = command({
  name: 'report-plan.set',
  permission: 'targets:write',
  input: SetReportPlan,
  async run({ tx, ctx, input: { teamId, at, on }, audit }): Promise<ReportPlan> {
    const team = teamId === null ? null : (await tx.select({ name: teams.name }).from(teams).where(and(eq(teams.orgId, ctx.orgId), eq(teams.id, teamId))))[0]
    if (team === undefined) throw new DomainError('not-found')
    const minute = Number(at.slice(0, 2)) * 60 + Number(at.slice(3))
    const mine = and(eq(plans.orgId, ctx.orgId), teamId === null ? isNull(plans.teamId) : eq(plans.teamId, teamId))
    const [before] = await tx.select().from(plans).where(mine).for('update')
    const set = { minute, isOn: on, setAt: ctx.now }
    if (before === undefined) await tx.insert(plans).values({ orgId: ctx.orgId, id: newId('rpl'), teamId, ...set })
    else await tx.update(plans).set(set).where(mine)
    await audit(teamId ?? ctx.orgId, { before: before === undefined ? null : { minute: before.minute, status: before.isOn }, after: { minute, status: on } })
    return { teamId, teamName: team?.name ?? null, minute, isOn: on }
  },
})
