import { foreignKey, index, integer, jsonb, numeric, pgTable, primaryKey, text, unique, date } from 'drizzle-orm/pg-core'
import { fieldKinds } from '~/domain/leads/vocabulary'
import { at, orgId, tenantPolicy, typeId } from './columns'
import { leads } from './leads'
import { organisations } from './orgs'

/** What an organisation keeps of its leads beside what Clew knows. `key` is its name in files and answers, and never changes. */
export const fieldDefinitions = pgTable(
  'field_definitions',
  {
    orgId: orgId(),
    id: typeId('cf')('id').notNull(),
    key: text('key').notNull(),
    kind: text('kind', { enum: fieldKinds }).notNull(),
    labelEn: text('label_en').notNull(),
    labelZh: text('label_zh').notNull(),
    choices: jsonb('choices').notNull(),
    currency: text('currency'),
    position: integer('position').notNull(),
    createdAt: at('created_at').notNull(),
    archivedAt: at('archived_at'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    unique('field_definitions_key').on(t.orgId, t.key),
    foreignKey({ columns: [t.orgId], foreignColumns: [organisations.orgId] }),
    tenantPolicy(),
  ],
)

/**
 * The value of a field of a lead, in the column of its kind: `text` (texts, urls, one choice), `number` (numbers, minor
 * units of money, 1 for yes), `day`, `choices` (several). No row is no value. May be personal: erased with the lead's person.
 */
export const leadFieldValues = pgTable(
  'lead_field_values',
  {
    orgId: orgId(),
    leadId: typeId('lead')('lead_id').notNull(),
    fieldId: typeId('cf')('field_id').notNull(),
    text: text('text'),
    number: numeric('number'),
    day: date('day', { mode: 'string' }),
    choices: text('choices').array(),
    updatedAt: at('updated_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.leadId, t.fieldId] }),
    index('lead_field_values_number').on(t.orgId, t.fieldId, t.number, t.leadId),
    index('lead_field_values_day').on(t.orgId, t.fieldId, t.day, t.leadId),
    foreignKey({ columns: [t.orgId, t.leadId], foreignColumns: [leads.orgId, leads.id] }).onDelete('cascade'),
    foreignKey({ columns: [t.orgId, t.fieldId], foreignColumns: [fieldDefinitions.orgId, fieldDefinitions.id] }),
    tenantPolicy(),
  ],
)
