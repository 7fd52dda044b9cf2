import { index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { at, orgId, tenantPolicy, typeId } from './columns'

/**
 * What a touch says beyond its kind: page, topic, UTM, click ids. Personal, erasable. `session` is the digest of one
 * stay somewhere, which pairs "joined" and "left"; `minutes` is filled on the row of "left" once both are known.
 */
export const touchDetails = pgTable(
  'touch_details',
  {
    orgId: orgId(),
    touchId: typeId('tch')('touch_id').notNull(),
    answers: jsonb('answers').notNull(),
    utm: jsonb('utm').notNull(),
    clickIds: jsonb('click_ids').notNull(),
    session: text('session'),
    at: at('at').notNull(),
    minutes: integer('minutes'),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.touchId] }), index('touch_details_session').on(t.orgId, t.session), tenantPolicy()],
)
