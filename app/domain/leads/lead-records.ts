import { and, asc, eq, inArray, or, sql } from 'drizzle-orm'
import * as z from 'zod'
import { toUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { companies, inquiries, inquiryDetails, leads, leadStages } from '~db/schema'
import { maskText } from '~/lib/mask-contact'
import { query, type Context } from '../kernel'
import { contactsOfPeople } from '../people'
import { ownsLead } from './lead-detail'
import { leadId } from './contract'
import { distinctPeople, peopleOn } from './people-on-leads'
import { valuesByKey } from './field-values'
import { leadRows, type LeadListRow } from './lead-rows'
import { scoreLinesOf, scoreSums, type ScoreLine, type ScoreSums } from './score-sums'
import type { StageState } from './stage-state'
import { visibleLeads } from './visible-leads'
import type { PersonRole } from './vocabulary'

type Bag = Record<string, unknown>
export type RecordPerson = { id: Id<'per'>; role: PersonRole; name: string; title: string | null; phones: string[]; emails: string[]; wechats: string[] }
export type RecordInquiry = {
  id: Id<'inq'>; at: Date; externalId: string; sourceId: Id<'src'>; receipt: Id<'dlv'> | null; isRepeat: boolean; message: string | null
  answers: unknown; external: Bag; clickIds: Bag; utm: Bag; landingPage: string | null; referrer: string | null
}
export type LeadRecord = LeadListRow & { state: Omit<StageState, 'isImported'>; people: RecordPerson[]; inquiries: RecordInquiry[]; domain: string | null; score: (ScoreSums & { lines: ScoreLine[] | null }) | null; custom: Readonly<Record<string, string | string[]>> }

/** Leads with all that other systems ask for, in the order of `ids`; those not visible are left out. Seven statements for a page, one more with the `lines` of scores. */
export const leadRecords = query({
  name: 'lead.records',
  permission: 'leads:read',
  input: z.object({ ids: z.array(leadId).max(200), lines: z.boolean().default(false) }),
  async run({ tx, ctx, input: { ids, lines } }): Promise<LeadRecord[]> {
    if (ids.length === 0) return []
    const wanted = sql`l.id in (${sql.join(ids.map((id) => sql`${toUuid(id)}::uuid`), sql`, `)}) and ${visibleLeads(ctx, 'l')}`
    const rows = new Map((await leadRows(tx, wanted, sql`l.id`, ids.length)).map((row) => [row.id, row]))
    const shown = ids.filter((id) => rows.has(id))
    if (shown.length === 0) return []
    const states = new Map((await tx.select().from(leadStages).where(inArray(leadStages.leadId, shown))).map((state) => [state.leadId, state]))
    const told = await toldOf(tx, shown)
    const persons = await peopleOf(tx, ctx, told)
    const asked = await inquiriesOf(tx, told)
    const domains = await domainsOf(tx, [...rows.values()].flatMap(({ company }) => (company === null ? [] : [company.id])))
    const custom = await valuesByKey(tx, shown)
    const scores = await scoreSums(tx, shown, ctx.now)
    const behind = lines ? await scoreLinesOf(tx, shown, ctx.now) : null
    return shown.flatMap((id) => {
      const [row, state] = [rows.get(id), states.get(id)]
      if (row === undefined || state === undefined) return []
      const score = scores.get(id)
      return [{ ...row, state, score: score === undefined ? null : { ...score, lines: behind?.filter((line) => line.leadId === id) ?? null }, custom: custom[id] ?? {}, people: persons.get(row.duplicateOf ?? id) ?? [], inquiries: (asked.get(row.duplicateOf ?? id) ?? []).map(ownsLead(ctx, row) ? (each) => each : covered), domain: row.company === null ? null : (domains.get(row.company.id) ?? null) }]
    })
  },
})

/** These leads and what a merge closed under them. */
async function toldOf(tx: Tx, ids: Id<'lead'>[]): Promise<Id<'lead'>[]> {
  const rows = await tx.select({ id: leads.id }).from(leads).where(or(inArray(leads.id, ids), inArray(leads.duplicateOf, ids)))
  return rows.map(({ id }) => id)
}

function grouped<T>(rows: readonly { leadId: Id<'lead'> | null; value: T }[]): Map<Id<'lead'>, T[]> {
  const groups = new Map<Id<'lead'>, T[]>()
  for (const { leadId: id, value } of rows) if (id !== null) groups.set(id, [...(groups.get(id) ?? []), value])
  return groups
}

async function peopleOf(tx: Tx, ctx: Context, told: Id<'lead'>[]): Promise<Map<Id<'lead'>, RecordPerson[]>> {
  const rows = distinctPeople(await peopleOn(tx, told))
  if (rows.length === 0) return new Map()
  const reach = await contactsOfPeople(tx, ctx, rows.map(({ id }) => id))
  const of = (personId: Id<'per'>, kind: string) => reach.get(personId)?.flatMap((each) => (each.kind === kind ? [each.value] : [])) ?? []
  return grouped(rows.map(({ leadId: lead, city: _city, ...person }) => ({
    leadId: lead, value: { ...person, phones: of(person.id, 'phone'), emails: of(person.id, 'email'), wechats: of(person.id, 'wechat') },
  })))
}

/** What somebody wrote, with the numbers and addresses in it covered. */
function covered(inquiry: RecordInquiry): RecordInquiry {
  const cover = (value: unknown): unknown =>
    typeof value === 'string' ? maskText(value) : Array.isArray(value) ? value.map(cover) : typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([name, each]) => [name, cover(each)])) : value
  return { ...inquiry, message: inquiry.message && maskText(inquiry.message), answers: cover(inquiry.answers) }
}

const bag = (value: unknown): Bag => (typeof value === 'object' && value !== null ? { ...value } : {})

async function inquiriesOf(tx: Tx, told: Id<'lead'>[]): Promise<Map<Id<'lead'>, RecordInquiry[]>> {
  const rows = await tx.select({ inquiry: inquiries, said: inquiryDetails, leadId: sql<Id<'lead'>>`coalesce(${leads.duplicateOf}, ${leads.id})`.mapWith(leads.id) }).from(inquiries)
    .innerJoin(leads, and(eq(leads.orgId, inquiries.orgId), eq(leads.id, inquiries.leadId)))
    .leftJoin(inquiryDetails, and(eq(inquiryDetails.orgId, inquiries.orgId), eq(inquiryDetails.inquiryId, inquiries.id)))
    .where(inArray(inquiries.leadId, told)).orderBy(asc(inquiries.at), asc(inquiries.id))
  return grouped(rows.map(({ inquiry, said, leadId: lead }) => ({
    leadId: lead,
    value: {
      id: inquiry.id, at: inquiry.at, externalId: inquiry.externalId, sourceId: inquiry.sourceId, receipt: inquiry.deliveryId, isRepeat: inquiry.isRepeat,
      message: said?.message ?? null, answers: said?.answers ?? [], external: bag(said?.external), clickIds: bag(said?.clickIds), utm: bag(said?.utm),
      landingPage: said?.landingPage ?? null, referrer: said?.referrer ?? null,
    },
  })))
}

async function domainsOf(tx: Tx, ids: Id<'co'>[]): Promise<Map<Id<'co'>, string | null>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.select({ id: companies.id, domain: companies.domain }).from(companies).where(inArray(companies.id, ids))
  return new Map(rows.map(({ id, domain }) => [id, domain]))
}
