import { and, asc, desc, eq } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import { companies, employments, identities } from '~db/schema'
import { query } from '../kernel'
import { OnePerson } from './contract'
import { openPerson } from './open-rows'
import type { IdentityKind } from './vocabulary'

export type PersonDetail = {
  id: Id<'per'>; name: string; title: string | null; country: string | null; region: string | null; city: string | null
  identities: { kind: IdentityKind; shown: string }[]
  companies: { id: Id<'co'>; name: string; title: string | null; since: Date }[]
}

/** A person, how to reach them, and where they work, the last employer first. Refuses `not-found`, also for people on no lead the actor sees. */
export const personDetail = query({
  name: 'person.detail',
  permission: 'leads:read',
  input: OnePerson,
  async run({ tx, ctx, input: { personId } }): Promise<PersonDetail> {
    const { id, name, title, country, region, city } = await openPerson(tx, ctx, personId)
    const known = await tx.select({ kind: identities.kind, shown: identities.shown }).from(identities)
      .where(and(eq(identities.orgId, ctx.orgId), eq(identities.personId, personId))).orderBy(asc(identities.createdAt), asc(identities.kind))
    const employers = await tx.select({ id: companies.id, name: companies.name, title: employments.title, since: employments.since }).from(employments)
      .innerJoin(companies, and(eq(companies.orgId, employments.orgId), eq(companies.id, employments.companyId)))
      .where(and(eq(employments.orgId, ctx.orgId), eq(employments.personId, personId))).orderBy(desc(employments.since))
    return { id, name, title, country, region, city, identities: known, companies: employers }
  },
})
