import { and, eq } from 'drizzle-orm'
import { isId, newId, type Id } from '~/lib/ids'
import { members, targets, teams } from '~db/schema'
import { command, DomainError, query } from '../kernel'
import { listMembers, listTeams } from '../orgs'
import { SetTargets, TargetsOf } from './contract'
import { targetMetrics, type TargetMetric } from './vocabulary'

/** What somebody, or a team, is to reach in a month; null where nothing is set. */
export type TargetRow = { subject: Id<'mem'> | Id<'team'>; name: string; isTeam: boolean; values: Record<TargetMetric, number | null> }

/** The targets of a month: every team, then every active member who sells, set or not. */
export const targetsOf = query({
  name: 'target.list',
  permission: 'reports:read',
  input: TargetsOf,
  async run({ tx, ctx, input: { month } }): Promise<TargetRow[]> {
    const set = await tx.select().from(targets).where(and(eq(targets.orgId, ctx.orgId), eq(targets.month, month)))
    const valuesOf = (subject: string) => Object.fromEntries(targetMetrics.map((metric) => [metric, set.find((row) => row.metric === metric && (row.memberId ?? row.teamId) === subject)?.value ?? null])) as TargetRow['values']
    const sellers = (await listMembers(ctx, {})).filter(({ status, role }) => status === 'active' && (role === 'rep' || role === 'manager'))
    return [
      ...(await listTeams(ctx, {})).map(({ id, name }) => ({ subject: id, name, isTeam: true, values: valuesOf(id) })),
      ...sellers.map(({ id, name }) => ({ subject: id, name, isTeam: false, values: valuesOf(id) })),
    ]
  },
})

/** Sets what a member or team is to reach in a month; an empty one is taken away. Refuses: not-found, invalid. */
export const setTargets = command({
  name: 'target.set',
  permission: 'targets:write',
  input: SetTargets,
  async run({ tx, ctx, input: { month, subject, ...values }, audit }): Promise<{ subject: Id<'mem'> | Id<'team'> }> {
    const [memberId, teamId] = [isId('mem', subject) ? subject : null, isId('team', subject) ? subject : null]
    const known = memberId === null
      ? await tx.select({ id: teams.id }).from(teams).where(and(eq(teams.orgId, ctx.orgId), eq(teams.id, subject as Id<'team'>)))
      : await tx.select({ id: members.id }).from(members).where(and(eq(members.orgId, ctx.orgId), eq(members.id, memberId))).for('update')
    if (known.length === 0) throw new DomainError('not-found')
    const mine = and(eq(targets.orgId, ctx.orgId), eq(targets.month, month), memberId === null ? eq(targets.teamId, subject as Id<'team'>) : eq(targets.memberId, memberId))
    const before = await tx.select().from(targets).where(mine).for('update')
    await tx.delete(targets).where(mine)
    const rows = targetMetrics.flatMap((metric) => (values[metric] === null ? [] : [{ orgId: ctx.orgId, id: newId('tgt'), memberId, teamId, month, metric, value: values[metric], setAt: ctx.now }]))
    if (rows.length > 0) await tx.insert(targets).values(rows)
    await audit(subject, { before: Object.fromEntries(before.map(({ metric, value }) => [metric, value])), after: { ...values } })
    return { subject }
  },
})
