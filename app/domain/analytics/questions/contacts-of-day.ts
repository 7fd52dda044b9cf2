// Which contacts were logged on a day, by whom and with whom? A contact is an attempt to reach somebody, not undone;
// a note is none. Reads activities by `activities_member` (org, member, at), at most a day of them.
import { and, desc, eq, gte, inArray, isNotNull, isNull, lt, sql, type SQL } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import { maskText } from '~/lib/mask-contact'
import { addDays, dayStart } from '~/lib/period'
import type { Tx } from '~db/client.server'
import { activities, companies, leads, members, people } from '~db/schema'
import { query, type Context } from '../../kernel'
import { visibleLeads } from '../../leads'
import { contactKinds, type ActivityKind, type Outcome } from '../../leads/vocabulary'
import { ContactsOfDay } from '../contract'
import { organisationOf } from '../moments'

export type ContactLine = { id: Id<'act'>; at: Date; kind: ActivityKind; outcome: Outcome | null; leadId: Id<'lead'>; name: string; member: string | null }

/** The one condition of contacts logged on a day, over `activities` joined with `leads`: lists and counts read it. */
export const contactsOn = (ctx: Context, day: string, timeZone: string): SQL | undefined => and(
  eq(activities.orgId, ctx.orgId), isNotNull(activities.memberId), isNull(activities.undoneAt), inArray(activities.kind, [...contactKinds]),
  gte(activities.at, dayStart(day, timeZone)), lt(activities.at, dayStart(addDays(day, 1), timeZone)), visibleLeads(ctx))

/** Contacts and calls of a day by member, of leads the viewer may see. */
export async function contactsByMember(tx: Tx, ctx: Context, day: string, timeZone: string): Promise<Map<Id<'mem'>, { contacts: number; calls: number }>> {
  const rows = await tx.select({ id: activities.memberId, contacts: sql<number>`count(*)::int`, calls: sql<number>`count(*) filter (where ${activities.kind} = 'call')::int` }).from(activities)
    .innerJoin(leads, and(eq(leads.orgId, activities.orgId), eq(leads.id, activities.leadId))).where(contactsOn(ctx, day, timeZone)).groupBy(activities.memberId)
  return new Map(rows.flatMap(({ id, contacts, calls }) => (id === null ? [] : [[id, { contacts, calls }]])))
}

/** Contacts of a day, newest first, at most 500, and how many there are. Only of leads the viewer may see. Refuses: not-allowed, invalid. */
export const contactsOfDay = query({
  name: 'report.contacts-of-day',
  permission: 'reports:read',
  input: ContactsOfDay,
  async run({ tx, ctx, input: { day, memberId, teamId, callsOnly } }): Promise<{ lines: ContactLine[]; count: number; timeZone: string }> {
    const { timeZone } = await organisationOf(tx)
    const where = and(contactsOn(ctx, day, timeZone), memberId === undefined ? undefined : eq(activities.memberId, memberId), teamId === undefined ? undefined : eq(members.teamId, teamId), callsOnly ? eq(activities.kind, 'call') : undefined)
    const lead = and(eq(leads.orgId, activities.orgId), eq(leads.id, activities.leadId))
    const member = and(eq(members.orgId, activities.orgId), eq(members.id, activities.memberId))
    const [all] = await tx.select({ n: sql<number>`count(*)::int` }).from(activities).innerJoin(leads, lead).leftJoin(members, member).where(where)
    const rows = await tx.select({ id: activities.id, at: activities.at, kind: activities.kind, outcome: activities.outcome, leadId: activities.leadId, person: people.name, company: companies.name, member: members.name }).from(activities)
      .innerJoin(leads, lead).leftJoin(members, member)
      .leftJoin(people, and(eq(people.orgId, leads.orgId), eq(people.id, leads.personId))).leftJoin(companies, and(eq(companies.orgId, leads.orgId), eq(companies.id, leads.companyId)))
      .where(where).orderBy(desc(activities.at), desc(activities.id)).limit(500)
    return { lines: rows.map(({ person, company, ...row }) => ({ ...row, name: [person, company].filter((name) => name !== null && name !== '').map((name) => maskText(name ?? '')).join(', ') })), count: all?.n ?? 0, timeZone }
  },
})
