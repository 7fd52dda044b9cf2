import { doublePrecision, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core'
import { hintKinds, matchBands, matchReasons, matchStates } from '~/domain/people/vocabulary'
import { at, orgId, tenantPolicy, typeId } from './columns'
import { organisations } from './orgs'
import { people } from './people'

/** Digests under which people may be found who could be one. No personal value can be read from them. */
export const matchKeys = pgTable(
  'match_keys',
  { orgId: orgId(), key: text('key').notNull(), personId: typeId('per')('person_id').notNull() },
  (t) => [
    primaryKey({ columns: [t.orgId, t.key, t.personId] }),
    index('match_keys_person').on(t.orgId, t.personId),
    foreignKey({ columns: [t.orgId, t.personId], foreignColumns: [people.orgId, people.id] }),
    tenantPolicy(),
  ],
)

/**
 * Pairs of people that were weighed and may be one; `person_id` is the older. Levels and weights only, no values.
 * What a member answered stays for ever.
 */
export const matchDecisions = pgTable(
  'match_decisions',
  {
    orgId: orgId(),
    id: typeId('mtd')('id').notNull(),
    personId: typeId('per')('person_id').notNull(),
    candidateId: typeId('per')('candidate_id').notNull(),
    weight: doublePrecision('weight').notNull(),
    fields: jsonb('fields').notNull(),
    band: text('band', { enum: matchBands }).notNull(),
    reason: text('reason', { enum: matchReasons }).notNull(),
    modelVersion: integer('model_version').notNull(),
    state: text('state', { enum: matchStates }).notNull(),
    decidedBy: text('decided_by').notNull(),
    at: at('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    unique('match_decisions_pair').on(t.orgId, t.personId, t.candidateId),
    index('match_decisions_open').on(t.orgId, t.state, t.band, t.weight, t.id),
    index('match_decisions_candidate').on(t.orgId, t.candidateId),
    foreignKey({ columns: [t.orgId, t.personId], foreignColumns: [people.orgId, people.id] }),
    foreignKey({ columns: [t.orgId, t.candidateId], foreignColumns: [people.orgId, people.id] }),
    tenantPolicy(),
  ],
)

/** What an organisation's own people taught: m, u and λ, by version. */
export const matchModels = pgTable(
  'match_models',
  { orgId: orgId(), version: integer('version').notNull(), model: jsonb('model').notNull(), people: integer('people').notNull(), learnedAt: at('learned_at').notNull() },
  (t) => [primaryKey({ columns: [t.orgId, t.version] }), foreignKey({ columns: [t.orgId], foreignColumns: [organisations.orgId] }), tenantPolicy()],
)

/** From which probability a match joins by itself or is looked at, and after how many silent months a number is doubted. */
export const matchSettings = pgTable(
  'match_settings',
  {
    orgId: orgId(), autoAt: doublePrecision('auto_at').notNull(), reviewAt: doublePrecision('review_at').notNull(), silentMonths: integer('silent_months').notNull(),
    updatedAt: at('updated_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.orgId] }), foreignKey({ columns: [t.orgId], foreignColumns: [organisations.orgId] }), tenantPolicy()],
)

/** Numbers that are no keys, kept until they expire. `value` is personal and goes with its person. */
export const contactHints = pgTable(
  'contact_hints',
  {
    orgId: orgId(), personId: typeId('per')('person_id').notNull(), kind: text('kind', { enum: hintKinds }).notNull(), value: text('value').notNull(),
    createdAt: at('created_at').notNull(), expiresAt: at('expires_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.personId, t.kind, t.value] }),
    index('contact_hints_expiry').on(t.orgId, t.expiresAt),
    foreignKey({ columns: [t.orgId, t.personId], foreignColumns: [people.orgId, people.id] }),
    tenantPolicy(),
  ],
)
