import { and, eq, sql } from 'drizzle-orm'
import { fromUuid, newId, type Id } from '~/lib/ids'
import { localDate, localMoment } from '~/lib/period'
import { log } from '~/platform/log'
import { database, type Tx } from '~db/client.server'
import { dailyReports, reportPlans } from '~db/schema'
import { emitIn, inTransaction, systemContext, type Context } from '../kernel'
import { worksOn } from '../notifications'
import { calendarOf } from '../orgs'
import { organisationOf } from './moments'
import { dailyReport } from './questions/daily-report'
import type { DailyNumbers } from './vocabulary'

type InTx = Context & { tx: Tx }

/** In every organisation: makes the daily reports whose time has come today. One that fails stops only itself. */
export async function makeDueReports(now: Date): Promise<void> {
  const orgs = await database('worker').execute<{ org_id: string }>(sql`select org_id from clew_resolve.organisations()`)
  for (const { org_id: org } of orgs) {
    await makeDueReportsIn(fromUuid('org', org), now).catch((error: unknown) => log.error({ err: error, org }, 'the daily report of an organisation failed'))
  }
}

/** The same in one organisation. A holiday has no report; a timer that fires twice makes one. Answers how many were made. */
export function makeDueReportsIn(orgId: Id<'org'>, now: Date): Promise<number> {
  const ctx = systemContext(orgId, 'make-daily-reports', now)
  return inTransaction(ctx, 'read write', async (tx) => {
    const plans = await tx.select().from(reportPlans).where(and(eq(reportPlans.orgId, orgId), eq(reportPlans.isOn, true)))
    if (plans.length === 0) return 0
    const { timeZone } = await organisationOf(tx)
    const day = localDate(now, timeZone)
    let made = 0
    for (const { teamId, minute } of plans) if (localMoment(day, minute, timeZone) <= now && (await makeOne({ ...ctx, tx }, day, teamId))) made += 1
    return made
  })
}

async function makeOne(ctx: InTx, day: string, teamId: Id<'team'> | null): Promise<boolean> {
  const { tx, orgId, now } = ctx
  const mine = and(eq(dailyReports.orgId, orgId), eq(dailyReports.day, day), teamId === null ? sql`${dailyReports.teamId} is null` : eq(dailyReports.teamId, teamId))
  const [sent] = await tx.select({ id: dailyReports.id }).from(dailyReports).where(mine)
  if (sent !== undefined || !worksOn(day, await calendarOf(ctx, teamId === null ? 'organisation' : { teamId }))) return false
  const { rows, totals, targets } = await dailyReport(ctx, { day, teamId })
  const numbers: DailyNumbers = { totals, targets, members: rows.flatMap(({ id, counts, targets: own }) => (id === null ? [] : [{ id, counts, targets: own }])) }
  const id = newId('drp')
  // Its unique key decides between two timers: the second writes nothing and tells nobody.
  const made = await tx.insert(dailyReports).values({ orgId, id, teamId, day, numbers, madeAt: now }).onConflictDoNothing().returning({ id: dailyReports.id })
  if (made.length === 0) return false
  await emitIn(tx, ctx)('report.made', { reportId: id })
  return true
}
