import { and, eq, ne } from 'drizzle-orm'
import type * as z from 'zod'
import { parseDateTime } from '~/lib/dates'
import type { Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { leads, members } from '~db/schema'
import { command, DomainError, memberOf, type Context } from '../kernel'
import { callingZone, deriveNextStep, openTask, visibleLeads } from '../leads'
import { CreateTask } from './contract'

/**
 * Writes down what is to be done and when, about a lead or about nothing in particular; without an assignee it is the
 * lead's owner's, else one's own. Refuses: not-found (lead, member), member-inactive, not-allowed (for a colleague
 * without the right to assign), invalid (no time, no words and no lead).
 */
export const createTask = command({
  name: 'task.create',
  permission: 'leads:write',
  input: CreateTask,
  async run({ tx, ctx, input, audit }): Promise<{ taskId: Id<'tsk'>; dueAt: Date }> {
    if (input.title === '' && input.leadId === undefined) throw new DomainError('invalid', { fields: { title: ['required'] } })
    const lead = input.leadId === undefined ? null : await leadOf(tx, ctx, input.leadId)
    const timeZone = await callingZone(tx, { personId: lead?.personId ?? null })
    const dueAt = dueOf(input, timeZone)
    const me = memberOf(ctx.actor)
    const assigneeId = input.assigneeId ?? lead?.ownerId ?? me
    if (input.assigneeId !== undefined && input.assigneeId !== me) await assertMayHave(tx, ctx, input.assigneeId)
    const task = await openTask(ctx, { leadId: lead?.id ?? null, kind: input.kind, title: input.title, dueAt, timeZone, assigneeId })
    if (lead !== null) await deriveNextStep(ctx, lead.id)
    await audit(task.id, { after: { kind: input.kind, title: input.title, nextStepAt: dueAt, leadId: lead?.id, to: assigneeId } })
    return { taskId: task.id, dueAt }
  },
})

/** The moment somebody means by a time on the clock of a zone. Refuses `invalid`. */
export function dueOf({ due, dueAt }: Pick<z.output<typeof CreateTask>, 'due' | 'dueAt'>, timeZone: string): Date {
  if (dueAt !== undefined) return dueAt
  const parsed = due === undefined ? null : parseDateTime(due, { timeZone })
  if (parsed === null || !parsed.ok) throw new DomainError('invalid', { fields: { due: [due === undefined ? 'required' : 'not-a-moment'] } })
  return parsed.at
}

async function leadOf(tx: Tx, ctx: Context, leadId: Id<'lead'>) {
  const [lead] = await tx.select({ id: leads.id, personId: leads.personId, ownerId: leads.ownerId }).from(leads).where(and(eq(leads.id, leadId), visibleLeads(ctx))).for('update')
  if (lead === undefined) throw new DomainError('not-found')
  return lead
}

async function assertMayHave(tx: Tx, { actor }: Context, memberId: Id<'mem'>): Promise<void> {
  const [member] = await tx.select({ status: members.status }).from(members).where(and(eq(members.id, memberId), ne(members.role, 'partner')))
  if (member === undefined) throw new DomainError('not-found', { fields: { assigneeId: ['unknown'] } })
  if (actor.kind === 'user' && actor.role === 'rep') throw new DomainError('not-allowed')
  if (member.status !== 'active') throw new DomainError('member-inactive')
}
