import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import { companies, employments, people } from '~db/schema'
import { query } from '../kernel'
import { contactsOfCompanies } from './contacts/contacts-of'
import type { Reach } from './contacts/reach'
import { OneCompany } from './contract'
import { openCompany } from './open-rows'

export type CompanyDetail = {
  id: Id<'co'>; name: string; domain: string | null; country: string | null; region: string | null; city: string | null; industry: string | null
  employees: number | null; isCustomer: boolean; createdAt: Date; phones: Reach[]; people: { id: Id<'per'>; name: string; title: string | null }[]
  /** every company that was merged into this one, itself first, and all their domains */
  memberIds: Id<'co'>[]; domains: string[]
}
const MOST_PEOPLE = 200

/**
 * A company, its own numbers and up to 200 people of it; of one that was merged, the one that stands for it, with what
 * is known of all. Refuses `not-found`, also for companies without a lead the actor sees.
 */
export const companyDetail = query({
  name: 'company.detail',
  permission: 'leads:read',
  input: OneCompany,
  async run({ tx, ctx, input: { companyId } }): Promise<CompanyDetail> {
    const { id, name, domain, country, region, city, industry, employees, createdAt, memberIds } = await openCompany(tx, ctx, companyId)
    const members = await tx.select({ domain: companies.domain, isCustomer: companies.isCustomer }).from(companies).where(inArray(companies.id, memberIds))
    const phones = (await contactsOfCompanies(tx, ctx, [id])).get(id) ?? []
    const canonical = sql<Id<'per'>>`coalesce(${people.canonicalId}, ${people.id})`.mapWith(people.id)
    const jobs = await tx.select({ id: canonical, since: sql`min(${employments.since})` }).from(employments)
      .innerJoin(people, and(eq(people.orgId, employments.orgId), eq(people.id, employments.personId)))
      .where(and(eq(employments.orgId, ctx.orgId), inArray(employments.companyId, memberIds)))
      .groupBy(canonical).orderBy(sql`2`, sql`1`).limit(MOST_PEOPLE)
    const known = jobs.length === 0 ? [] : await tx.select({ id: people.id, name: people.name, title: people.title }).from(people).where(inArray(people.id, jobs.map((job) => job.id)))
    return {
      id, name, domain, country, region, city, industry, employees, createdAt, memberIds, isCustomer: members.some((member) => member.isCustomer),
      domains: [...new Set([domain, ...members.map((member) => member.domain)])].filter((each) => each !== null), phones,
      people: jobs.flatMap((job) => known.find((person) => person.id === job.id) ?? []),
    }
  },
})
