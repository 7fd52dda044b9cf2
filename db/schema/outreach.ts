import { boolean, foreignKey, index, integer, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core'
import { mailProblems, mailStates, suppressionReasons } from '~/domain/outreach/vocabulary'
import { at, orgId, tenantPolicy, typeId } from './columns'
import { leads } from './leads'
import { members, organisations } from './orgs'
import { people } from './people'

/** A text to start a mail from. What it says is in its revisions; `revision` is the one that is offered. */
export const outreachTemplates = pgTable(
  'outreach_templates',
  {
    orgId: orgId(),
    id: typeId('tpl')('id').notNull(),
    name: text('name').notNull(),
    locale: text('locale').notNull(),
    revision: integer('revision').notNull(),
    archivedAt: at('archived_at'),
    createdAt: at('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    foreignKey({ columns: [t.orgId], foreignColumns: [organisations.orgId] }),
    tenantPolicy(),
  ],
)

/** Every wording a template ever had. Append-only: a mail names the one it was made from. */
export const outreachTemplateRevisions = pgTable(
  'outreach_template_revisions',
  {
    orgId: orgId(),
    templateId: typeId('tpl')('template_id').notNull(),
    revision: integer('revision').notNull(),
    subject: text('subject').notNull(),
    body: text('body').notNull(),
    by: text('by').notNull(),
    at: at('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.templateId, t.revision] }),
    foreignKey({ columns: [t.orgId, t.templateId], foreignColumns: [outreachTemplates.orgId, outreachTemplates.id] }),
    tenantPolicy(),
  ],
)

/** One mail to one person about one lead: facts only. `address_key` and `token_hash` outlive what it said. */
export const outreachMails = pgTable(
  'outreach_mails',
  {
    orgId: orgId(),
    id: typeId('mail')('id').notNull(),
    leadId: typeId('lead')('lead_id').notNull(),
    personId: typeId('per')('person_id').notNull(),
    /** who wrote it */
    memberId: typeId('mem')('member_id').notNull(),
    templateId: typeId('tpl')('template_id'),
    templateRevision: integer('template_revision'),
    locale: text('locale').notNull(),
    state: text('state', { enum: mailStates }).notNull(),
    orderedAt: at('ordered_at').notNull(),
    /** not before: until then it can be taken back */
    sendAfter: at('send_after').notNull(),
    /** when it is to be looked at next; null when it is settled */
    nextAt: at('next_at'),
    attempts: integer('attempts').notNull().default(0),
    /** a try ended without an answer: it may have arrived */
    maybeSent: boolean('maybe_sent').notNull().default(false),
    problem: text('problem', { enum: mailProblems }),
    settledAt: at('settled_at'),
    activityId: typeId('act')('activity_id'),
    addressKey: text('address_key').notNull(),
    tokenHash: text('token_hash').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    unique('outreach_mails_token').on(t.orgId, t.tokenHash),
    index('outreach_mails_by_token').on(t.tokenHash),
    index('outreach_mails_lead').on(t.orgId, t.leadId, t.id),
    index('outreach_mails_person').on(t.orgId, t.personId),
    index('outreach_mails_activity').on(t.orgId, t.activityId),
    index('outreach_mails_template').on(t.orgId, t.templateId, t.orderedAt),
    foreignKey({ columns: [t.orgId, t.leadId], foreignColumns: [leads.orgId, leads.id] }),
    foreignKey({ columns: [t.orgId, t.personId], foreignColumns: [people.orgId, people.id] }),
    foreignKey({ columns: [t.orgId, t.memberId], foreignColumns: [members.orgId, members.id] }),
    foreignKey({ columns: [t.orgId, t.templateId], foreignColumns: [outreachTemplates.orgId, outreachTemplates.id] }),
    tenantPolicy(),
  ],
)

/** To whom and what a mail said, apart from the facts and erasable. `token` is sealed, and gone once the mail is settled. */
export const outreachMailBodies = pgTable(
  'outreach_mail_bodies',
  {
    orgId: orgId(),
    mailId: typeId('mail')('mail_id').notNull(),
    address: text('address').notNull(),
    name: text('name').notNull(),
    subject: text('subject').notNull(),
    body: text('body').notNull(),
    token: text('token'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.mailId] }),
    foreignKey({ columns: [t.orgId, t.mailId], foreignColumns: [outreachMails.orgId, outreachMails.id] }),
    tenantPolicy(),
  ],
)

/** Addresses that get no mail, by a keyed digest: no address stands here, and an erasure leaves the row. */
export const outreachSuppressions = pgTable(
  'outreach_suppressions',
  {
    orgId: orgId(),
    addressKey: text('address_key').notNull(),
    reason: text('reason', { enum: suppressionReasons }).notNull(),
    at: at('at').notNull(),
    by: text('by').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.addressKey] }),
    foreignKey({ columns: [t.orgId], foreignColumns: [organisations.orgId] }),
    tenantPolicy(),
  ],
)

/** The key of those digests, one an organisation and sealed: no secret of the installation that may change hangs on it. */
export const outreachKeys = pgTable(
  'outreach_keys',
  {
    orgId: orgId(),
    sealed: text('sealed').notNull(),
    createdAt: at('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId] }),
    foreignKey({ columns: [t.orgId], foreignColumns: [organisations.orgId] }),
    tenantPolicy(),
  ],
)
