import { customType, boolean, foreignKey, index, integer, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { sql } from 'drizzle-orm'
import { identityKinds } from '~/domain/people/vocabulary'
import { at, orgId, tenantPolicy, typeId } from './columns'
import { organisations } from './orgs'

const nameText = customType<{ data: string }>({ dataType: () => 'text collate "zh-x-icu"' })

/** `key` is the folded name without legal form; `domain` is the registrable domain, never a free-mail one. Merged as people are. */
export const companies = pgTable(
  'companies',
  {
    orgId: orgId(),
    id: typeId('co')('id').notNull(),
    name: nameText('name').notNull(),
    key: text('key').notNull(),
    domain: text('domain'),
    country: text('country'),
    region: text('region'),
    city: text('city'),
    industry: text('industry'),
    employees: integer('employees'),
    isCustomer: boolean('is_customer').notNull().default(false),
    canonicalId: typeId('co')('canonical_id'),
    tokens: text('tokens').array().notNull(),
    createdAt: at('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    uniqueIndex('companies_domain').on(t.orgId, t.domain).where(sql`domain is not null`),
    index('companies_key').on(t.orgId, t.key),
    index('companies_canonical').on(t.orgId, t.canonicalId).where(sql`canonical_id is not null`),
    foreignKey({ columns: [t.orgId], foreignColumns: [organisations.orgId] }),
    foreignKey({ columns: [t.orgId, t.canonicalId], foreignColumns: [t.orgId, t.id] }),
    tenantPolicy(),
  ],
)

/** A person. Merging sets `canonical_id`, always the one that stays at last, and moves no rows. */
export const people = pgTable(
  'people',
  {
    orgId: orgId(),
    id: typeId('per')('id').notNull(),
    name: nameText('name').notNull(),
    givenName: text('given_name'),
    familyName: text('family_name'),
    title: text('title'),
    country: text('country'),
    region: text('region'),
    city: text('city'),
    canonicalId: typeId('per')('canonical_id'),
    tokens: text('tokens').array().notNull(),
    createdAt: at('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    index('people_canonical').on(t.orgId, t.canonicalId).where(sql`canonical_id is not null`),
    foreignKey({ columns: [t.orgId], foreignColumns: [organisations.orgId] }),
    foreignKey({ columns: [t.orgId, t.canonicalId], foreignColumns: [t.orgId, t.id] }),
    tenantPolicy(),
  ],
)

/** What finds a person again: one normalised value belongs to one person of an organisation. */
export const identities = pgTable(
  'identities',
  {
    orgId: orgId(),
    kind: text('kind', { enum: identityKinds }).notNull(),
    value: text('value').notNull(),
    personId: typeId('per')('person_id').notNull(),
    shown: text('shown').notNull(),
    createdAt: at('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.kind, t.value] }),
    index('identities_person').on(t.orgId, t.personId),
    foreignKey({ columns: [t.orgId, t.personId], foreignColumns: [people.orgId, people.id] }),
    tenantPolicy(),
  ],
)

/** Landlines and 400 numbers belong to companies, not to people. */
export const companyPhones = pgTable(
  'company_phones',
  {
    orgId: orgId(),
    companyId: typeId('co')('company_id').notNull(),
    value: text('value').notNull(),
    shown: text('shown').notNull(),
    createdAt: at('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.companyId, t.value] }),
    foreignKey({ columns: [t.orgId, t.companyId], foreignColumns: [companies.orgId, companies.id] }),
    tenantPolicy(),
  ],
)

/** A person may belong to several companies over time. */
export const employments = pgTable(
  'employments',
  {
    orgId: orgId(),
    personId: typeId('per')('person_id').notNull(),
    companyId: typeId('co')('company_id').notNull(),
    title: text('title'),
    since: at('since').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.personId, t.companyId] }),
    index('employments_company').on(t.orgId, t.companyId),
    foreignKey({ columns: [t.orgId, t.personId], foreignColumns: [people.orgId, people.id] }),
    foreignKey({ columns: [t.orgId, t.companyId], foreignColumns: [companies.orgId, companies.id] }),
    tenantPolicy(),
  ],
)
