import { sql, type SQL } from 'drizzle-orm'
import { fromUuid, toUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import type { Owners, Staff } from './decide-assignment'
import { languageOf } from './language-of'
import type { ArrivalFacts } from './match-rule'

/** A lead as assignment looks at it. `companyIds` are its company and all merged with it. */
export type Arrival = { leadId: Id<'lead'>; facts: ArrivalFacts; companyId: Id<'co'> | null; cameInAt: Date; closedAt: Date | null; ownerId: Id<'mem'> | null; firstResponseAt: Date | null; company: string | null }

type Row = {
  id: string; channel_kind: string | null; channel_id: string | null; source_id: string; campaign_id: string | null; product_line_id: string; country: string | null; region: string | null; city: string | null
  industry: string | null; employees: number | null; of_customer: boolean; company_id: string | null; company: string | null; domain: string | null; person: string | null; message: string | null
  came_in_at: string; closed_at: string | null; owner_id: string | null; first_response_at: string | null
}
const id = <P extends string>(prefix: P, uuid: string | null): Id<P> | null => (uuid === null ? null : fromUuid(prefix, uuid))

/** Leads with what rules can ask of them, in the order they came. Where the company says nothing, its person does. */
export async function arrivalsWhere(tx: Tx, where: SQL, most: number): Promise<Arrival[]> {
  const rows = await tx.execute<Row>(sql`
    select l.id, ch.kind as channel_kind, l.channel_id, l.source_id, l.campaign_id, l.product_line_id, coalesce(c.country, p.country) as country, coalesce(c.region, p.region) as region,
      coalesce(c.city, p.city) as city, c.industry, c.employees, l.of_customer, coalesce(c.canonical_id, c.id) as company_id, c.name as company, c.domain, p.name as person, l.came_in_at, l.owner_id,
      l.first_response_at, case when l.is_open then null else coalesce(s.won_at, s.lost_at, l.junk_at) end as closed_at,
      (select d.message from inquiries q join inquiry_details d on d.org_id = q.org_id and d.inquiry_id = q.id where q.org_id = l.org_id and q.lead_id = l.id order by q.at, q.id limit 1) as message
    from leads l
    left join channels ch on ch.org_id = l.org_id and ch.id = l.channel_id
    left join companies c on c.org_id = l.org_id and c.id = l.company_id
    left join people p on p.org_id = l.org_id and p.id = l.person_id
    left join lead_stages s on s.org_id = l.org_id and s.lead_id = l.id
    where l.duplicate_of is null and ${where} order by l.came_in_at, l.id limit ${most}`)
  return rows.map(arrivalOf)
}

const arrivalOf = (row: Row): Arrival => ({
  leadId: fromUuid('lead', row.id), companyId: id('co', row.company_id), cameInAt: new Date(row.came_in_at), closedAt: row.closed_at === null ? null : new Date(row.closed_at),
  ownerId: id('mem', row.owner_id), firstResponseAt: row.first_response_at === null ? null : new Date(row.first_response_at), company: row.company,
  facts: {
    channelKind: row.channel_kind, channelId: id('ch', row.channel_id), sourceId: fromUuid('src', row.source_id), campaignId: id('cmp', row.campaign_id), productLineId: fromUuid('pl', row.product_line_id),
    country: row.country, region: row.region, city: row.city, language: languageOf([row.message, row.person], row.country), industry: row.industry, employees: row.employees, ofCustomer: row.of_customer,
    company: row.company, domain: row.domain,
  },
})

/** Of each company of these leads: who has its other open lead, and who won its last one; duplicates of a merge count with it. */
export async function ownersOfCompanies(tx: Tx, arrivals: readonly Pick<Arrival, 'leadId' | 'companyId'>[]): Promise<Map<Id<'co'> | null, Owners>> {
  const asked = arrivals.flatMap(({ companyId }) => (companyId === null ? [] : [toUuid(companyId)]))
  if (asked.length === 0) return new Map()
  const list = (uuids: readonly string[]) => sql`${`{${uuids.join(',')}}`}::uuid[]`
  const others = sql`l.owner_id is not null and not l.id = any (${list(arrivals.map(({ leadId }) => toUuid(leadId)))})`
  const rows = await tx.execute<{ company_id: string; company: string | null; customer: string | null }>(sql`
    with firms as materialized (
      select x.id, x.id as asked from companies x where x.id = any (${list(asked)}) union select x.id, x.canonical_id from companies x where x.canonical_id = any (${list(asked)}))
    select a.asked as company_id,
      (select l.owner_id from firms f join leads l on l.company_id = f.id where f.asked = a.asked and l.is_open and ${others} order by l.came_in_at, l.id limit 1) as company,
      (select l.owner_id from firms f join leads l on l.company_id = f.id join lead_stages s on s.org_id = l.org_id and s.lead_id = l.id where f.asked = a.asked and s.won_at is not null and ${others}
        order by s.won_at desc, l.id limit 1) as customer
    from (select distinct asked from firms) a`)
  return new Map(rows.map((row) => [fromUuid('co', row.company_id), { company: id('mem', row.company), customer: id('mem', row.customer) }]))
}

type StaffRow = { id: string; team_id: string | null; status: string; role: string; open: number; open_cap: number | null; takes_leads: boolean | null; languages: string[] | null; skills: string[] | null }

/** Everybody who may own leads, with how many open ones they have and may have. */
export async function staffNow(tx: Tx): Promise<Map<Id<'mem'>, Staff>> {
  const rows = await tx.execute<StaffRow>(sql`
    select m.id, m.team_id, m.status, m.role, t.open_cap, t.takes_leads, t.languages, t.skills,
      (select count(*)::int from leads l where l.org_id = m.org_id and l.owner_id = m.id and l.is_open) as open
    from members m left join assignment_members t on t.org_id = m.org_id and t.member_id = m.id where m.role <> 'partner' order by m.id`)
  return new Map(rows.map((row) => {
    const memberId = fromUuid('mem', row.id)
    return [memberId, {
      id: memberId, teamId: id('team', row.team_id), isActive: row.status === 'active', takesLeads: row.takes_leads ?? true, cap: row.open_cap, open: row.open,
      languages: row.languages ?? [], skills: row.skills ?? [],
    }]
  }))
}
