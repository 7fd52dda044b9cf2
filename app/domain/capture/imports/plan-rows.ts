import { newUuid, toUuid } from '~/lib/ids'
import { roleOfTitle } from '../../leads'
import { findSlot, placeIn, slotKey, takePlace, type About, type Slot } from '../lead-places'
import type { ImportSource } from './import-source'
import type { AskedRow, KnownInquiry, KnownRows } from './lookup-rows'
import { companyOf, fillCompany, fillPerson, personOf, type RowMatch } from './match-row'
import type { ConflictRules } from './import-options'
import { openLedger, type RowLedger, type RowWrites } from './row-ledger'
import type { RowRemarkCode } from './read-cells'

/** Where a row belongs: ids of channel and campaign, made before. */
export type RowPlace = { channelId: string | null; campaignId: string | null }
export type PlanSettings = { source: ImportSource; productLineId: string; rules: ConflictRules; now: Date; placeOf: (asked: AskedRow) => RowPlace }
/** What a row becomes. `match` says how it found somebody who was there; ids are UUIDs. */
export type PlannedRow = { leadId: string | null; inquiryId: string | null; match: RowMatch; isNew: boolean; isChanged: boolean; remarks: RowRemarkCode[]; isMissing: boolean }

/** Decides what the rows of a chunk become, in their order, without touching the database. */
export function planRows(rows: readonly AskedRow[], known: KnownRows, settings: PlanSettings): { ledger: RowLedger; planned: PlannedRow[] } {
  const ledger = openLedger(known)
  return { ledger, planned: rows.map((asked) => planRow(ledger, asked, settings)) }
}

function planRow(ledger: RowLedger, asked: AskedRow, settings: PlanSettings): PlannedRow {
  if (asked.row.leadId !== null) return byOurId(ledger, asked, settings)
  const earlier = ledger.inquiries.get(asked.row.externalId)
  if (earlier !== undefined) return fillEarlier(ledger, asked, earlier, settings)
  const before = ledger.changes
  const person = personOf(ledger, asked, null, settings)
  const company = companyOf(ledger, asked, person.id, settings)
  const who = { personId: person.id, companyId: company?.id ?? null, ofCustomer: company?.ofCustomer ?? false }
  const found = openSlot(ledger, who, settings.productLineId)
  const place = settings.placeOf(asked)
  const slot = found ?? openLead(ledger, asked, who, place, settings)
  const placedOn = found === null ? slot.id : placeOn(ledger, asked, slot, who, place, settings)
  joinLead(ledger, slot, placedOn, asked, person.id)
  const inquiryId = writeInquiry(ledger, { ...asked, contact: person.contact }, { leadId: placedOn, personId: person.id, companyId: who.companyId, isRepeat: found !== null }, place)
  return {
    leadId: slot.id, inquiryId, match: person.match === 'new' && found !== null ? 'company' : person.match, isNew: true,
    isChanged: ledger.changes > before, remarks: person.remarks, isMissing: false,
  }
}

function byOurId(ledger: RowLedger, asked: AskedRow, settings: PlanSettings): PlannedRow {
  const lead = ledger.leads.get(asked.row.leadId === null ? '' : toUuid(asked.row.leadId))
  if (lead === undefined) return { leadId: null, inquiryId: null, match: 'new', isNew: false, isChanged: false, remarks: [], isMissing: true }
  const before = ledger.changes
  const remarks = fillBoth(ledger, asked, lead.person_id, lead.company_id, settings)
  return { leadId: lead.duplicate_of ?? lead.id, inquiryId: null, match: 'our-id', isNew: false, isChanged: ledger.changes > before, remarks, isMissing: false }
}

// The same submission again: nothing is counted twice, only what was blank is filled (or what the rules say).
function fillEarlier(ledger: RowLedger, asked: AskedRow, earlier: KnownInquiry, settings: PlanSettings): PlannedRow {
  const before = ledger.changes
  const person = personOf(ledger, asked, earlier.person_id, settings)
  const company = earlier.company_id === null ? null : ledger.companies.get(earlier.company_id)
  if (company != null) fillCompany(ledger, company, asked, settings.rules)
  fillDetails(ledger, asked, earlier, settings)
  const isFirstPerson = earlier.person_id === null && person.id !== null
  const campaignId = earlier.campaign_id === null ? settings.placeOf(asked).campaignId : null
  if (isFirstPerson || campaignId !== null) {
    ledger.touched.inquiries.add(earlier.id)
    ledger.writes.inquiryFills.push({ id: earlier.id, person_id: isFirstPerson ? person.id : null, campaign_id: campaignId })
    ledger.changes += 1
  }
  return { leadId: earlier.lead_id, inquiryId: earlier.id, match: 'external-id', isNew: false, isChanged: ledger.changes > before, remarks: person.remarks, isMissing: false }
}

function fillBoth(ledger: RowLedger, asked: AskedRow, personId: string | null, companyId: string | null, settings: PlanSettings): RowRemarkCode[] {
  const company = companyId === null ? undefined : ledger.companies.get(companyId)
  if (company !== undefined) fillCompany(ledger, company, asked, settings.rules)
  return personId === null ? [] : fillPerson(ledger, personId, asked, settings.rules)
}

function fillDetails(ledger: RowLedger, { row: { draft }, contact }: AskedRow, earlier: KnownInquiry, { rules }: PlanSettings): void {
  const gain = (older: Record<string, string>, newer: Readonly<Record<string, string>>) => (Object.keys(newer).some((name) => !Object.hasOwn(older, name)) ? { ...newer, ...older } : null)
  const external = gain(earlier.external, draft.external)
  const clickIds = gain(earlier.click_ids, draft.clickIds)
  const utm = gain(earlier.utm, draft.utm)
  const rule = rules['note'] ?? 'fill'
  const isTold = draft.message !== null && draft.message !== earlier.message && (rule === 'overwrite' || (rule === 'fill' && earlier.message === null && earlier.answers.length === 0))
  const asked = new Map(earlier.answers.map((answer) => [answer.question, answer.answer]))
  const fresh = [...draft.answers, ...contact.leftovers].filter(({ question }) => !asked.has(question))
  const answers = fresh.length === 0 ? null : [...earlier.answers, ...fresh]
  if (external === null && clickIds === null && utm === null && !isTold && answers === null) return
  ledger.touched.inquiries.add(earlier.id)
  ledger.writes.detailFills.push({ id: earlier.id, message: isTold ? draft.message : null, answers, external, click_ids: clickIds, utm })
  ledger.inquiries.set(earlier.external_id, {
    ...earlier, external: external ?? earlier.external, click_ids: clickIds ?? earlier.click_ids, utm: utm ?? earlier.utm,
    message: isTold ? draft.message : earlier.message, answers: answers ?? earlier.answers,
  })
  ledger.changes += 1
}

type Who = About & { ofCustomer: boolean }

function openSlot(ledger: RowLedger, who: Who, line: string): Slot | null {
  const { slot, isNamed } = findSlot(ledger, who, line)
  if (slot === null || !isNamed || who.companyId === null) return slot
  const fresh = ledger.freshLeads.get(slot.id)
  if (fresh !== undefined) fresh.company_id = who.companyId
  else {
    ledger.writes.leadCompanies.push({ id: slot.id, company_id: who.companyId })
    ledger.touched.leads.add(slot.id)
  }
  return slot
}

function openLead(ledger: RowLedger, { row, at, ownerId }: AskedRow, who: Who, place: RowPlace, { source, productLineId }: PlanSettings): Slot {
  const owner = ownerId ?? row.draft.ownerId ?? source.ownerId
  const ownKey = slotKey(who.companyId, who.personId, productLineId)
  const slot: Slot = { id: newUuid(), ownerId: owner === null ? null : toUuid(owner), companyId: who.companyId, people: new Set(), ownKey, places: new Map() }
  writeLead(ledger, { id: slot.id, owner_id: slot.ownerId, duplicate_of: null }, who, { at, line: productLineId, place })
  takePlace(ledger, who, productLineId, slot)
  return slot
}

// See `placeIn`: a merged one's own lead is made where it has none yet, closed under the one that stands.
function placeOn(ledger: RowLedger, { at }: AskedRow, slot: Slot, who: Who, place: RowPlace, { productLineId }: PlanSettings): string {
  const known = placeIn(ledger, slot, who, productLineId)
  if (known !== null) return known
  const id = newUuid()
  slot.places.set(slotKey(who.companyId, who.personId, productLineId), id)
  writeLead(ledger, { id, owner_id: slot.ownerId, duplicate_of: slot.id }, who, { at, line: productLineId, place })
  return id
}

type NewLead = Pick<RowWrites['leads'][number], 'id' | 'owner_id' | 'duplicate_of'>
function writeLead(ledger: RowLedger, lead: NewLead, who: Who, { at, line, place }: { at: Date; line: string; place: RowPlace }): void {
  const written: RowWrites['leads'][number] = {
    ...lead, move_id: newUuid(), product_line_id: line, company_id: who.companyId, person_id: who.personId,
    channel_id: place.channelId, campaign_id: place.campaignId, at: at.toISOString(), of_customer: who.ofCustomer,
  }
  ledger.writes.leads.push(written)
  ledger.freshLeads.set(lead.id, written)
}

function joinLead(ledger: RowLedger, slot: Slot, leadId: string, { row: { draft } }: AskedRow, personId: string | null): void {
  if (personId === null || slot.people.has(personId)) return
  slot.people.add(personId)
  ledger.writes.leadPeople.push({ lead_id: leadId, person_id: personId, role: roleOfTitle(draft.title) })
  if (!ledger.freshLeads.has(leadId)) ledger.touched.leads.add(leadId)
}

function writeInquiry(ledger: RowLedger, { row, contact, at }: AskedRow, about: { leadId: string; personId: string | null; companyId: string | null; isRepeat: boolean }, place: RowPlace): string {
  const { draft } = row
  const id = newUuid()
  const answers = contact.leftovers.length === 0 ? draft.answers : [...draft.answers, ...contact.leftovers]
  ledger.writes.inquiries.push({
    id, touch_id: newUuid(), external_id: row.externalId, lead_id: about.leadId, person_id: about.personId, company_id: about.companyId,
    channel_id: place.channelId, campaign_id: place.campaignId, is_repeat: about.isRepeat, at: at.toISOString(), message: draft.message, answers,
    external: draft.external, click_ids: draft.clickIds, utm: draft.utm, landing_page: draft.landingPage, referrer: draft.referrer,
  })
  return id
}
