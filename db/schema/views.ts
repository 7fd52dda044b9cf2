import { sql } from 'drizzle-orm'
import { boolean, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { bulkActionNames, bulkRowStates, bulkStates, viewScopes } from '~/domain/views/vocabulary'
import { at, orgId, tenantPolicy, typeId } from './columns'
import { leads } from './leads'
import { members, teams } from './orgs'

/** A list somebody keeps: what it is filtered by and how it looks, as it stands in an address. */
export const savedViews = pgTable(
  'saved_views',
  {
    orgId: orgId(),
    id: typeId('view')('id').notNull(),
    name: text('name').notNull(),
    scope: text('scope', { enum: viewScopes }).notNull(),
    ownerId: typeId('mem')('owner_id').notNull(),
    teamId: typeId('team')('team_id'),
    search: text('search').notNull(),
    createdAt: at('created_at').notNull(),
    updatedAt: at('updated_at').notNull(),
    deletedAt: at('deleted_at'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    index('saved_views_owner').on(t.orgId, t.ownerId),
    foreignKey({ columns: [t.orgId, t.ownerId], foreignColumns: [members.orgId, members.id] }),
    foreignKey({ columns: [t.orgId, t.teamId], foreignColumns: [teams.orgId, teams.id] }),
    tenantPolicy(),
  ],
)

/** What a member does with a view: has it in the sidebar, or opens the list with it. */
export const viewChoices = pgTable(
  'view_choices',
  {
    orgId: orgId(),
    memberId: typeId('mem')('member_id').notNull(),
    viewId: typeId('view')('view_id').notNull(),
    isPinned: boolean('is_pinned').notNull().default(false),
    isDefault: boolean('is_default').notNull().default(false),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.memberId, t.viewId] }),
    uniqueIndex('view_choices_default').on(t.orgId, t.memberId).where(sql`is_default`),
    foreignKey({ columns: [t.orgId, t.memberId], foreignColumns: [members.orgId, members.id] }),
    foreignKey({ columns: [t.orgId, t.viewId], foreignColumns: [savedViews.orgId, savedViews.id] }),
    tenantPolicy(),
  ],
)

/** One change of many leads, from its start to its undoing. `params` says what is changed to what. */
export const bulkChanges = pgTable(
  'bulk_changes',
  {
    orgId: orgId(),
    id: typeId('blk')('id').notNull(),
    action: text('action', { enum: bulkActionNames }).notNull(),
    params: jsonb('params').notNull(),
    /** the address of the list it was asked of, and the moment that was looked at; null for leads picked by hand */
    search: text('search'),
    asOf: at('as_of').notNull(),
    state: text('state', { enum: bulkStates }).notNull(),
    total: integer('total').notNull(),
    changed: integer('changed').notNull().default(0),
    unchanged: integer('unchanged').notNull().default(0),
    skipped: integer('skipped').notNull().default(0),
    undone: integer('undone').notNull().default(0),
    kept: integer('kept').notNull().default(0),
    memberId: typeId('mem')('member_id').notNull(),
    startedAt: at('started_at').notNull(),
    finishedAt: at('finished_at'),
    undoneAt: at('undone_at'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    index('bulk_changes_member').on(t.orgId, t.memberId, t.startedAt),
    foreignKey({ columns: [t.orgId, t.memberId], foreignColumns: [members.orgId, members.id] }),
    tenantPolicy(),
  ],
)

/** What became of each lead of a bulk change: the version it was found with, why it was left out, and what puts it back. */
export const bulkRows = pgTable(
  'bulk_rows',
  {
    orgId: orgId(),
    bulkId: typeId('blk')('bulk_id').notNull(),
    leadId: typeId('lead')('lead_id').notNull(),
    version: integer('version').notNull(),
    state: text('state', { enum: bulkRowStates }).notNull(),
    reason: text('reason'),
    before: jsonb('before'),
    versionAfter: integer('version_after'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.bulkId, t.leadId] }),
    index('bulk_rows_state').on(t.orgId, t.bulkId, t.state, t.leadId),
    foreignKey({ columns: [t.orgId, t.bulkId], foreignColumns: [bulkChanges.orgId, bulkChanges.id] }),
    foreignKey({ columns: [t.orgId, t.leadId], foreignColumns: [leads.orgId, leads.id] }).onDelete('cascade'),
    tenantPolicy(),
  ],
)
