import { sql } from 'drizzle-orm'
import { boolean, date, foreignKey, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { targetMetrics } from '~/domain/analytics/vocabulary'
import { at, orgId, tenantPolicy, typeId } from './columns'
import { members, organisations, teams } from './orgs'

/** When the daily report of the organisation (no team) or a team is made: a minute of the day by the organisation's clock. */
export const reportPlans = pgTable(
  'report_plans',
  {
    orgId: orgId(),
    id: typeId('rpl')('id').notNull(),
    teamId: typeId('team')('team_id'),
    minute: integer('minute').notNull(),
    isOn: boolean('is_on').notNull(),
    setAt: at('set_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    uniqueIndex('report_plans_team').on(t.orgId, t.teamId).where(sql`team_id is not null`),
    uniqueIndex('report_plans_whole').on(t.orgId).where(sql`team_id is null`),
    foreignKey({ columns: [t.orgId], foreignColumns: [organisations.orgId] }),
    foreignKey({ columns: [t.orgId, t.teamId], foreignColumns: [teams.orgId, teams.id] }).onDelete('cascade'),
    tenantPolicy(),
  ],
)

/** A daily report as it was sent. One row a team and day, so that a timer that fires twice sends once. */
export const dailyReports = pgTable(
  'daily_reports',
  {
    orgId: orgId(),
    id: typeId('drp')('id').notNull(),
    teamId: typeId('team')('team_id'),
    day: date('day').notNull(),
    numbers: jsonb('numbers').notNull(),
    madeAt: at('made_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    uniqueIndex('daily_reports_team').on(t.orgId, t.teamId, t.day).where(sql`team_id is not null`),
    uniqueIndex('daily_reports_whole').on(t.orgId, t.day).where(sql`team_id is null`),
    foreignKey({ columns: [t.orgId], foreignColumns: [organisations.orgId] }),
    foreignKey({ columns: [t.orgId, t.teamId], foreignColumns: [teams.orgId, teams.id] }).onDelete('cascade'),
    tenantPolicy(),
  ],
)

/** What a member or a team wants to reach in a month. */
export const targets = pgTable(
  'targets',
  {
    orgId: orgId(),
    id: typeId('tgt')('id').notNull(),
    memberId: typeId('mem')('member_id'),
    teamId: typeId('team')('team_id'),
    month: text('month').notNull(),
    metric: text('metric', { enum: targetMetrics }).notNull(),
    value: integer('value').notNull(),
    setAt: at('set_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    uniqueIndex('targets_member').on(t.orgId, t.month, t.memberId, t.metric).where(sql`member_id is not null`),
    uniqueIndex('targets_team').on(t.orgId, t.month, t.teamId, t.metric).where(sql`team_id is not null`),
    foreignKey({ columns: [t.orgId, t.memberId], foreignColumns: [members.orgId, members.id] }),
    foreignKey({ columns: [t.orgId, t.teamId], foreignColumns: [teams.orgId, teams.id] }).onDelete('cascade'),
    tenantPolicy(),
  ],
)
