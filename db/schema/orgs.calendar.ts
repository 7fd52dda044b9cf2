import { sql } from 'drizzle-orm'
import { boolean, date, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { absenceKinds, calendarKinds, workDayKinds } from '~/domain/orgs/vocabulary'
import { at, orgId, tenantPolicy, typeId } from './columns'
import { members, organisations, teams } from './orgs'

/**
 * Working hours of the organisation, a team or a member. `week` has seven lists of spans, Monday first, in minutes of the day.
 * Where a zone is missing the next wider one holds; `own_days` says that a team does not keep the organisation's holidays.
 */
export const workCalendars = pgTable(
  'work_calendars',
  {
    orgId: orgId(),
    id: typeId('cal')('id').notNull(),
    kind: text('kind', { enum: calendarKinds }).notNull(),
    teamId: typeId('team')('team_id'),
    memberId: typeId('mem')('member_id'),
    timeZone: text('time_zone'),
    week: jsonb('week').notNull(),
    ownDays: boolean('own_days').notNull().default(false),
    updatedAt: at('updated_at').notNull(),
    updatedBy: text('updated_by'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    uniqueIndex('work_calendars_organisation').on(t.orgId).where(sql`kind = 'organisation'`),
    uniqueIndex('work_calendars_team').on(t.orgId, t.teamId).where(sql`team_id is not null`),
    uniqueIndex('work_calendars_member').on(t.orgId, t.memberId).where(sql`member_id is not null`),
    foreignKey({ columns: [t.orgId], foreignColumns: [organisations.orgId] }),
    foreignKey({ columns: [t.orgId, t.teamId], foreignColumns: [teams.orgId, teams.id] }).onDelete('cascade'),
    foreignKey({ columns: [t.orgId, t.memberId], foreignColumns: [members.orgId, members.id] }),
    tenantPolicy(),
  ],
)

/** Holidays, and days that are worked though their weekday is not. An extra working day has the hours of `like_weekday` (1 is Monday). */
export const workDays = pgTable(
  'work_days',
  {
    orgId: orgId(),
    calendarId: typeId('cal')('calendar_id').notNull(),
    day: date('day').notNull(),
    kind: text('kind', { enum: workDayKinds }).notNull(),
    likeWeekday: integer('like_weekday'),
    name: text('name').notNull(),
    addedAt: at('added_at').notNull(),
    addedBy: text('added_by'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.calendarId, t.day] }),
    foreignKey({ columns: [t.orgId, t.calendarId], foreignColumns: [workCalendars.orgId, workCalendars.id] }).onDelete('cascade'),
    tenantPolicy(),
  ],
)

/** Days a member is away, both included, by the clock of the member's zone; minutes where the first or last is not whole. */
export const absences = pgTable(
  'absences',
  {
    orgId: orgId(),
    id: typeId('abs')('id').notNull(),
    memberId: typeId('mem')('member_id').notNull(),
    fromDay: date('from_day').notNull(),
    toDay: date('to_day').notNull(),
    fromMinute: integer('from_minute'),
    toMinute: integer('to_minute'),
    kind: text('kind', { enum: absenceKinds }).notNull(),
    addedAt: at('added_at').notNull(),
    addedBy: text('added_by'),
    removedAt: at('removed_at'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    index('absences_member').on(t.orgId, t.memberId, t.toDay).where(sql`removed_at is null`),
    foreignKey({ columns: [t.orgId, t.memberId], foreignColumns: [members.orgId, members.id] }),
    tenantPolicy(),
  ],
)
