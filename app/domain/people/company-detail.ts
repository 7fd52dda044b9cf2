import { and, asc, eq } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import { companyPhones, employments, people } from '~db/schema'
import { query } from '../kernel'
import { OneCompany } from './contract'
import { openCompany } from './open-rows'

export type CompanyDetail = {
  id: Id<'co'>; name: string; domain: string | null; country: string | null; region: string | null; city: string | null; industry: string | null
  employees: number | null; isCustomer: boolean; phones: string[]; people: { id: Id<'per'>; name: string; title: string | null }[]
}
const MOST_PEOPLE = 200

/** A company, its own numbers and up to 200 people of it. Refuses `not-found`, also for companies without a lead the actor sees. */
export const companyDetail = query({
  name: 'company.detail',
  permission: 'leads:read',
  input: OneCompany,
  async run({ tx, ctx, input: { companyId } }): Promise<CompanyDetail> {
    const { id, name, domain, country, region, city, industry, employees, isCustomer } = await openCompany(tx, ctx, companyId)
    const phones = await tx.select({ shown: companyPhones.shown }).from(companyPhones)
      .where(and(eq(companyPhones.orgId, ctx.orgId), eq(companyPhones.companyId, companyId))).orderBy(asc(companyPhones.createdAt))
    const staff = await tx.select({ id: people.id, name: people.name, title: people.title }).from(employments)
      .innerJoin(people, and(eq(people.orgId, employments.orgId), eq(people.id, employments.personId)))
      .where(and(eq(employments.orgId, ctx.orgId), eq(employments.companyId, companyId))).orderBy(asc(employments.since)).limit(MOST_PEOPLE)
    return { id, name, domain, country, region, city, industry, employees, isCustomer, phones: phones.map(({ shown }) => shown), people: staff }
  },
})
