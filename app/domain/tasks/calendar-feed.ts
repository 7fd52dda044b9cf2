import { and, asc, eq, sql } from 'drizzle-orm'
import { createI18n } from '~/i18n/create.server'
import { writeCalendar } from '~/lib/ics'
import { fromUuid, type Id } from '~/lib/ids'
import { maskText } from '~/lib/mask-contact'
import { randomToken, sha256 } from '~/platform/crypto'
import { env } from '~/platform/env'
import { database, type Tx } from '~db/client.server'
import { calendarFeeds, companies, leads, tasks } from '~db/schema'
import { command, DomainError, inTransaction, memberOf, query, type Context } from '../kernel'
import { nothing } from '../kernel/contract'
import { visibleLeads } from '../leads'
import { placeOf, type Place } from '../orgs'

const kept = '30 days'
const most = 1_000
const minutes = 15
const digestOf = (token: string) => sha256(`calendar ${token}`).toString('hex')

/** Makes the address of one's calendar anew; the one before ends. Its token is in the answer and nowhere else. Refuses `not-allowed` where nobody in particular asks. */
export const regenerateFeed = command({
  name: 'calendar.regenerate',
  permission: 'leads:read',
  input: nothing,
  async run({ tx, ctx, audit }): Promise<{ url: string }> {
    const memberId = memberOf(ctx.actor)
    if (memberId === null) throw new DomainError('not-allowed')
    const token = randomToken()
    const row = { tokenHash: digestOf(token), createdAt: ctx.now }
    await tx.insert(calendarFeeds).values({ orgId: ctx.orgId, memberId, ...row }).onConflictDoUpdate({ target: [calendarFeeds.orgId, calendarFeeds.memberId], set: row })
    await audit(memberId, { after: { kind: 'calendar', status: 'active' } })
    return { url: `${env().APP_BASE_URL}/api/calendar/${token}.ics` }
  },
})

/** Ends the address of one's calendar. Without one it changes nothing. */
export const revokeFeed = command({
  name: 'calendar.revoke',
  permission: 'leads:read',
  input: nothing,
  async run({ tx, ctx, audit }): Promise<{ ended: boolean }> {
    const memberId = memberOf(ctx.actor)
    if (memberId === null) throw new DomainError('not-allowed')
    const rows = await tx.delete(calendarFeeds).where(and(eq(calendarFeeds.orgId, ctx.orgId), eq(calendarFeeds.memberId, memberId))).returning({ id: calendarFeeds.memberId })
    if (rows.length > 0) await audit(memberId, { before: { kind: 'calendar', status: 'active' }, after: { kind: 'calendar', status: 'ended' } })
    return { ended: rows.length > 0 }
  },
})

/** Since when one has an address for one's calendar; null without. */
export const ownFeed = query({
  name: 'calendar.own',
  permission: 'leads:read',
  input: nothing,
  async run({ tx, ctx }): Promise<{ since: Date } | null> {
    const memberId = memberOf(ctx.actor)
    const [row] = memberId === null ? [] : await tx.select({ since: calendarFeeds.createdAt }).from(calendarFeeds).where(and(eq(calendarFeeds.orgId, ctx.orgId), eq(calendarFeeds.memberId, memberId)))
    return row ?? null
  },
})

/**
 * The tasks of whoever holds the token, as a calendar (RFC 5545): open ones, and those settled within 30 days. Names of
 * companies only where that member sees the lead now; no number and no address. Null for an unknown or ended token.
 */
export async function calendarFeed(token: string, now: Date, requestId: string): Promise<string | null> {
  if (!/^[\w-]{43}$/.test(token)) return null
  const [found] = await database().execute<{ org_id: string; id: string }>(sql`select org_id, id from clew_resolve.calendar_feed(${digestOf(token)})`)
  if (found === undefined) return null
  const orgId = fromUuid('org', found.org_id)
  const memberId = fromUuid('mem', found.id)
  const place = await placeOf(orgId, memberId, now)
  if (place === null) return null
  const ctx: Context = { orgId, actor: place.actor, now, requestId }
  return inTransaction(ctx, 'read only', (tx) => written(tx, ctx, memberId, place))
}

async function written(tx: Tx, ctx: Context, memberId: Id<'mem'>, { organisation }: Place): Promise<string> {
  const t = createI18n(organisation.locale).getFixedT(null, 'tasks')
  const since = sql`${ctx.now.toISOString()}::timestamptz - ${kept}::interval`
  const rows = await tx.select({ task: tasks, company: companies.name, seen: sql<boolean>`${visibleLeads(ctx)}` }).from(tasks)
    .leftJoin(leads, and(eq(leads.orgId, tasks.orgId), eq(leads.id, tasks.leadId)))
    .leftJoin(companies, and(eq(companies.orgId, leads.orgId), eq(companies.id, leads.companyId)))
    .where(and(eq(tasks.orgId, ctx.orgId), eq(tasks.assigneeId, memberId), sql`coalesce(${tasks.doneAt}, ${tasks.cancelledAt}, ${ctx.now.toISOString()}::timestamptz) >= ${since}`))
    .orderBy(asc(tasks.dueAt), asc(tasks.id)).limit(most)
  const events = rows.map(({ task, company, seen }) => {
    const about = [task.title === '' ? t(`kind.${task.kind}`) : maskText(task.title), task.leadId !== null && seen ? company : null].filter((part) => part !== null && part !== '').join(' · ')
    return {
      uid: `${task.id}@clew`, sequence: task.sequence, at: task.dueAt, minutes, summary: task.doneAt === null ? about : `✓ ${about}`, isCancelled: task.cancelledAt !== null,
      url: task.leadId !== null && seen ? `${env().APP_BASE_URL}/leads/${task.leadId}` : `${env().APP_BASE_URL}/tasks`, changedAt: task.doneAt ?? task.cancelledAt ?? task.createdAt,
    }
  })
  return writeCalendar({ name: t('calendarName', { organisation: organisation.name }), events })
}
