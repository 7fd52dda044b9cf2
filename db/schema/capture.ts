import { boolean, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core'
import { connectorNames, deliveryVerdicts, fetchStates, leadRules, sourceStatuses, ways } from '~/domain/capture/vocabulary'
import { campaigns, channels } from './channels'
import { at, bytes, orgId, tenantPolicy, typeId } from './columns'
import { leads, productLines } from './leads'
import { pools } from './leads.pools'
import { members } from './orgs'
import { companies, people } from './people'

/** One connected inlet. `key` is the unguessable part of its address; the secret and `keys` (tokens, AES keys) are stored encrypted. */
export const sources = pgTable(
  'sources',
  {
    orgId: orgId(),
    id: typeId('src')('id').notNull(),
    connector: text('connector', { enum: connectorNames }).notNull(),
    name: text('name').notNull(),
    key: text('key').notNull(),
    secret: text('secret'),
    keys: text('keys'),
    previousSecret: text('previous_secret'),
    previousSecretUntil: at('previous_secret_until'),
    channelId: typeId('ch')('channel_id'),
    campaignId: typeId('cmp')('campaign_id'),
    productLineId: typeId('pl')('product_line_id'),
    ownerId: typeId('mem')('owner_id'),
    /** where leads without an owner wait; null: the organisation's own pool, after the rules of assignment */
    poolId: typeId('pool')('pool_id'),
    leadRule: text('lead_rule', { enum: leadRules }).notNull(),
    defaultCountry: text('default_country').notNull(),
    settings: jsonb('settings').notNull(),
    status: text('status', { enum: sourceStatuses }).notNull(),
    createdAt: at('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    unique('sources_name').on(t.orgId, t.name),
    unique('sources_key').on(t.key),
    foreignKey({ columns: [t.orgId, t.channelId], foreignColumns: [channels.orgId, channels.id] }),
    foreignKey({ columns: [t.orgId, t.campaignId], foreignColumns: [campaigns.orgId, campaigns.id] }),
    foreignKey({ columns: [t.orgId, t.productLineId], foreignColumns: [productLines.orgId, productLines.id] }),
    foreignKey({ columns: [t.orgId, t.ownerId], foreignColumns: [members.orgId, members.id] }),
    foreignKey({ columns: [t.orgId, t.poolId], foreignColumns: [pools.orgId, pools.id] }),
    tenantPolicy(),
  ],
)

/** One inbound message. Immutable, partitioned by the month in its id; holds no personal data. */
export const deliveries = pgTable(
  'deliveries',
  {
    orgId: orgId(),
    id: typeId('dlv')('id').notNull(),
    sourceId: typeId('src')('source_id').notNull(),
    connector: text('connector', { enum: connectorNames }).notNull(),
    dedupeKey: text('dedupe_key').notNull(),
    bodySha256: text('body_sha256').notNull(),
    bodyBytes: integer('body_bytes').notNull(),
    replyStatus: integer('reply_status').notNull(),
    requestId: text('request_id'),
    receivedAt: at('received_at').notNull(),
    way: text('way', { enum: ways }).notNull().default('push'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    index('deliveries_source').on(t.orgId, t.sourceId, t.id),
    foreignKey({ columns: [t.orgId, t.sourceId], foreignColumns: [sources.orgId, sources.id] }),
    tenantPolicy(),
  ],
)

/** The bytes as they came, erasable apart from the delivery. */
export const deliveryBodies = pgTable(
  'delivery_bodies',
  {
    orgId: orgId(),
    deliveryId: typeId('dlv')('delivery_id').notNull(),
    headers: jsonb('headers').notNull(),
    body: bytes('body').notNull(),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.deliveryId] }), tenantPolicy()],
)

/** Who came first under a message id. Unpartitioned and unique: this row is what "exactly once" rests on. */
export const deliveryKeys = pgTable(
  'delivery_keys',
  {
    orgId: orgId(),
    sourceId: typeId('src')('source_id').notNull(),
    dedupeKey: text('dedupe_key').notNull(),
    deliveryId: typeId('dlv')('delivery_id').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.sourceId, t.dedupeKey] }),
    foreignKey({ columns: [t.orgId, t.sourceId], foreignColumns: [sources.orgId, sources.id] }),
    tenantPolicy(),
  ],
)

/** Verdicts on deliveries; the newest one is the state. Append-only. */
export const deliveryOutcomes = pgTable(
  'delivery_outcomes',
  {
    orgId: orgId(),
    id: typeId('dlo')('id').notNull(),
    deliveryId: typeId('dlv')('delivery_id').notNull(),
    verdict: text('verdict', { enum: deliveryVerdicts }).notNull(),
    issues: jsonb('issues'),
    firstDeliveryId: typeId('dlv')('first_delivery_id'),
    leadId: typeId('lead')('lead_id'),
    inquiryId: typeId('inq')('inquiry_id'),
    at: at('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    index('delivery_outcomes_delivery').on(t.orgId, t.deliveryId, t.id),
    index('delivery_outcomes_lead').on(t.orgId, t.leadId),
    index('delivery_outcomes_verdict').on(t.orgId, t.verdict, t.deliveryId),
    tenantPolicy(),
  ],
)

/** A lead that a push only named and the platform is asked for. What it answers becomes a delivery of its own. */
export const fetches = pgTable(
  'fetches',
  {
    orgId: orgId(),
    id: typeId('fet')('id').notNull(),
    sourceId: typeId('src')('source_id').notNull(),
    externalId: text('external_id').notNull(),
    ask: jsonb('ask').notNull(),
    state: text('state', { enum: fetchStates }).notNull(),
    problem: text('problem'),
    /** The platform's own error number. */
    detail: text('detail'),
    attempts: integer('attempts').notNull().default(0),
    nextAt: at('next_at'),
    answerId: typeId('dlv')('answer_id'),
    createdAt: at('created_at').notNull(),
    /** When a push or a person last asked for it: patience is counted from here. */
    orderedAt: at('ordered_at').notNull().defaultNow(),
    settledAt: at('settled_at'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    unique('fetches_external').on(t.orgId, t.sourceId, t.externalId),
    index('fetches_due').on(t.orgId, t.state, t.nextAt),
    foreignKey({ columns: [t.orgId, t.sourceId], foreignColumns: [sources.orgId, sources.id] }),
    tenantPolicy(),
  ],
)

/** Which deliveries wait for which fetch: its verdict becomes theirs. */
export const fetchOrders = pgTable(
  'fetch_orders',
  {
    orgId: orgId(),
    fetchId: typeId('fet')('fetch_id').notNull(),
    deliveryId: typeId('dlv')('delivery_id').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.deliveryId, t.fetchId] }),
    index('fetch_orders_fetch').on(t.orgId, t.fetchId),
    foreignKey({ columns: [t.orgId, t.fetchId], foreignColumns: [fetches.orgId, fetches.id] }),
    tenantPolicy(),
  ],
)

/** One row per source and external id: somebody left a contact or asked. */
export const inquiries = pgTable(
  'inquiries',
  {
    orgId: orgId(),
    id: typeId('inq')('id').notNull(),
    sourceId: typeId('src')('source_id').notNull(),
    externalId: text('external_id').notNull(),
    deliveryId: typeId('dlv')('delivery_id'),
    leadId: typeId('lead')('lead_id'),
    personId: typeId('per')('person_id'),
    companyId: typeId('co')('company_id'),
    channelId: typeId('ch')('channel_id'),
    campaignId: typeId('cmp')('campaign_id'),
    isRepeat: boolean('is_repeat').notNull(),
    at: at('at').notNull(),
    recordedAt: at('recorded_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    // The external id before the source: one index finds it of a source and of any.
    unique('inquiries_external').on(t.orgId, t.externalId, t.sourceId),
    index('inquiries_lead').on(t.orgId, t.leadId),
    index('inquiries_at').on(t.orgId, t.at),
    index('inquiries_person').on(t.orgId, t.personId),
    index('inquiries_company').on(t.orgId, t.companyId),
    foreignKey({ columns: [t.orgId, t.sourceId], foreignColumns: [sources.orgId, sources.id] }),
    foreignKey({ columns: [t.orgId, t.leadId], foreignColumns: [leads.orgId, leads.id] }),
    foreignKey({ columns: [t.orgId, t.personId], foreignColumns: [people.orgId, people.id] }),
    foreignKey({ columns: [t.orgId, t.companyId], foreignColumns: [companies.orgId, companies.id] }),
    foreignKey({ columns: [t.orgId, t.channelId], foreignColumns: [channels.orgId, channels.id] }),
    foreignKey({ columns: [t.orgId, t.campaignId], foreignColumns: [campaigns.orgId, campaigns.id] }),
    tenantPolicy(),
  ],
)

/** What was said in an inquiry: answers, message, landing page, click ids. Personal, erasable. */
export const inquiryDetails = pgTable(
  'inquiry_details',
  {
    orgId: orgId(),
    inquiryId: typeId('inq')('inquiry_id').notNull(),
    message: text('message'),
    answers: jsonb('answers').notNull(),
    external: jsonb('external').notNull(),
    clickIds: jsonb('click_ids').notNull(),
    utm: jsonb('utm').notNull(),
    landingPage: text('landing_page'),
    referrer: text('referrer'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.inquiryId] }),
    foreignKey({ columns: [t.orgId, t.inquiryId], foreignColumns: [inquiries.orgId, inquiries.id] }),
    tenantPolicy(),
  ],
)
