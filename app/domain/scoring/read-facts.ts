import { fromUuid, toUuid, type Id } from '~/lib/ids'
import { minorDigits } from '~/lib/money'
import type { Tx } from '~db/client.server'
import type { Context } from '../kernel'
import { contactRows, duplicatesOf, fieldRows, inquiryRows, leadRows, readingOf, touchRows, valueRows, type InquiryRow, type Reading, type TouchRow, type ValueRow } from './fact-rows'
import { factsOfPeople, grouped, type Asked, type PeopleFacts } from './facts-of-people'
import { addressOf, pageOf } from './fold-text'
import type { LeadFacts } from './lead-facts'

type Value = { texts: readonly string[]; number: number | null }
type Fields = ReadonlyMap<string, { id: Id<'cf'>; read: (row: ValueRow) => Value }>
type Told = {
  inquiries: ReadonlyMap<string, InquiryRow[]>; touches: ReadonlyMap<string, TouchRow[]>; contacts: ReadonlyMap<string, Awaited<ReturnType<typeof contactRows>>[number][]>
  values: ReadonlyMap<string, ValueRow[]>; fields: Fields; blank: ReadonlyMap<Id<'cf'>, Value>
}
const HOUR_MS = 3_600_000
const noValue: Value = { texts: [], number: null }

/**
 * What a card may ask of leads (at most 500), in their order, in some fifteen statements whatever their number. What
 * hangs on duplicates is told of the lead that stands. With `hoursAfter` only what had happened by that many hours after
 * each came in. Ids of other organisations are left out.
 */
export async function readFacts(ctx: Context & { tx: Tx }, leadIds: readonly Id<'lead'>[], { hoursAfter }: { hoursAfter?: number } = {}): Promise<LeadFacts[]> {
  const ids = [...new Set(leadIds)].map(toUuid)
  if (ids.length === 0) return []
  const at = readingOf(ctx)
  // What does not hang on each other is asked together, so that one answer is waited for and not fifteen.
  const [leads, closed] = await Promise.all([leadRows(at, ids), duplicatesOf(at, ids)])
  const rows = new Map(leads.map((row) => [row.id, row]))
  const duplicates = grouped(closed, ({ of }) => of)
  const asked = ids.flatMap((id) => {
    const lead = rows.get(id)
    if (lead === undefined) return []
    const after = hoursAfter === undefined ? Number.POSITIVE_INFINITY : hoursAfter * HOUR_MS
    // What an import wrote down years later was known when the lead came in, as far as anybody can say.
    return [{ lead, told: [id, ...(duplicates.get(id) ?? []).map((each) => each.id)], until: lead.came_in_at + after, knownBy: Math.max(lead.came_in_at, lead.created_at) + after }]
  })
  const [told, peopleOf] = await Promise.all([toldOf(at, ids, asked.flatMap((each) => each.told)), factsOfPeople(at, ctx.orgId, asked)])
  return asked.map((each) => factsOf(each, told, peopleOf(each)))
}

async function toldOf(at: Reading, ids: readonly string[], told: readonly string[]): Promise<Told> {
  const [asked, done, reached, defined, said] = await Promise.all([inquiryRows(at, told), touchRows(at, told), contactRows(at, told), fieldRows(at), valueRows(at, ids)])
  const fields: Fields = new Map(defined.map((row) => [row.id, { id: fromUuid('cf', row.id), read: readerOf(row) }]))
  const [inquiries, touches, contacts, values] = [grouped(asked, byLead), grouped(done, byLead), grouped(reached, byLead), grouped(said, byLead)]
  return { inquiries, touches, contacts, values, fields, blank: new Map([...fields.values()].map(({ id }) => [id, noValue])) }
}

const byLead = ({ lead_id }: { lead_id: string }) => lead_id

function factsOf({ lead, told: ids, until, knownBy }: Asked, told: Told, people: PeopleFacts): LeadFacts {
  const within = <R extends { at: number }>(rows: ReadonlyMap<string, readonly R[]>) => ids.flatMap((id) => rows.get(id) ?? []).filter(({ at }) => at <= until)
  const inquiries = within(told.inquiries).sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
  const pages = new Map(inquiries.map(({ id, landing_page: page }) => [id, page]))
  const isWhole = until === Number.POSITIVE_INFINITY
  return {
    leadId: fromUuid('lead', lead.id), cameInAt: new Date(lead.came_in_at), productLineId: fromUuid('pl', lead.product_line_id), sourceId: fromUuid('src', lead.source_id),
    channelId: lead.channel_id === null ? null : fromUuid('ch', lead.channel_id), channelKind: lead.kind, campaignId: lead.campaign_id === null ? null : fromUuid('cmp', lead.campaign_id),
    employees: lead.employees, industry: lead.industry, country: lead.country ?? people.country, roles: people.roles, freeMail: people.freeMail, reach: people.reach,
    // A company that has bought since was none when the lead came in.
    isCustomer: lead.of_customer || (isWhole && lead.is_customer), isUnsubscribed: people.isUnsubscribed, hasObjection: people.hasObjection,
    landingPage: pageOf(inquiries.find(({ landing_page: page }) => pageOf(page) !== null)?.landing_page ?? null), weekday: inquiries[0]?.weekday ?? lead.weekday,
    fields: fieldsOf(told, told.values.get(lead.id) ?? [], knownBy), answers: inquiries.flatMap(({ answers }) => answersOf(answers)),
    touches: within(told.touches).map((row) => {
      const page = row.page ?? (row.inquiry_id === null ? null : (pages.get(row.inquiry_id) ?? null))
      return { id: fromUuid('tch', row.id), kind: row.kind, verdict: row.verdict, at: new Date(row.at), page: page === null || page === '' ? null : addressOf(page), minutes: row.minutes }
    }),
    contacts: within(told.contacts).map((row) => ({ id: fromUuid('act', row.id), at: new Date(row.at), outcome: row.outcome, isTwoWay: row.is_two_way })),
    inquiries: inquiries.map((row) => ({ id: fromUuid('inq', row.id), at: new Date(row.at) })),
  }
}

function fieldsOf({ fields, blank }: Told, rows: readonly ValueRow[], knownBy: number): ReadonlyMap<Id<'cf'>, Value> {
  const said = rows.flatMap((row) => {
    const field = fields.get(row.field_id)
    return field === undefined || row.at > knownBy ? [] : [[field.id, field.read(row)] as const]
  })
  return said.length === 0 ? blank : new Map([...blank, ...said])
}

/** A stored value as a card asks for it: money in major units, yes and no as words. */
function readerOf({ kind, currency }: { kind: string; currency: string | null }): (row: ValueRow) => Value {
  const digits = kind === 'money' ? minorDigits(currency ?? 'CNY') : 0
  return ({ text, number, day, choices }) => {
    if (kind === 'boolean') return number === null ? noValue : { texts: [Number(number) === 1 ? 'yes' : 'no'], number: null }
    const worth = number === null ? null : Number(number) / 10 ** digits
    return { texts: [text ?? [], day ?? [], choices ?? [], worth === null ? [] : String(worth)].flat(), number: worth }
  }
}

// Capture keeps answers as a list; what other versions wrote is an object.
function answersOf(said: unknown): { question: string; answer: string }[] {
  if (Array.isArray(said)) return said.flatMap((each: { question?: unknown; answer?: unknown }) => (typeof each.question === 'string' && typeof each.answer === 'string' ? [{ question: each.question, answer: each.answer }] : []))
  return typeof said === 'object' && said !== null ? Object.entries(said).map(([question, answer]) => ({ question, answer: String(answer) })) : []
}
