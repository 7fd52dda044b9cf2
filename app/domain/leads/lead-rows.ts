import { sql, type SQL } from 'drizzle-orm'
import { fromUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { leads, leadStages } from '~db/schema'
import type { Grade, Stage, Verdict } from './vocabulary'

/** A named thing beside a lead. */
export type Named<P extends string> = { id: Id<P>; name: string }

/** A lead as lists show it. Amounts are minor units. */
export type LeadListRow = {
  id: Id<'lead'>
  version: number
  stage: Stage
  enteredAt: Date
  grade: Grade | null
  verdict: Verdict
  junkReason: string | null
  lostReason: string | null
  amount: bigint | null
  currency: string | null
  /** what the deal may bring, apart from what it brought */
  expectedAmount: bigint | null
  expectedCurrency: string | null
  expectedMonth: string | null
  wonAt: Date | null
  cameInAt: Date
  firstResponseAt: Date | null
  lastContactAt: Date | null
  nextStepAt: Date | null
  snoozedUntil: Date | null
  isOpen: boolean
  isImported: boolean
  ofCustomer: boolean
  /** the lead that stands for this one since a merge */
  duplicateOf: Id<'lead'> | null
  person: (Named<'per'> & { title: string | null }) | null
  company: (Named<'co'> & { city: string | null }) | null
  owner: Named<'mem'> | null
  channel: (Named<'ch'> & { kind: string }) | null
  campaign: Named<'cmp'> | null
  source: Named<'src'>
  productLine: Named<'pl'>
}

const column = (path: string) => {
  const [table = '', name = ''] = path.split('.')
  return sql`${sql.identifier(table)}.${sql.identifier(name)}`
}
const date = (path: string) => column(path).mapWith(leads.cameInAt)
const text = (path: string) => column(path) as SQL<string | null>

/** Columns of a lead row, over the tables of `leadTables`. */
export const leadColumns = {
  id: sql<Id<'lead'>>`l.id`.mapWith(leads.id),
  version: sql<number>`l.version`,
  stage: sql<Stage>`s.stage`,
  enteredAt: date('s.entered_at'),
  grade: sql<Grade | null>`s.grade`,
  verdict: sql<Verdict>`l.verdict`,
  junkReason: text('l.junk_reason'),
  lostReason: text('s.lost_reason'),
  amount: sql<bigint | null>`coalesce(s.won_amount, s.expected_amount)`.mapWith(leadStages.wonAmount),
  currency: sql<string | null>`case when s.won_amount is not null then s.won_currency else s.expected_currency end`,
  expectedAmount: sql<bigint | null>`s.expected_amount`.mapWith(leadStages.expectedAmount),
  expectedCurrency: text('s.expected_currency'),
  expectedMonth: text('s.expected_month'),
  wonAt: date('s.won_at') as SQL<Date | null>,
  cameInAt: date('l.came_in_at'),
  firstResponseAt: date('l.first_response_at') as SQL<Date | null>,
  lastContactAt: date('l.last_contact_at') as SQL<Date | null>,
  nextStepAt: date('l.next_step_at') as SQL<Date | null>,
  snoozedUntil: date('l.snoozed_until') as SQL<Date | null>,
  isOpen: sql<boolean>`l.is_open`,
  isImported: sql<boolean>`l.is_imported`,
  ofCustomer: sql<boolean>`l.of_customer`,
  duplicateOf: sql<Id<'lead'> | null>`l.duplicate_of`.mapWith(leads.duplicateOf),
  personId: text('p.id'), personName: text('p.name'), personTitle: text('p.title'),
  companyId: text('c.id'), companyName: text('c.name'), companyCity: text('c.city'),
  ownerId: text('o.id'), ownerName: text('o.name'),
  channelId: text('ch.id'), channelName: text('ch.name'), channelKind: text('ch.kind'),
  campaignId: text('cm.id'), campaignName: text('cm.name'),
  sourceId: sql<string>`src.id`, sourceName: sql<string>`src.name`,
  lineId: sql<string>`pl.id`, lineName: sql<string>`pl.name`,
}
type Flat = { [K in keyof typeof leadColumns]: (typeof leadColumns)[K] extends SQL<infer T> ? T : never }

/** Everything a lead row is told from. A lead without a stage row does not exist; whoever was merged is told by the one that stands for them. */
export const leadTables = sql`leads l
  join lead_stages s on s.org_id = l.org_id and s.lead_id = l.id
  join sources src on src.org_id = l.org_id and src.id = l.source_id
  join product_lines pl on pl.org_id = l.org_id and pl.id = l.product_line_id
  left join people lp on lp.org_id = l.org_id and lp.id = l.person_id
  left join people p on p.org_id = l.org_id and p.id = coalesce(lp.canonical_id, lp.id)
  left join companies lc on lc.org_id = l.org_id and lc.id = l.company_id
  left join companies c on c.org_id = l.org_id and c.id = coalesce(lc.canonical_id, lc.id)
  left join members o on o.org_id = l.org_id and o.id = l.owner_id
  left join channels ch on ch.org_id = l.org_id and ch.id = l.channel_id
  left join campaigns cm on cm.org_id = l.org_id and cm.id = l.campaign_id`

export const leadRow = (flat: Flat): LeadListRow => {
  const named = <P extends string>(prefix: P, id: string | null, name: string | null): Named<P> | null =>
    id === null ? null : { id: fromUuid(prefix, id), name: name ?? '' }
  const { personId, personName, personTitle, companyId, companyName, companyCity, ownerId, ownerName, channelId, channelName, channelKind, campaignId, campaignName, sourceId, sourceName, lineId, lineName, ...row } = flat
  const [person, company, channel] = [named('per', personId, personName), named('co', companyId, companyName), named('ch', channelId, channelName)]
  return {
    ...row,
    person: person && { ...person, title: personTitle },
    company: company && { ...company, city: companyCity },
    owner: named('mem', ownerId, ownerName),
    channel: channel && { ...channel, kind: channelKind ?? 'other' },
    campaign: named('cmp', campaignId, campaignName),
    source: { id: fromUuid('src', sourceId), name: sourceName },
    productLine: { id: fromUuid('pl', lineId), name: lineName },
  }
}

/** Rows of leads by a condition over `leadTables`, in an order, at most so many. */
export async function leadRows(tx: Tx, where: SQL, order: SQL, most: number): Promise<LeadListRow[]> {
  const rows = await tx.select(leadColumns).from(leadTables).where(where).orderBy(order).limit(most)
  return rows.map((row) => leadRow(row as Flat))
}
