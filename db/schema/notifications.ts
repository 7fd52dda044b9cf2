import { sql } from 'drizzle-orm'
import { boolean, foreignKey, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { noticeKinds, sendChannels, sendModes } from '~/domain/notifications/vocabulary'
import { at, orgId, tenantPolicy, typeId } from './columns'
import { members } from './orgs'

/**
 * What a member was told: one row for one thing, or for several of a kind that came within minutes. Ids, counts and
 * moments only; names are looked up when it is read. `in_app` false: told by mail or browser only.
 */
export const notices = pgTable(
  'notices',
  {
    orgId: orgId(),
    id: typeId('ntc')('id').notNull(),
    memberId: typeId('mem')('member_id').notNull(),
    kind: text('kind', { enum: noticeKinds }).notNull(),
    /** the first thing it is about: an id with its prefix */
    subject: text('subject'),
    params: jsonb('params').notNull(),
    count: integer('count').notNull().default(1),
    inApp: boolean('in_app').notNull(),
    inBrowser: boolean('in_browser').notNull(),
    madeAt: at('made_at').notNull(),
    readAt: at('read_at'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    index('notices_member').on(t.orgId, t.memberId, t.id),
    index('notices_unread').on(t.orgId, t.memberId, t.id).where(sql`read_at is null and in_app`),
    foreignKey({ columns: [t.orgId, t.memberId], foreignColumns: [members.orgId, members.id] }),
    tenantPolicy(),
  ],
)

/** Each thing a member was told of, once: its key makes a job that runs twice tell once. */
export const noticeFacts = pgTable(
  'notice_facts',
  {
    orgId: orgId(),
    memberId: typeId('mem')('member_id').notNull(),
    kind: text('kind', { enum: noticeKinds }).notNull(),
    key: text('key').notNull(),
    noticeId: typeId('ntc')('notice_id').notNull(),
    subject: text('subject'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.memberId, t.kind, t.key] }),
    index('notice_facts_notice').on(t.orgId, t.noticeId),
    foreignKey({ columns: [t.orgId, t.noticeId], foreignColumns: [notices.orgId, notices.id] }).onDelete('cascade'),
    tenantPolicy(),
  ],
)

/** A notice on its way out of Clew. What leaves together shares a `batch`, from which its Message-ID follows. */
export const noticeSends = pgTable(
  'notice_sends',
  {
    orgId: orgId(),
    noticeId: typeId('ntc')('notice_id').notNull(),
    channel: text('channel', { enum: sendChannels }).notNull(),
    mode: text('mode', { enum: sendModes }).notNull(),
    memberId: typeId('mem')('member_id').notNull(),
    dueAt: at('due_at').notNull(),
    batch: text('batch'),
    claimedAt: at('claimed_at'),
    tries: integer('tries').notNull().default(0),
    sentAt: at('sent_at'),
    droppedAt: at('dropped_at'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.noticeId, t.channel] }),
    index('notice_sends_batch').on(t.orgId, t.batch),
    foreignKey({ columns: [t.orgId, t.noticeId], foreignColumns: [notices.orgId, notices.id] }).onDelete('cascade'),
    tenantPolicy(),
  ],
)

/** How a member wants to be told; what is missing is as usual for the role. Minutes of the day by the clock of `time_zone`. */
export const notificationSettings = pgTable(
  'notification_settings',
  {
    orgId: orgId(),
    memberId: typeId('mem')('member_id').notNull(),
    channels: jsonb('channels').notNull(),
    quietFrom: integer('quiet_from'),
    quietTo: integer('quiet_to'),
    urgentPasses: boolean('urgent_passes').notNull(),
    digestMinute: integer('digest_minute').notNull(),
    digestWorkingDays: boolean('digest_working_days').notNull(),
    timeZone: text('time_zone'),
    locale: text('locale'),
    updatedAt: at('updated_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.memberId] }), foreignKey({ columns: [t.orgId, t.memberId], foreignColumns: [members.orgId, members.id] }), tenantPolicy()],
)
