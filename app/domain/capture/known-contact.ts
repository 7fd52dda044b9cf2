import { eq, or, sql } from 'drizzle-orm'
import { companyKey } from '~/lib/company-name'
import { fromUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { sources } from '~db/schema'
import { query } from '../kernel'
import { leadListRows, type LeadListRow } from '../leads'
import { KnownContact } from './contract'
import { emptyDraft } from './lead-draft'
import { normaliseDraft, type Contact } from './normalise-draft'

/** By what somebody is known, and the open lead, where the actor sees it; `hasLead` says that there is one at all. */
export type Known = { by: 'person' | 'company'; lead: LeadListRow | null; hasLead: boolean }

/**
 * Whether the person (by number or address) or the company (by name, domain or number) of a lead about to be typed in is
 * known, before anything is saved; null where not. Of a lead the actor does not see, nothing but that it is there.
 */
export const knownContact = query({
  name: 'lead.known-contact',
  permission: 'leads:write',
  input: KnownContact,
  async run({ tx, ctx, input: { phone, email, company } }): Promise<Known | null> {
    const [manual] = await tx.select({ country: sources.defaultCountry }).from(sources).where(eq(sources.connector, 'manual')).limit(1)
    // A number of an office says something of a company only where one is named; here it may be all there is.
    const draft = { ...emptyDraft, company: company === '' ? 'unnamed' : company, phones: phone === '' ? [] : [phone], emails: email === '' ? [] : [email] }
    const contact = normaliseDraft(draft, manual?.country ?? 'CN')
    const { people, firms } = await known(tx, contact, company === '' ? null : companyKey(company))
    if (people.length + firms.length === 0) return null
    const open = await openLeads(tx, people, firms)
    const [lead] = await leadListRows(tx, ctx, open)
    return { by: people.length > 0 ? 'person' : 'company', lead: lead ?? null, hasLead: open.length > 0 }
  },
})

const list = (ids: readonly string[]) => sql`any (${`{${ids.join(',')}}`}::uuid[])`

/** Everybody who is meant, with all who were merged with them. */
async function known(tx: Tx, { identities, officePhones, company }: Contact, key: string | null): Promise<{ people: string[]; firms: string[] }> {
  const identity = or(...identities.map(({ kind, value }) => sql`(i.kind = ${kind} and i.value = ${value})`)) ?? sql`false`
  const people = await tx.execute<{ id: string }>(sql`
    select k.id from identities i join people p on p.id = i.person_id join people k on k.id = case when p.canonical_id is null then p.id else p.canonical_id end or k.canonical_id = case when p.canonical_id is null then p.id else p.canonical_id end
    where ${identity}`)
  const phone = or(...officePhones.map(({ value }) => sql`c.id in (select f.company_id from company_phones f where f.value = ${value})`)) ?? sql`false`
  const firms = await tx.execute<{ id: string }>(sql`
    select k.id from companies c join companies k on k.id = case when c.canonical_id is null then c.id else c.canonical_id end or k.canonical_id = case when c.canonical_id is null then c.id else c.canonical_id end
    where (${key}::text is not null and c.key = ${key}) or (${company?.domain ?? null}::text is not null and c.domain = ${company?.domain ?? null}) or ${phone}`)
  return { people: people.map(({ id }) => id), firms: firms.map(({ id }) => id) }
}

async function openLeads(tx: Tx, people: string[], firms: string[]): Promise<Id<'lead'>[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    select l.id from leads l where l.is_open and l.id = any (array(
      select a.id from leads a where a.company_id = ${list(firms)} union select b.id from leads b where b.person_id = ${list(people)}
      union select x.lead_id from lead_people x where x.person_id = ${list(people)})) order by l.came_in_at limit 20`)
  return rows.map(({ id }) => fromUuid('lead', id))
}
