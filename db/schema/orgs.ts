import { sql } from 'drizzle-orm'
import { boolean, foreignKey, index, pgTable, primaryKey, text, unique, uniqueIndex } from 'drizzle-orm/pg-core'
import { memberStatuses, resources, roles, scopesOfVisibility } from '~/domain/orgs/vocabulary'
import { at, orgId, tenantPolicy, typeId } from './columns'

export const organisations = pgTable(
  'organisations',
  {
    orgId: orgId(),
    name: text('name').notNull(),
    locale: text('locale').notNull(),
    timeZone: text('time_zone').notNull(),
    currency: text('currency').notNull(),
    dataRegion: text('data_region').notNull(),
    isDemo: boolean('is_demo').notNull().default(false),
    createdAt: at('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.orgId] }), tenantPolicy()],
)

export const teams = pgTable(
  'teams',
  { orgId: orgId(), id: typeId('team')('id').notNull(), name: text('name').notNull(), createdAt: at('created_at').notNull() },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    unique('teams_name').on(t.orgId, t.name),
    foreignKey({ columns: [t.orgId], foreignColumns: [organisations.orgId] }),
    tenantPolicy(),
  ],
)

/** A user's place in an organisation. Name and address are copied here so that pages never read accounts. */
export const members = pgTable(
  'members',
  {
    orgId: orgId(),
    id: typeId('mem')('id').notNull(),
    userId: text('user_id').notNull(),
    role: text('role', { enum: roles }).notNull(),
    teamId: typeId('team')('team_id'),
    name: text('name').notNull(),
    email: text('email').notNull(),
    status: text('status', { enum: memberStatuses }).notNull(),
    createdAt: at('created_at').notNull(),
    deactivatedAt: at('deactivated_at'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    unique('members_user').on(t.orgId, t.userId),
    foreignKey({ columns: [t.orgId], foreignColumns: [organisations.orgId] }),
    foreignKey({ columns: [t.orgId, t.teamId], foreignColumns: [teams.orgId, teams.id] }),
    tenantPolicy(),
  ],
)

export const invitations = pgTable(
  'invitations',
  {
    orgId: orgId(),
    id: typeId('inv')('id').notNull(),
    email: text('email').notNull(),
    role: text('role', { enum: roles }).notNull(),
    teamId: typeId('team')('team_id'),
    tokenHash: text('token_hash').notNull(),
    invitedBy: typeId('mem')('invited_by'),
    createdAt: at('created_at').notNull(),
    expiresAt: at('expires_at').notNull(),
    acceptedAt: at('accepted_at'),
    revokedAt: at('revoked_at'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    uniqueIndex('invitations_open').on(t.orgId, t.email).where(sql`accepted_at is null and revoked_at is null`),
    index('invitations_token').on(t.orgId, t.tokenHash),
    foreignKey({ columns: [t.orgId], foreignColumns: [organisations.orgId] }),
    foreignKey({ columns: [t.orgId, t.teamId], foreignColumns: [teams.orgId, teams.id] }),
    tenantPolicy(),
  ],
)

/** Which rows a role may see, per resource; a missing row means the default of the vocabulary. */
export const visibilityRules = pgTable(
  'visibility_rules',
  {
    orgId: orgId(),
    role: text('role', { enum: roles }).notNull(),
    resource: text('resource', { enum: resources }).notNull(),
    scope: text('scope', { enum: scopesOfVisibility }).notNull(),
    updatedAt: at('updated_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.role, t.resource] }),
    foreignKey({ columns: [t.orgId], foreignColumns: [organisations.orgId] }),
    tenantPolicy(),
  ],
)
