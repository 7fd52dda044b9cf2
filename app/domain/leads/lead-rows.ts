import { sql, type SQL } from 'drizzle-orm'
import { fromUuid, toUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { leads, leadStages } from '~db/schema'
import type { Cell } from '../scoring/vocabulary'
import { effectiveCell } from './effective-cell'
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
  /** the cell that counts, null where none does; `cellByHand`: somebody set it */
  cell: Cell | null
  cellByHand: boolean
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
  cell: sql<Cell | null>`${effectiveCell('sc')}`,
  cellByHand: sql<boolean>`(sc.override_cell is not null)`,
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

// One look-up a lead. `case`, not coalesce: PostgreSQL calls that one leaky, and under row-level security would read the table whole.
const one = (columns: SQL, from: SQL) => sql`lateral (select ${columns} from ${from} limit 1)`
// Of a record or, since a merge, of the one that stands for it: few have one, and nothing is looked up for the others.
const standing = (name: string) => sql`case when y.id is null then ${column(`x.${name}`)} else ${column(`y.${name}`)} end as ${sql.identifier(name)}`

const told = sql`
  join lead_stages s on s.org_id = l.org_id and s.lead_id = l.id
  join ${one(sql`x.id, x.name`, sql`sources x where x.org_id = l.org_id and x.id = l.source_id`)} src on true
  join ${one(sql`x.id, x.name`, sql`product_lines x where x.org_id = l.org_id and x.id = l.product_line_id`)} pl on true
  left join ${one(sql`${standing('id')}, ${standing('name')}, ${standing('title')}`, sql`people x left join people y on y.org_id = x.org_id and y.id = x.canonical_id where x.org_id = l.org_id and x.id = l.person_id`)} p on true
  left join ${one(sql`${standing('id')}, ${standing('name')}, ${standing('city')}`, sql`companies x left join companies y on y.org_id = x.org_id and y.id = x.canonical_id where x.org_id = l.org_id and x.id = l.company_id`)} c on true
  left join ${one(sql`x.id, x.name`, sql`members x where x.org_id = l.org_id and x.id = l.owner_id`)} o on true
  left join ${one(sql`x.id, x.name, x.kind`, sql`channels x where x.org_id = l.org_id and x.id = l.channel_id`)} ch on true
  left join ${one(sql`x.id, x.name`, sql`campaigns x where x.org_id = l.org_id and x.id = l.campaign_id`)} cm on true
  left join ${one(sql`x.cell, x.override_cell`, sql`lead_scores x where x.org_id = l.org_id and x.lead_id = l.id`)} sc on true`

/** Everything a lead row is told from. A lead without a stage row does not exist; whoever was merged is told by the one that stands for them. */
export const leadTables = sql`leads l ${told}`

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

/**
 * Rows of leads by a condition over leads `l` and stages `s`, in an order of the same, at most so many: first which, then what
 * is told of them. `isByNames` lets the order ask for any of `leadTables`, and reads all that the condition leaves. `parts` share
 * no lead; one of them must hold, too. `joined` is a table more that condition and order may name.
 */
export async function leadRows(tx: Tx, where: SQL, order: SQL, most: number, { isByNames = false, parts = [], joined = sql`` }: { isByNames?: boolean; parts?: readonly SQL[]; joined?: SQL } = {}): Promise<LeadListRow[]> {
  if (isByNames) return (await tx.select(leadColumns).from(leadTables).where(within(where, parts)).orderBy(order).limit(most)).map((row) => leadRow(row as Flat))
  const first = (asked: SQL) => sql`select l.id from ${leadsAndStages} ${joined} where ${asked} order by ${order} limit ${most}`
  const found = parts.length < 2 ? first(within(where, parts)) : first(sql`l.id = any (array(${sql.join(parts.map((part) => sql`(${first(within(where, [part]))})`), sql` union all `)}))`)
  const page = await tx.execute<{ id: string }>(found)
  const told = await tellLeads(tx, page.map(({ id }) => id))
  return page.flatMap(({ id }) => told.get(id) ?? [])
}

const within = (where: SQL, parts: readonly SQL[]): SQL => (parts.length === 0 ? where : sql`(${sql.join(parts.map((part) => sql`(${part})`), sql` or `)}) and ${where}`)

/** Leads with their stages. A left join, though none is without: where nothing is asked of the stage, it is not read. */
export const leadsAndStages = sql`leads l left join lead_stages s on s.org_id = l.org_id and s.lead_id = l.id`

/** What lists tell of leads, by their UUIDs. One text whatever is asked: its plan, longer in the making than the reading, is made once a connection. */
export async function tellLeads(tx: Tx, ids: readonly string[]): Promise<Map<string, LeadListRow>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.select(leadColumns).from(leadTables).where(sql`l.id = any (${`{${ids.join(',')}}`}::uuid[])`).prepare('leads_told').execute()
  return new Map(rows.map((row) => [toUuid(row.id), leadRow(row as Flat)]))
}
