import { and, eq, inArray } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import type { WorkCalendar } from '~/lib/working-time'
import { members } from '~db/schema'
import { calendarsOf, keptHours, resolved } from '../orgs'
import type { InTx } from './in-tx'
import type { CalendarChoice } from './vocabulary'

/** The hours a policy counts by, for an owner; without an owner the organisation's. */
export type HoursFor = (choice: CalendarChoice, ownerId: Id<'mem'> | null) => WorkCalendar

/** Reads the hours of the organisation and of these owners once, for as many clocks as need them. */
export async function hoursFor(ctx: InTx, owners: readonly (Id<'mem'> | null)[]): Promise<HoursFor> {
  const ids = [...new Set(owners.filter((id) => id !== null))]
  const kept = await keptHours(ctx)
  const ofMember = await calendarsOf(ctx, ids)
  const rows = ids.length === 0 ? [] : await ctx.tx.select({ id: members.id, teamId: members.teamId }).from(members).where(and(eq(members.orgId, ctx.orgId), inArray(members.id, ids)))
  const teamOf = new Map(rows.map(({ id, teamId }) => [id, teamId]))
  const teams = new Map<string | null, WorkCalendar>([[null, resolved(kept, { teamId: null, memberId: null })]])
  for (const { teamId } of rows) if (!teams.has(teamId)) teams.set(teamId, resolved(kept, { teamId, memberId: null }))
  const organisation = teams.get(null) as WorkCalendar
  return (choice, ownerId) => {
    if (choice === 'organisation' || ownerId === null) return organisation
    return (choice === 'owner' ? ofMember.get(ownerId) : teams.get(teamOf.get(ownerId) ?? null)) ?? organisation
  }
}
