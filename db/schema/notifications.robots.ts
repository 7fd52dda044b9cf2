import { boolean, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core'
import { robotKinds, robotStates, robotTopics } from '~/domain/notifications/vocabulary'
import { at, orgId, tenantPolicy, typeId } from './columns'
import { members, teams } from './orgs'

/** A group's robot. Its address and signing secret are sealed; `hint` is what is shown of the address. `recent` are the moments of its last posts. */
export const robots = pgTable(
  'robots',
  {
    orgId: orgId(),
    id: typeId('rbt')('id').notNull(),
    kind: text('kind', { enum: robotKinds }).notNull(),
    name: text('name').notNull(),
    address: text('address').notNull(),
    hint: text('hint').notNull(),
    secret: text('secret'),
    teamId: typeId('team')('team_id'),
    topics: text('topics').array().notNull(),
    showsNames: boolean('shows_names').notNull(),
    locale: text('locale').notNull(),
    state: text('state', { enum: robotStates }).notNull(),
    recent: jsonb('recent').notNull(),
    failingSince: at('failing_since'),
    problem: text('problem'),
    problemAt: at('problem_at'),
    lastSentAt: at('last_sent_at'),
    madeBy: typeId('mem')('made_by'),
    madeAt: at('made_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    foreignKey({ columns: [t.orgId, t.teamId], foreignColumns: [teams.orgId, teams.id] }).onDelete('cascade'),
    foreignKey({ columns: [t.orgId, t.madeBy], foreignColumns: [members.orgId, members.id] }),
    tenantPolicy(),
  ],
)

/** What a robot has to say, once for each thing: ids and counts. What leaves together shares a `batch`. */
export const robotPosts = pgTable(
  'robot_posts',
  {
    orgId: orgId(),
    id: typeId('rbp')('id').notNull(),
    robotId: typeId('rbt')('robot_id').notNull(),
    topic: text('topic', { enum: robotTopics }).notNull(),
    key: text('key').notNull(),
    subject: text('subject'),
    params: jsonb('params').notNull(),
    madeAt: at('made_at').notNull(),
    dueAt: at('due_at').notNull(),
    batch: text('batch'),
    claimedAt: at('claimed_at'),
    tries: integer('tries').notNull().default(0),
    sentAt: at('sent_at'),
    droppedAt: at('dropped_at'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    unique('robot_posts_once').on(t.orgId, t.robotId, t.topic, t.key),
    index('robot_posts_batch').on(t.orgId, t.robotId, t.batch),
    foreignKey({ columns: [t.orgId, t.robotId], foreignColumns: [robots.orgId, robots.id] }).onDelete('cascade'),
    tenantPolicy(),
  ],
)
