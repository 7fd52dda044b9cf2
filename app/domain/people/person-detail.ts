import { and, desc, eq, inArray, sql } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import { companies, employments } from '~db/schema'
import { query } from '../kernel'
import { contactsOfPeople } from './contacts/contacts-of'
import type { Reach } from './contacts/reach'
import { OnePerson } from './contract'
import { openPerson } from './open-rows'

export type PersonDetail = {
  id: Id<'per'>; name: string; title: string | null; country: string | null; region: string | null; city: string | null; createdAt: Date
  /** everybody who was merged into this one, itself first */
  memberIds: Id<'per'>[]
  reach: Reach[]
  companies: { id: Id<'co'>; name: string; title: string | null; since: Date }[]
}

/**
 * A person, how to reach them, and where they work, the last employer first; of one that was merged, the one that
 * stands for them, with what is known of all. Refuses `not-found`, also for people on no lead the actor sees.
 */
export const personDetail = query({
  name: 'person.detail',
  permission: 'leads:read',
  input: OnePerson,
  async run({ tx, ctx, input: { personId } }): Promise<PersonDetail> {
    const { id, name, title, country, region, city, createdAt, memberIds } = await openPerson(tx, ctx, personId)
    const reach = (await contactsOfPeople(tx, ctx, [id])).get(id) ?? []
    const jobs = await tx.select({ companyId: employments.companyId, title: employments.title, since: employments.since }).from(employments)
      .where(and(eq(employments.orgId, ctx.orgId), inArray(employments.personId, memberIds))).orderBy(desc(employments.since), desc(employments.companyId))
    const firms = jobs.length === 0 ? [] : await tx.select({ id: sql<Id<'co'>>`coalesce(${companies.canonicalId}, ${companies.id})`.mapWith(companies.id), of: companies.id }).from(companies)
      .where(inArray(companies.id, jobs.map(({ companyId }) => companyId)))
    const names = firms.length === 0 ? [] : await tx.select({ id: companies.id, name: companies.name }).from(companies).where(inArray(companies.id, firms.map((firm) => firm.id)))
    const employers = jobs.flatMap(({ companyId, ...job }) => {
      const firm = names.find((each) => each.id === firms.find(({ of }) => of === companyId)?.id)
      return firm === undefined ? [] : [{ ...firm, ...job }]
    })
    const firsts = employers.filter((each, index) => employers.findIndex((other) => other.id === each.id) === index)
    return { id, name, title, country, region, city, createdAt, memberIds, reach, companies: firsts }
  },
})
