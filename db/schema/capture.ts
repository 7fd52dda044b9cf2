import { boolean, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core'
import { connectorNames, deliveryVerdicts, importKinds, importStates, leadRules, sourceStatuses } from '~/domain/capture/vocabulary'
import { campaigns, channels } from './channels'
import { at, bytes, orgId, tenantPolicy, typeId } from './columns'
import { leads, productLines } from './leads'
import { members } from './orgs'
import { companies, people } from './people'

/** One connected inlet. `key` is the unguessable part of its address; secrets are stored encrypted. */
export const sources = pgTable(
  'sources',
  {
    orgId: orgId(),
    id: typeId('src')('id').notNull(),
    connector: text('connector', { enum: connectorNames }).notNull(),
    name: text('name').notNull(),
    key: text('key').notNull(),
    secret: text('secret'),
    previousSecret: text('previous_secret'),
    previousSecretUntil: at('previous_secret_until'),
    channelId: typeId('ch')('channel_id'),
    campaignId: typeId('cmp')('campaign_id'),
    productLineId: typeId('pl')('product_line_id'),
    ownerId: typeId('mem')('owner_id'),
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
    unique('inquiries_external').on(t.orgId, t.sourceId, t.externalId),
    index('inquiries_external_id').on(t.orgId, t.externalId),
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

/** One import of a file, from its check to its end. Names and counts only; what the file says is beside it. */
export const importRuns = pgTable(
  'import_runs',
  {
    orgId: orgId(),
    id: typeId('imp')('id').notNull(),
    kind: text('kind', { enum: importKinds }).notNull(),
    state: text('state', { enum: importStates }).notNull().default('done'),
    fileName: text('file_name').notNull(),
    fileSha256: text('file_sha256').notNull(),
    counts: jsonb('counts').notNull(),
    actorKind: text('actor_kind').notNull(),
    actorId: text('actor_id'),
    startedAt: at('started_at').notNull(),
    finishedAt: at('finished_at'),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.id] }), index('import_runs_started').on(t.orgId, t.startedAt), tenantPolicy()],
)

/** The bytes of an uploaded file until it is run, and what became of each row. Personal, erasable. */
export const importFiles = pgTable(
  'import_files',
  {
    orgId: orgId(),
    importId: typeId('imp')('import_id').notNull(),
    content: bytes('content'),
    mapping: jsonb('mapping'),
    plan: jsonb('plan'),
    result: bytes('result'),
    createdAt: at('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.importId] }),
    foreignKey({ columns: [t.orgId, t.importId], foreignColumns: [importRuns.orgId, importRuns.id] }),
    tenantPolicy(),
  ],
)
