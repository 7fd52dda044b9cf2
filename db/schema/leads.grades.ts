import { foreignKey, index, pgTable, primaryKey, smallint, text } from 'drizzle-orm/pg-core'
import { grades } from '~/domain/leads/vocabulary'
import { at, orgId, tenantPolicy, typeId } from './columns'
import { leads } from './leads'

/** What Clew would have said when a rep gave a grade. Append-only: agreement is measured by it. */
export const gradeSuggestions = pgTable(
  'grade_suggestions',
  {
    orgId: orgId(),
    moveId: typeId('mov')('move_id').notNull(),
    leadId: typeId('lead')('lead_id').notNull(),
    suggested: text('suggested', { enum: grades }).notNull(),
    given: text('given', { enum: grades }).notNull(),
    cell: smallint('cell'),
    at: at('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.moveId] }),
    index('grade_suggestions_at').on(t.orgId, t.at),
    foreignKey({ columns: [t.orgId, t.leadId], foreignColumns: [leads.orgId, leads.id] }),
    tenantPolicy(),
  ],
)
