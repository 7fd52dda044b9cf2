import { and, asc, eq, inArray, isNull, ne, or, sql } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import { leads, slaClocks, slaPolicies, slaPolicyVersions } from '~db/schema'
import { isWorkingAt } from '~/lib/working-time'
import { query } from '../kernel'
import { countedMinutes } from './clock-times'
import { visibleLeads } from '../leads'
import { ClocksOf } from './contract'
import { hoursFor } from './hours'
import type { ClockState, Counting } from './vocabulary'
import { closedBy } from './turns'

/** A lead's clock as people see it. `timeZone` is that of the hours it counts by. */
export type ClockView = {
  clockId: Id<'slc'>; leadId: Id<'lead'>; turn: number; policy: string; counting: Counting; startedAt: Date; runsAt: Date; dueAt: Date; warn50At: Date; warn80At: Date
  stoppedAt: Date | null; breachedAt: Date | null; state: ClockState; timeZone: string
  /** minutes left, as the policy counts them, and whether they are passing just now */
  leftMinutes: number; isCounting: boolean
}

type Standing = Pick<ClockView, 'runsAt' | 'dueAt' | 'warn50At' | 'stoppedAt' | 'breachedAt'> & { isCancelled: boolean }

/** What is true of a clock at a moment; it says so even where its timer has not spoken yet. */
export function clockState({ runsAt, dueAt, warn50At, stoppedAt, breachedAt, isCancelled }: Standing, now: Date): ClockState {
  if (isCancelled) return 'cancelled'
  if (stoppedAt !== null) return breachedAt !== null || stoppedAt > dueAt ? 'missed' : 'kept'
  if (dueAt <= now) return 'breached'
  if (warn50At <= now) return 'warned'
  return runsAt <= now ? 'running' : 'waiting'
}

/** The newest clock of each of these leads that the actor sees and that has one. A contact counts at once, before the clock has heard of it. */
export const clocksOf = query({
  name: 'sla.clocks',
  permission: 'leads:read',
  input: ClocksOf,
  async run({ tx, ctx, input }): Promise<Map<Id<'lead'>, ClockView>> {
    if (input.leadIds.length === 0) return new Map()
    const now = input.at ?? ctx.now
    const rows = await tx.select({ clock: slaClocks, policy: slaPolicies.name, terms: slaPolicyVersions, lead: leads }).from(slaClocks)
      .innerJoin(leads, and(eq(leads.orgId, slaClocks.orgId), eq(leads.id, slaClocks.leadId)))
      .innerJoin(slaPolicies, and(eq(slaPolicies.orgId, slaClocks.orgId), eq(slaPolicies.id, slaClocks.policyId)))
      .innerJoin(slaPolicyVersions, and(eq(slaPolicyVersions.orgId, slaClocks.orgId), eq(slaPolicyVersions.policyId, slaClocks.policyId), eq(slaPolicyVersions.version, slaClocks.policyVersion)))
      .where(and(eq(slaClocks.orgId, ctx.orgId), inArray(slaClocks.leadId, input.leadIds), visibleLeads(ctx), or(isNull(slaClocks.stopReason), ne(slaClocks.stopReason, sql`'undone'`))))
      .orderBy(asc(slaClocks.turn), asc(slaClocks.id))
    const hours = await hoursFor(ctx, rows.map(({ clock }) => clock.ownerId))
    return new Map(rows.map(({ clock, policy, terms, lead }): [Id<'lead'>, ClockView] => {
      const stoppedAt = clock.stoppedAt ?? (clock.turn === 1 ? lead.firstResponseAt : null)
      const isCancelled = (clock.stopReason !== null && clock.stopReason !== 'contact' && clock.breachedAt === null) || (stoppedAt === null && closedBy(lead) !== null)
      const { id: clockId, leadId, turn, startedAt, runsAt, dueAt, warn50At, warn80At, breachedAt } = clock
      const view = { clockId, leadId, turn, policy, counting: terms.counting, startedAt, runsAt, dueAt, warn50At, warn80At, stoppedAt, breachedAt }
      const calendar = hours(terms.calendar, clock.ownerId)
      const leftMinutes = Math.max(0, countedMinutes(now, dueAt, terms.counting, calendar))
      const isCounting = terms.counting === 'calendar' || isWorkingAt(now, calendar)
      return [leadId, { ...view, leftMinutes, isCounting, state: clockState({ ...view, isCancelled }, now), timeZone: calendar.timeZone }]
    }))
  },
})
