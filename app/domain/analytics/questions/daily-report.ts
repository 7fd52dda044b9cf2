// What did a team do on a day? New leads, answers in time, contacts, moves through the funnel, what is overdue, and how
// much of the targets that is. Counts nothing of its own: the funnel, speed-to-lead and the lists' filter are asked.
import { and, eq, sql } from 'drizzle-orm'
import { fromUuid, isId, toUuid, type Id } from '~/lib/ids'
import { addDays, localDate } from '~/lib/period'
import type { Tx } from '~db/client.server'
import { dailyReports, members, targets } from '~db/schema'
import { memberOf, query, type Context } from '../../kernel'
import { leadFilter, visibleLeads } from '../../leads'
import { LeadFilter } from '../../leads/contract'
import { DailyReportQuestion } from '../contract'
import { dailyLeadMetrics, type DailyLeadMetric } from '../metrics'
import { organisationOf } from '../moments'
import type { DailyCounts, Reached, TargetMetric } from '../vocabulary'
import { contactsByMember } from './contacts-of-day'
import { funnelByStage } from './funnel-by-stage'
import { speedToLead } from './speed-to-lead'

type InTx = Context & { tx: Tx }
/** A member's line; `id` null is what nobody owns. */
export type DailyRow = { id: Id<'mem'> | null; name: string | null; counts: DailyCounts; targets: Reached[] }
/** `sent` is the report as it went out, where it did and the reader may see all that is in it. */
export type DailyReport = {
  day: string; teamId: Id<'team'> | null; isToday: boolean; timeZone: string; rows: DailyRow[]; totals: DailyCounts; targets: Reached[]; sent: { id: Id<'drp'>; at: Date } | null
}
type Person = { id: Id<'mem'>; name: string; role: string; status: string; teamId: Id<'team'> | null }

const none = (overdue: number | null): DailyCounts => ({ leads: 0, kept: 0, missed: 0, contacts: 0, calls: 0, qualified: 0, graded: 0, won: 0, overdue })

/** The filter of the list behind a number of the report; `owner` narrows it to a member, `none` to what nobody owns. */
export function dailyBehind(day: string, metric: DailyLeadMetric | 'overdue', owner?: Id<'mem'> | 'none'): LeadFilter {
  const whose = owner === undefined ? {} : { owner }
  if (metric === 'overdue') return LeadFilter.parse({ ...whose, f: [`next.to.${addDays(day, -1)}`] })
  return LeadFilter.parse({ from: day, to: day, ...dailyLeadMetrics[metric], ...whose })
}

/** A day's numbers of the organisation or a team, by member and in all; only of leads the viewer may see. Refuses: not-allowed, invalid. */
export const dailyReport = query({
  name: 'report.daily',
  permission: 'reports:read',
  input: DailyReportQuestion,
  async run({ tx, ctx, input: { day, teamId } }): Promise<DailyReport> {
    const { timeZone } = await organisationOf(tx)
    const isToday = day === localDate(ctx.now, timeZone)
    const counts = await countsByOwner(ctx, day, timeZone, isToday)
    const people = await tx.select({ id: members.id, name: members.name, role: members.role, status: members.status, teamId: members.teamId }).from(members).where(eq(members.orgId, ctx.orgId)).orderBy(sql`${members.name} collate "zh-x-icu"`, members.id)
    const goals = await goalsOf(ctx, day)
    const shown = people.filter((person) => isShown(ctx, person, teamId, counts))
    const rows: DailyRow[] = shown.map(({ id, name }) => rowOf(id, name, counts, isToday, goals))
    if (teamId === null && counts.has(null)) rows.push(rowOf(null, null, counts, isToday, goals))
    const totals = sumOf(rows, isToday)
    const monthly = shown.reduce((sum, { id }) => sum + (goals.qualified.get(id) ?? 0), 0)
    const own = teamId === null ? [] : goals.rows.filter((goal) => goal.teamId === teamId)
    return { day, teamId, isToday, timeZone, rows, totals, targets: own.map(({ metric, value }) => ({ metric, value, reached: metric === 'contacts_per_day' ? totals.contacts : monthly })), sent: await sentOf(ctx, day, teamId) }
  },
})

async function countsByOwner(ctx: InTx, day: string, timeZone: string, isToday: boolean): Promise<Map<Id<'mem'> | null, DailyCounts>> {
  const all = new Map<Id<'mem'> | null, DailyCounts>()
  const at = (key: string | null): DailyCounts => {
    const id = isId('mem', key) ? key : null
    const counts = all.get(id) ?? none(isToday ? 0 : null)
    all.set(id, counts)
    return counts
  }
  const span = { from: day, to: day, by: 'owner' as const }
  for (const { key, leads } of (await funnelByStage(ctx, { ...span, view: 'cohort' })).rows) if (leads > 0) at(key).leads = leads
  for (const { key, qualified, graded, won } of (await funnelByStage(ctx, { ...span, view: 'activity' })).rows) if (qualified + graded + won > 0) Object.assign(at(key), { qualified, graded, won })
  for (const { key, kept, missed } of (await speedToLead(ctx, span)).rows) if (kept + missed > 0) Object.assign(at(key), { kept, missed })
  for (const [id, counts] of await contactsByMember(ctx.tx, ctx, day, timeZone)) Object.assign(at(id), counts)
  if (isToday) for (const [id, overdue] of await overdueByOwner(ctx, day, timeZone)) at(id).overdue = overdue
  return all
}

async function overdueByOwner(ctx: InTx, day: string, timeZone: string): Promise<[Id<'mem'> | null, number][]> {
  const rows = await ctx.tx.execute<{ id: string | null; n: number }>(sql`
    select l.owner_id as id, count(*)::int as n from leads l join lead_stages s on s.org_id = l.org_id and s.lead_id = l.id
    where ${and(visibleLeads(ctx, 'l'), leadFilter(ctx, dailyBehind(day, 'overdue'), timeZone), sql`l.org_id = ${toUuid(ctx.orgId)}::uuid`)} group by l.owner_id`)
  return rows.map(({ id, n }) => [id === null ? null : fromUuid('mem', id), n])
}

// Whoever sells stands in it though they did nothing; a rep who sees only their own sees only themselves.
function isShown({ actor }: Context, { id, role, status, teamId }: Person, team: Id<'team'> | null, counts: ReadonlyMap<Id<'mem'> | null, DailyCounts>): boolean {
  if (team !== null && teamId !== team) return false
  if (counts.has(id)) return true
  if (actor.kind === 'user' && actor.visibility.reports !== 'all') return id === memberOf(actor) || (actor.visibility.reports === 'team' && teamId !== null && teamId === actor.teamId && role === 'rep' && status === 'active')
  return role === 'rep' && status === 'active'
}

type Goals = { rows: { memberId: Id<'mem'> | null; teamId: Id<'team'> | null; metric: TargetMetric; value: number }[]; qualified: Map<Id<'mem'>, number> }

/** The month's targets, and how many leads each member qualified since it began. */
async function goalsOf(ctx: InTx, day: string): Promise<Goals> {
  const rows = await ctx.tx.select({ memberId: targets.memberId, teamId: targets.teamId, metric: targets.metric, value: targets.value }).from(targets).where(and(eq(targets.orgId, ctx.orgId), eq(targets.month, day.slice(0, 7))))
  if (!rows.some(({ metric }) => metric === 'qualified_per_month')) return { rows, qualified: new Map() }
  const month = await funnelByStage(ctx, { from: `${day.slice(0, 7)}-01`, to: day, by: 'owner', view: 'activity' })
  return { rows, qualified: new Map(month.rows.flatMap(({ key, qualified }) => (isId('mem', key) ? [[key, qualified]] : []))) }
}

function rowOf(id: Id<'mem'> | null, name: string | null, all: ReadonlyMap<Id<'mem'> | null, DailyCounts>, isToday: boolean, goals: Goals): DailyRow {
  const counts = all.get(id) ?? none(isToday ? 0 : null)
  const own = id === null ? [] : goals.rows.filter(({ memberId }) => memberId === id)
  return { id, name, counts, targets: own.map(({ metric, value }) => ({ metric, value, reached: metric === 'contacts_per_day' ? counts.contacts : (id === null ? 0 : (goals.qualified.get(id) ?? 0)) })) }
}

function sumOf(rows: readonly DailyRow[], isToday: boolean): DailyCounts {
  const totals = none(isToday ? 0 : null)
  for (const { counts } of rows) for (const name of Object.keys(totals) as (keyof DailyCounts)[]) if (counts[name] !== null) totals[name] = (totals[name] ?? 0) + counts[name]
  return totals
}

async function sentOf({ tx, orgId, actor }: InTx, day: string, teamId: Id<'team'> | null): Promise<DailyReport['sent']> {
  const scope = actor.kind === 'user' ? actor.visibility.reports : 'all'
  if (scope === 'own' || (scope === 'team' && (actor.kind !== 'user' || teamId === null || actor.teamId !== teamId))) return null
  const [row] = await tx.select({ id: dailyReports.id, at: dailyReports.madeAt }).from(dailyReports)
    .where(and(eq(dailyReports.orgId, orgId), eq(dailyReports.day, day), teamId === null ? sql`${dailyReports.teamId} is null` : eq(dailyReports.teamId, teamId)))
  return row ?? null
}
