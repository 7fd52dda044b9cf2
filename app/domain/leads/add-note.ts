import { newId, type Id } from '~/lib/ids'
import { activities } from '~db/schema'
import { command, memberOf } from '../kernel'
import { AddNote } from './contract'
import { lockedLead } from './locked-lead'

/** Keeps a note beside a lead. A note is no contact: no clock stops. Refuses: not-found. */
export const addNote = command({
  name: 'lead.add-note',
  permission: 'leads:write',
  input: AddNote,
  async run({ tx, ctx, input, emit, audit }): Promise<{ activityId: Id<'act'> }> {
    const lead = await lockedLead(tx, ctx, input.leadId)
    const activityId = newId('act')
    await tx.insert(activities).values({ orgId: ctx.orgId, id: activityId, leadId: lead.id, kind: 'note', note: input.note, at: ctx.now, memberId: memberOf(ctx.actor) })
    await audit(lead.id, { after: { kind: 'note', note: input.note } })
    await emit('lead.changed', { leadId: lead.id, ownerId: lead.ownerId })
    return { activityId }
  },
})
