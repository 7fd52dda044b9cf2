import { sql } from 'drizzle-orm'
import { foreignKey, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { taskKinds } from '~/domain/leads/vocabulary'
import { at, orgId, tenantPolicy, typeId } from './columns'
import { leads } from './leads'
import { members } from './orgs'

/**
 * What is to be done and when. A callback is the next step that a contact left behind; `leads.next_step_at` is the
 * earliest open task of an open lead and nothing else. `closed_by` is the contact or move that closed it.
 */
export const tasks = pgTable(
  'tasks',
  {
    orgId: orgId(),
    id: typeId('tsk')('id').notNull(),
    leadId: typeId('lead')('lead_id'),
    kind: text('kind', { enum: taskKinds }).notNull(),
    title: text('title').notNull().default(''),
    dueAt: at('due_at').notNull(),
    timeZone: text('time_zone').notNull(),
    assigneeId: typeId('mem')('assignee_id'),
    createdBy: typeId('mem')('created_by'),
    createdAt: at('created_at').notNull(),
    doneAt: at('done_at'),
    cancelledAt: at('cancelled_at'),
    closedBy: text('closed_by'),
    fromActivity: typeId('act')('from_activity'),
    sequence: integer('sequence').notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    index('tasks_lead_open').on(t.orgId, t.leadId, t.dueAt).where(sql`done_at is null and cancelled_at is null`),
    index('tasks_assignee_open').on(t.orgId, t.assigneeId, t.dueAt, t.id).where(sql`done_at is null and cancelled_at is null`),
    index('tasks_due').on(t.orgId, t.dueAt).where(sql`done_at is null and cancelled_at is null and assignee_id is not null`),
    index('tasks_assignee_done').on(t.orgId, t.assigneeId, t.doneAt).where(sql`done_at is not null`),
    index('tasks_activity').on(t.orgId, t.fromActivity).where(sql`from_activity is not null`),
    index('tasks_closed_by').on(t.orgId, t.closedBy).where(sql`closed_by is not null`),
    foreignKey({ columns: [t.orgId, t.leadId], foreignColumns: [leads.orgId, leads.id] }),
    foreignKey({ columns: [t.orgId, t.assigneeId], foreignColumns: [members.orgId, members.id] }),
    tenantPolicy(),
  ],
)
