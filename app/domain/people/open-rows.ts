import { eq, sql } from 'drizzle-orm'
import { toUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { companies, people } from '~db/schema'
import { DomainError, type Context } from '../kernel'
import { groupOfCompany, groupOfPerson } from './merged-group'
import { leadOpensTo, seesEverybody } from './visible-person'

export type OpenPerson = typeof people.$inferSelect & { memberIds: Id<'per'>[] }
export type OpenCompany = typeof companies.$inferSelect & { memberIds: Id<'co'>[] }

/** A person of this organisation whom the actor may see; of one that was merged, the one that stands for them. Refuses `not-found`. */
export async function openPerson(tx: Tx, ctx: Context, personId: Id<'per'>): Promise<OpenPerson> {
  const group = await groupOfPerson(tx, personId)
  if (group === null) throw new DomainError('not-found')
  const [person] = await tx.select().from(people).where(eq(people.id, group.canonicalId))
  if (!person) throw new DomainError('not-found')
  if (seesEverybody(ctx)) return { ...person, memberIds: group.ids }
  const [seen] = await tx.execute(sql`
    select 1 from lead_people lp join leads l on l.org_id = lp.org_id and l.id = lp.lead_id
    where lp.org_id = ${toUuid(ctx.orgId)} and lp.person_id = any (${uuids(group.ids)}::uuid[]) and ${leadOpensTo(ctx)} limit 1`)
  if (!seen) throw new DomainError('not-found')
  return { ...person, memberIds: group.ids }
}

/** A company of this organisation that the actor may see; of one that was merged, the one that stands for it. Refuses `not-found`. */
export async function openCompany(tx: Tx, ctx: Context, companyId: Id<'co'>): Promise<OpenCompany> {
  const group = await groupOfCompany(tx, companyId)
  if (group === null) throw new DomainError('not-found')
  const [company] = await tx.select().from(companies).where(eq(companies.id, group.canonicalId))
  if (!company) throw new DomainError('not-found')
  if (seesEverybody(ctx)) return { ...company, memberIds: group.ids }
  const [seen] = await tx.execute(sql`
    select 1 from leads l where l.org_id = ${toUuid(ctx.orgId)} and l.company_id = any (${uuids(group.ids)}::uuid[]) and ${leadOpensTo(ctx)} limit 1`)
  if (!seen) throw new DomainError('not-found')
  return { ...company, memberIds: group.ids }
}

const uuids = (ids: readonly string[]) => `{${ids.map(toUuid).join(',')}}`
