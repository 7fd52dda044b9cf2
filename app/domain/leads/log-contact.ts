import { and, eq } from 'drizzle-orm'
import { newId, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { activities, leadPeople } from '~db/schema'
import { command, DomainError, memberOf } from '../kernel'
import { LogContact } from './contract'
import { changeLead, lockedLead, type LeadRow } from './locked-lead'

const clockSkew = 5 * 60_000
export type Logged = { activityId: Id<'act'>; version: number; nextStepAt: Date | null }
/** What an undone contact puts back. */
export type ContactBefore = { firstResponseAt: string | null; lastContactAt: string | null; nextStepAt: string | null; snoozedUntil: string | null; recordedAt: string }

/**
 * Keeps an attempt to reach somebody: its way, outcome, note and next step. The first one is the lead's first
 * response; the next step replaces the one before, none clears it. Refuses: not-found, invalid (a time ahead).
 */
export const logContact = command({
  name: 'lead.log-contact',
  permission: 'leads:write',
  input: LogContact,
  async run({ tx, ctx, input, emit, audit }): Promise<Logged> {
    const at = input.at ?? ctx.now
    if (at.getTime() > ctx.now.getTime() + clockSkew) throw new DomainError('invalid', { fields: { at: ['not-in-the-future'] } })
    const lead = await lockedLead(tx, ctx, input.leadId)
    if (input.personId !== undefined) await assertOnLead(tx, lead, input.personId)
    const nextStepAt = input.nextStepAt ?? null
    const activityId = newId('act')
    await tx.insert(activities).values({
      orgId: ctx.orgId, id: activityId, leadId: lead.id, personId: input.personId ?? lead.personId, kind: input.kind, outcome: input.outcome,
      note: input.note || null, nextStepAt, at, memberId: memberOf(ctx.actor), before: contactBefore(lead, ctx.now),
    })
    const lastContactAt = lead.lastContactAt !== null && lead.lastContactAt > at ? lead.lastContactAt : at
    const { version } = await changeLead(tx, lead, { firstResponseAt: lead.firstResponseAt ?? at, lastContactAt, nextStepAt, snoozedUntil: null })
    await audit(lead.id, { before: { nextStepAt: lead.nextStepAt }, after: { kind: input.kind, outcome: input.outcome, nextStepAt, note: input.note } })
    await emit('lead.contact-logged', { leadId: lead.id, ownerId: lead.ownerId, activityId })
    return { activityId, version, nextStepAt }
  },
})

function contactBefore(lead: LeadRow, now: Date): ContactBefore {
  const shown = (at: Date | null) => at?.toISOString() ?? null
  return {
    firstResponseAt: shown(lead.firstResponseAt), lastContactAt: shown(lead.lastContactAt), nextStepAt: shown(lead.nextStepAt),
    snoozedUntil: shown(lead.snoozedUntil), recordedAt: now.toISOString(),
  }
}

async function assertOnLead(tx: Tx, lead: LeadRow, personId: Id<'per'>): Promise<void> {
  const rows = await tx.select({ id: leadPeople.personId }).from(leadPeople).where(and(eq(leadPeople.leadId, lead.id), eq(leadPeople.personId, personId)))
  if (rows.length === 0 && personId !== lead.personId) throw new DomainError('not-found')
}
