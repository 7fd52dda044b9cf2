import { boolean, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core'
import { formStatuses, submissionStates } from '~/domain/capture/vocabulary'
import { sources } from './capture'
import { at, orgId, tenantPolicy, typeId } from './columns'

/** A form: its source says where its leads go, `draft` what is being edited. What is live lies in the source's settings. */
export const forms = pgTable(
  'forms',
  {
    orgId: orgId(),
    id: typeId('frm')('id').notNull(),
    sourceId: typeId('src')('source_id').notNull(),
    status: text('status', { enum: formStatuses }).notNull(),
    draft: jsonb('draft').notNull(),
    version: integer('version').notNull().default(0),
    isChanged: boolean('is_changed').notNull().default(true),
    createdAt: at('created_at').notNull(),
    updatedAt: at('updated_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    unique('forms_source').on(t.orgId, t.sourceId),
    foreignKey({ columns: [t.orgId, t.sourceId], foreignColumns: [sources.orgId, sources.id] }),
    tenantPolicy(),
  ],
)

/** Every version of a form that was ever live, as it was. Append-only; holds no personal data. */
export const formVersions = pgTable(
  'form_versions',
  {
    orgId: orgId(),
    formId: typeId('frm')('form_id').notNull(),
    version: integer('version').notNull(),
    definition: jsonb('definition').notNull(),
    actor: text('actor').notNull(),
    at: at('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.formId, t.version] }),
    foreignKey({ columns: [t.orgId, t.formId], foreignColumns: [forms.orgId, forms.id] }),
    tenantPolicy(),
  ],
)

/** Every wording of a consent that was ever shown, by the SHA-256 of its text. Append-only. */
export const consentTexts = pgTable(
  'consent_texts',
  {
    orgId: orgId(),
    formId: typeId('frm')('form_id').notNull(),
    consent: text('consent').notNull(),
    sha256: text('sha256').notNull(),
    locale: text('locale').notNull(),
    purpose: text('purpose').notNull(),
    text: text('text').notNull(),
    at: at('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.formId, t.consent, t.sha256] }),
    foreignKey({ columns: [t.orgId, t.formId], foreignColumns: [forms.orgId, forms.id] }),
    tenantPolicy(),
  ],
)

/** Where each submission stands. Digests are keyed and hold no personal data; what was typed is the delivery's body. */
export const formSubmissions = pgTable(
  'form_submissions',
  {
    orgId: orgId(),
    deliveryId: typeId('dlv')('delivery_id').notNull(),
    formId: typeId('frm')('form_id').notNull(),
    version: integer('version').notNull(),
    locale: text('locale').notNull(),
    state: text('state', { enum: submissionStates }).notNull(),
    reasons: jsonb('reasons').notNull(),
    needsConfirmation: boolean('needs_confirmation').notNull(),
    contactDigest: text('contact_digest'),
    textDigest: text('text_digest'),
    callerDigest: text('caller_digest'),
    tokenSha256: text('token_sha256'),
    tokenExpiresAt: at('token_expires_at'),
    confirmedAt: at('confirmed_at'),
    decidedBy: text('decided_by'),
    decidedAt: at('decided_at'),
    at: at('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.deliveryId] }),
    index('form_submissions_state').on(t.orgId, t.formId, t.state, t.deliveryId),
    index('form_submissions_contact').on(t.orgId, t.contactDigest, t.at),
    index('form_submissions_text').on(t.orgId, t.textDigest, t.at),
    index('form_submissions_caller').on(t.orgId, t.callerDigest, t.at),
    unique('form_submissions_token').on(t.orgId, t.tokenSha256),
    foreignKey({ columns: [t.orgId, t.formId], foreignColumns: [forms.orgId, forms.id] }),
    tenantPolicy(),
  ],
)

/** What was ticked, to which words, in which language, when. Append-only proof; whose it is, the delivery says. */
export const formConsents = pgTable(
  'form_consents',
  {
    orgId: orgId(),
    deliveryId: typeId('dlv')('delivery_id').notNull(),
    consent: text('consent').notNull(),
    formId: typeId('frm')('form_id').notNull(),
    purpose: text('purpose').notNull(),
    textSha256: text('text_sha256').notNull(),
    locale: text('locale').notNull(),
    isGiven: boolean('is_given').notNull(),
    at: at('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.deliveryId, t.consent] }),
    index('form_consents_form').on(t.orgId, t.formId, t.at),
    foreignKey({ columns: [t.orgId, t.formId], foreignColumns: [forms.orgId, forms.id] }),
    tenantPolicy(),
  ],
)
