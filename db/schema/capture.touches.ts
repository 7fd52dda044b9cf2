import { boolean, foreignKey, index, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { touchKinds, touchVerdicts } from '~/domain/leads/vocabulary'
import { sources } from './capture'
import { campaigns, channels } from './channels'
import { at, orgId, tenantPolicy, typeId } from './columns'
import { leads } from './leads'
import { members } from './orgs'
import { people } from './people'

/** Which occurrences of a source were recorded: "exactly once" rests on this row. `key` is a digest of the sender's id. */
export const touchKeys = pgTable(
  'touch_keys',
  {
    orgId: orgId(),
    sourceId: typeId('src')('source_id').notNull(),
    key: text('key').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.sourceId, t.key] }),
    foreignKey({ columns: [t.orgId, t.sourceId], foreignColumns: [sources.orgId, sources.id] }),
    tenantPolicy(),
  ],
)

/** What somebody did whom nobody knows yet. `kind` is null where a visitor only said who they are. Kept for 90 days. */
export const visitorEvents = pgTable(
  'visitor_events',
  {
    orgId: orgId(),
    id: typeId('vev')('id').notNull(),
    sourceId: typeId('src')('source_id').notNull(),
    channelId: typeId('ch')('channel_id'),
    campaignId: typeId('cmp')('campaign_id'),
    kind: text('kind', { enum: touchKinds }),
    verdict: text('verdict', { enum: touchVerdicts }).notNull(),
    answers: jsonb('answers').notNull(),
    utm: jsonb('utm').notNull(),
    clickIds: jsonb('click_ids').notNull(),
    session: text('session'),
    isFirstResponse: boolean('is_first_response').notNull(),
    at: at('at').notNull(),
    keptAt: at('kept_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    index('visitor_events_kept').on(t.orgId, t.keptAt),
    foreignKey({ columns: [t.orgId, t.sourceId], foreignColumns: [sources.orgId, sources.id] }),
    foreignKey({ columns: [t.orgId, t.channelId], foreignColumns: [channels.orgId, channels.id] }),
    foreignKey({ columns: [t.orgId, t.campaignId], foreignColumns: [campaigns.orgId, campaigns.id] }),
    tenantPolicy(),
  ],
)

/** Under which names an event waits for its person: an inquiry's external id, an address, a number, a visitor. Digests. */
export const visitorEventNames = pgTable(
  'visitor_event_names',
  {
    orgId: orgId(),
    name: text('name').notNull(),
    eventId: typeId('vev')('event_id').notNull(),
    isVisitor: boolean('is_visitor').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.name, t.eventId] }),
    index('visitor_event_names_event').on(t.orgId, t.eventId),
    foreignKey({ columns: [t.orgId, t.eventId], foreignColumns: [visitorEvents.orgId, visitorEvents.id] }).onDelete('cascade'),
    tenantPolicy(),
  ],
)

/** Visitors who are known: the digest of an anonymous or user id, and whose it is. Erasable. */
export const visitors = pgTable(
  'visitors',
  {
    orgId: orgId(),
    name: text('name').notNull(),
    personId: typeId('per')('person_id').notNull(),
    boundAt: at('bound_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.name] }),
    index('visitors_person').on(t.orgId, t.personId),
    foreignKey({ columns: [t.orgId, t.personId], foreignColumns: [people.orgId, people.id] }),
    tenantPolicy(),
  ],
)

/** A code a rep shows one lead: whoever adds us by it is that lead's person. */
export const contactCodes = pgTable(
  'contact_codes',
  {
    orgId: orgId(),
    code: text('code').notNull(),
    leadId: typeId('lead')('lead_id').notNull(),
    sourceId: typeId('src')('source_id').notNull(),
    memberId: typeId('mem')('member_id'),
    createdAt: at('created_at').notNull(),
    usedAt: at('used_at'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.code] }),
    index('contact_codes_lead').on(t.orgId, t.leadId),
    foreignKey({ columns: [t.orgId, t.leadId], foreignColumns: [leads.orgId, leads.id] }),
    foreignKey({ columns: [t.orgId, t.sourceId], foreignColumns: [sources.orgId, sources.id] }),
    foreignKey({ columns: [t.orgId, t.memberId], foreignColumns: [members.orgId, members.id] }),
    tenantPolicy(),
  ],
)
