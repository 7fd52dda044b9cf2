import { and, asc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import { newId, toUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { leads, tasks } from '~db/schema'
import { emitIn, memberOf, type Context } from '../kernel'
import type { TaskKind } from './vocabulary'

type InTx = Context & { tx: Tx }
export type TaskRow = typeof tasks.$inferSelect
export type NewTask = {
  leadId: Id<'lead'> | null; kind: TaskKind; title?: string; dueAt: Date; timeZone: string; assigneeId: Id<'mem'> | null; fromActivity?: Id<'act'>
}

const isStanding = and(isNull(tasks.doneAt), isNull(tasks.cancelledAt))

/** Writes a task down inside the caller's transaction; the caller has looked the lead up and audits. */
export async function openTask(ctx: InTx, task: NewTask): Promise<TaskRow> {
  const [row] = await ctx.tx.insert(tasks).values({ orgId: ctx.orgId, id: newId('tsk'), createdBy: memberOf(ctx.actor), createdAt: ctx.now, ...task }).returning()
  if (row === undefined) throw new Error('no task')
  await told(ctx, row)
  return row
}

type TaskChange = Partial<Pick<TaskRow, 'title' | 'kind' | 'dueAt' | 'timeZone' | 'assigneeId' | 'doneAt' | 'cancelledAt' | 'closedBy'>>

/** Changes a task, counts its sequence up (calendars take the highest), and keeps the lead's next step true. */
export async function changeTask(ctx: InTx, before: Pick<TaskRow, 'id' | 'leadId'>, change: TaskChange): Promise<TaskRow> {
  const [row] = await ctx.tx.update(tasks).set({ ...change, sequence: sql`${tasks.sequence} + 1` }).where(and(eq(tasks.orgId, ctx.orgId), eq(tasks.id, before.id))).returning()
  if (row === undefined) throw new Error('no task')
  if (row.leadId !== null) await deriveNextStep(ctx, row.leadId)
  await told(ctx, row)
  return row
}

const told = (ctx: InTx, { id, leadId, assigneeId }: TaskRow) => emitIn(ctx.tx, ctx)('task.changed', { taskId: id, leadId, assigneeId })

/** A task of this organisation, locked; undefined where there is none. */
export async function lockedTask(ctx: InTx, taskId: Id<'tsk'>): Promise<TaskRow | undefined> {
  const [row] = await ctx.tx.select().from(tasks).where(and(eq(tasks.orgId, ctx.orgId), eq(tasks.id, taskId))).for('update')
  return row
}

/** When the next thing is to be done about a lead: its earliest open task. A closed lead has none. */
export async function nextStepOf({ tx, orgId }: InTx, leadId: Id<'lead'>): Promise<Date | null> {
  const [row] = await tx.select({ dueAt: tasks.dueAt }).from(tasks).where(and(eq(tasks.orgId, orgId), eq(tasks.leadId, leadId), isStanding)).orderBy(asc(tasks.dueAt)).limit(1)
  return row?.dueAt ?? null
}

/** Writes the next step of an open lead from its tasks; nothing else does. Counts no version: no form shows it to edit. */
export async function deriveNextStep(ctx: InTx, leadId: Id<'lead'>): Promise<void> {
  const at = await nextStepOf(ctx, leadId)
  await ctx.tx.update(leads).set({ nextStepAt: at })
    .where(and(eq(leads.orgId, ctx.orgId), eq(leads.id, leadId), eq(leads.isOpen, true), sql`${leads.nextStepAt} is distinct from ${at?.toISOString() ?? null}::timestamptz`))
}

/** Closes the callbacks of a lead because of a contact (done) or a move (cancelled), whose id `by` is. */
export async function closeCallbacks(ctx: InTx, leadId: Id<'lead'>, by: Id<'act'> | Id<'mov'> | Id<'chg'>, how: 'done' | 'cancelled'): Promise<void> {
  const closed = how === 'done' ? { doneAt: ctx.now } : { cancelledAt: ctx.now }
  const rows = await ctx.tx.update(tasks).set({ ...closed, closedBy: by, sequence: sql`${tasks.sequence} + 1` })
    .where(and(eq(tasks.orgId, ctx.orgId), eq(tasks.leadId, leadId), eq(tasks.kind, 'callback'), isStanding)).returning()
  for (const row of rows) await told(ctx, row)
}

/** Opens again what was done by a contact or cancelled by a move, whose id `by` is. */
export async function reopenCallbacks(ctx: InTx, by: string, how: 'done' | 'cancelled'): Promise<void> {
  const rows = await ctx.tx.update(tasks).set({ doneAt: null, cancelledAt: null, closedBy: null, sequence: sql`${tasks.sequence} + 1` })
    .where(and(eq(tasks.orgId, ctx.orgId), eq(tasks.closedBy, by), isNotNull(how === 'done' ? tasks.doneAt : tasks.cancelledAt))).returning()
  for (const row of rows) await told(ctx, row)
}

/** Cancels what a contact left to do, because the contact is taken back. */
export async function withdrawCallbacks(ctx: InTx, activityId: Id<'act'>): Promise<void> {
  const rows = await ctx.tx.update(tasks).set({ cancelledAt: ctx.now, closedBy: activityId, sequence: sql`${tasks.sequence} + 1` })
    .where(and(eq(tasks.orgId, ctx.orgId), eq(tasks.fromActivity, activityId), isStanding)).returning()
  for (const row of rows) await told(ctx, row)
}

/**
 * Gives the open tasks of a lead to who has it now: those of the one who had it and those nobody had. A task that a
 * colleague took on stays theirs. Answers how many; told twice it moves nothing.
 */
export async function handOverTasks(ctx: InTx, leadId: Id<'lead'>, from: Id<'mem'> | null, to: Id<'mem'> | null): Promise<number> {
  const theirs = from === null ? isNull(tasks.assigneeId) : sql`(${tasks.assigneeId} is null or ${tasks.assigneeId} = ${toUuid(from)})`
  const rows = await ctx.tx.update(tasks).set({ assigneeId: to, sequence: sql`${tasks.sequence} + 1` })
    .where(and(eq(tasks.orgId, ctx.orgId), eq(tasks.leadId, leadId), isStanding, theirs, sql`${tasks.assigneeId} is distinct from ${to === null ? null : toUuid(to)}::uuid`)).returning()
  for (const row of rows) await told(ctx, row)
  return rows.length
}

/** Takes from tasks what may say who somebody was. */
export async function blankTasks({ tx, orgId }: InTx, leadIds: readonly Id<'lead'>[]): Promise<void> {
  if (leadIds.length > 0) await tx.update(tasks).set({ title: '' }).where(and(eq(tasks.orgId, orgId), inArray(tasks.leadId, [...leadIds])))
}
