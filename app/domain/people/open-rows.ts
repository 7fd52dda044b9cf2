import { and, eq, sql } from 'drizzle-orm'
import { toUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { companies, people } from '~db/schema'
import { DomainError, type Context } from '../kernel'
import { leadOpensTo, seesEverybody } from './visible-person'

/** A person of this organisation whom the actor may see. Refuses `not-found`. */
export async function openPerson(tx: Tx, ctx: Context, personId: Id<'per'>): Promise<typeof people.$inferSelect> {
  const [person] = await tx.select().from(people).where(and(eq(people.orgId, ctx.orgId), eq(people.id, personId)))
  if (!person) throw new DomainError('not-found')
  if (seesEverybody(ctx)) return person
  const [seen] = await tx.execute(sql`
    select 1 from lead_people lp join leads l on l.org_id = lp.org_id and l.id = lp.lead_id
    where lp.org_id = ${toUuid(ctx.orgId)} and lp.person_id = ${toUuid(personId)} and ${leadOpensTo(ctx)} limit 1`)
  if (!seen) throw new DomainError('not-found')
  return person
}

/** A company of this organisation that the actor may see. Refuses `not-found`. */
export async function openCompany(tx: Tx, ctx: Context, companyId: Id<'co'>): Promise<typeof companies.$inferSelect> {
  const [company] = await tx.select().from(companies).where(and(eq(companies.orgId, ctx.orgId), eq(companies.id, companyId)))
  if (!company) throw new DomainError('not-found')
  if (seesEverybody(ctx)) return company
  const [seen] = await tx.execute(sql`
    select 1 from leads l where l.org_id = ${toUuid(ctx.orgId)} and l.company_id = ${toUuid(companyId)} and ${leadOpensTo(ctx)} limit 1`)
  if (!seen) throw new DomainError('not-found')
  return company
}
