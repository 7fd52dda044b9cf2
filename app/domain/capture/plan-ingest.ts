import { fromUuid, newId, toUuid, type Id } from '~/lib/ids'
import { changesOf } from '../kernel'
import { foldName } from '../channels'
import { roleOfTitle } from '../leads'
import type { TouchKind } from '../leads/vocabulary'
import { externalCampaignOf, type Incoming, type Known } from './ingest-lead-lookup'
import { amend, openLedger, resolveCompany, resolvePerson, type Ledger, type Writes } from './ingest-lead-ledger'
import { findSlot, placeIn, slotKey, takePlace, type Slot } from './lead-places'
import type { LeadRule } from './vocabulary'

/** The source as ingesting needs it: where leads of it belong unless they say otherwise. */
export type IngestSource = {
  id: Id<'src'>; channelId: Id<'ch'> | null; campaignId: Id<'cmp'> | null; productLineId: Id<'pl'> | null; ownerId: Id<'mem'> | null; poolId: Id<'pool'> | null
  leadRule: LeadRule; defaultCountry: string
}
export type IngestPlan = {
  source: IngestSource; submittedBy: string | null; touchKind: TouchKind; isImported: boolean
  actor: { kind: string; id: string }; now: Date; defaultProductLineId: string
}
/** Ids are UUIDs. `isKnown`: the inquiry was there before; `isChanged`: it, or what hangs on it, gained something. */
export type Planned = {
  inquiryId: string; leadId: string | null; personId: string | null; companyId: string | null
  isKnown: boolean; isChanged: boolean; isNewLead: boolean; isRepeat: boolean; isAmbiguous: boolean; ownerId: string | null
}
type Place = { channelId: string | null; campaignId: string | null }

/** Decides what a batch becomes, in its order, without touching the database. */
export function planIngest(batch: readonly Incoming[], known: Known, plan: IngestPlan): { writes: Writes; planned: Planned[] } {
  const ledger = openLedger(known)
  const planned = batch.map((incoming) => planOne(ledger, known, incoming, plan))
  return { writes: ledger.writes, planned }
}

function planOne(ledger: Ledger, known: Known, incoming: Incoming, plan: IngestPlan): Planned {
  const place = placeOf(known, incoming, plan.source)
  const earlier = ledger.inquiries.get(incoming.externalId)
  if (earlier) return fillInquiry(ledger, incoming, earlier, place)
  const person = resolvePerson(ledger, incoming, null)
  const company = resolveCompany(ledger, incoming, person.id)
  const who = { personId: person.id, companyId: company?.id ?? null, ofCustomer: company?.ofCustomer ?? false }
  const productLineId = productLineOf(known, incoming, plan)
  const found = plan.source.leadRule === 'never' ? null : openSlot(ledger, who, productLineId)
  const opens = found === null && (plan.source.leadRule === 'always' || (plan.source.leadRule === 'on_request' && isRequest(incoming)))
  const slot = opens ? openLead(ledger, incoming, who, productLineId, place, plan) : found
  const placedOn = found === null ? (slot?.id ?? null) : placeOn(ledger, found, incoming, who, productLineId, place, plan)
  if (found !== null && placedOn !== null) joinLead(ledger, found, placedOn, who.personId, incoming, plan.now)
  const told = person.doubted.map(({ shown }) => ({ question: 'phone', answer: shown }))
  const said = told.length === 0 ? incoming : { ...incoming, contact: { ...incoming.contact, leftovers: [...incoming.contact.leftovers, ...told] } }
  const inquiryId = writeInquiry(ledger, said, { ...who, leadId: placedOn, isRepeat: found !== null }, place, plan)
  return {
    inquiryId, leadId: slot?.id ?? null, personId: person.id, companyId: who.companyId, isKnown: false, isChanged: true,
    isNewLead: opens, isRepeat: found !== null, isAmbiguous: person.isAmbiguous, ownerId: slot?.ownerId ?? null,
  }
}

const isRequest = ({ draft }: Incoming) => draft.isRequest ?? draft.message !== null

function placeOf(known: Known, { draft }: Incoming, source: IngestSource): Place {
  const named = [draft.channel, draft.utm['utm_source']].map((name) => (name ? known.channels.find(({ key }) => key === foldName(name)) : undefined))
  const channelId = (named[0] ?? named[1])?.id ?? (source.channelId === null ? null : toUuid(source.channelId))
  const external = externalCampaignOf(draft)
  const ofPlatform = known.external_campaigns.find((each) => each.channel_id === channelId && each.external_id === external)?.campaign_id
  const byName = [draft.campaign, draft.utm['utm_campaign']].flatMap((name) => (name ? [foldName(name)] : []))
  const ofName = known.campaigns.find((each) => each.channel_id === channelId && byName.includes(each.key))?.id
  const own = source.campaignId !== null && source.channelId !== null && channelId === toUuid(source.channelId) ? toUuid(source.campaignId) : null
  return { channelId, campaignId: ofPlatform ?? ofName ?? own }
}

function productLineOf(known: Known, { draft }: Incoming, { source, defaultProductLineId }: IngestPlan): string {
  const name = draft.productLine === null ? null : foldName(draft.productLine)
  const said = name === null ? undefined : known.product_lines.find(({ key }) => key === name)?.id
  return said ?? (source.productLineId === null ? defaultProductLineId : toUuid(source.productLineId))
}

type Who = { personId: string | null; companyId: string | null; ofCustomer: boolean }

function openSlot(ledger: Ledger, who: Who, productLineId: string): Slot | null {
  const { slot, isNamed } = findSlot(ledger, who, productLineId)
  if (slot !== null && isNamed) amend(ledger.writes.leads, ledger.writes.lead_companies, slot.id, { company_id: who.companyId })
  return slot
}

function openLead(ledger: Ledger, incoming: Incoming, who: Who, productLineId: string, place: Place, plan: IngestPlan): Slot {
  const { draft, at } = incoming
  const ownerId = draft.ownerId ?? plan.source.ownerId
  const ownKey = slotKey(who.companyId, who.personId, productLineId)
  const slot: Slot = { id: toUuid(newId('lead')), ownerId: ownerId === null ? null : toUuid(ownerId), companyId: who.companyId, people: new Set(), ownKey, places: new Map() }
  ledger.writes.leads.push({
    id: slot.id, product_line_id: productLineId, company_id: who.companyId, person_id: who.personId, owner_id: slot.ownerId, channel_id: place.channelId,
    campaign_id: place.campaignId, at: at.toISOString(), of_customer: who.ofCustomer, submitted_by: plan.submittedBy, duplicate_of: null, move_id: toUuid(newId('mov')),
  })
  takePlace(ledger, who, productLineId, slot)
  joinLead(ledger, slot, slot.id, who.personId, incoming, plan.now)
  const after = { sourceId: plan.source.id, ownerId, stage: 'inquiry', channelId: named('ch', place.channelId), campaignId: named('cmp', place.campaignId) }
  writeAudit(ledger, 'lead.capture', slot.id, 'lead', after)
  return slot
}

// See `placeIn`: a merged one's own lead is made where it has none yet.
function placeOn(ledger: Ledger, slot: Slot, { at }: Incoming, who: Who, productLineId: string, place: Place, plan: IngestPlan): string {
  const known = placeIn(ledger, slot, who, productLineId)
  if (known !== null) return known
  const id = toUuid(newId('lead'))
  slot.places.set(slotKey(who.companyId, who.personId, productLineId), id)
  ledger.writes.leads.push({
    id, product_line_id: productLineId, company_id: who.companyId, person_id: who.personId, owner_id: slot.ownerId, channel_id: place.channelId, campaign_id: place.campaignId,
    at: at.toISOString(), of_customer: who.ofCustomer, submitted_by: plan.submittedBy, duplicate_of: slot.id, move_id: toUuid(newId('mov')),
  })
  writeAudit(ledger, 'lead.capture', id, 'lead', { sourceId: plan.source.id, stage: 'inquiry', kind: 'duplicate', to: named('lead', slot.id) })
  return id
}

function joinLead(ledger: Ledger, slot: Slot, leadId: string, personId: string | null, { draft }: Incoming, now: Date): void {
  if (personId === null || slot.people.has(personId)) return
  slot.people.add(personId)
  ledger.writes.lead_people.push({ lead_id: leadId, person_id: personId, role: roleOfTitle(draft.title), at: now.toISOString() })
}

function writeInquiry(ledger: Ledger, { draft, contact, externalId, deliveryId, at }: Incoming, about: Who & { leadId: string | null; isRepeat: boolean }, place: Place, plan: IngestPlan): string {
  const id = toUuid(newId('inq'))
  const row = { id, external_id: externalId, lead_id: about.leadId, person_id: about.personId, company_id: about.companyId, channel_id: place.channelId, campaign_id: place.campaignId }
  const answers = [...draft.answers, ...contact.leftovers]
  ledger.writes.inquiries.push({ ...row, delivery_id: deliveryId, is_repeat: about.isRepeat, at: at.toISOString() })
  ledger.writes.inquiry_details.push({
    id, message: draft.message, answers, external: draft.external, click_ids: draft.clickIds, utm: draft.utm, landing_page: draft.landingPage, referrer: draft.referrer,
  })
  ledger.writes.touches.push({ ...row, id: toUuid(newId('tch')), inquiry_id: id, at: at.toISOString() })
  ledger.inquiries.set(externalId, {
    ...row, owner_id: null, external: draft.external, click_ids: draft.clickIds, utm: draft.utm, said: draft.message !== null || answers.length > 0, has_message: draft.message !== null,
    lead_company_id: about.companyId, lead_product_line_id: null, lead_is_open: false,
  })
  if (about.leadId === null || about.isRepeat) writeAudit(ledger, 'inquiry.capture', id, 'inq', { sourceId: plan.source.id, leadId: named('lead', about.leadId) })
  return id
}

function writeAudit(ledger: Ledger, action: string, id: string, prefix: 'lead' | 'inq', after: Record<string, unknown>): void {
  ledger.writes.audits.push({ id: toUuid(newId('aud')), action, subject: fromUuid(prefix, id), changes: changesOf({ after }) })
}

const named = (prefix: string, uuid: string | null) => (uuid === null ? null : fromUuid(prefix, uuid))

// The same submission again: nothing is counted twice, only what was blank is filled.
function fillInquiry(ledger: Ledger, incoming: Incoming, earlier: Known['inquiries'][number], place: Place): Planned {
  const { draft, contact } = incoming
  const person = resolvePerson(ledger, incoming, earlier.person_id)
  const gained = { external: gain(earlier.external, draft.external), click_ids: gain(earlier.click_ids, draft.clickIds), utm: gain(earlier.utm, draft.utm) }
  const answers = earlier.said ? [] : [...draft.answers, ...contact.leftovers]
  const isNamed = earlier.campaign_id === null && place.campaignId !== null
  const isFirstPerson = earlier.person_id === null && person.id !== null
  const isTold = answers.length > 0 || (!earlier.has_message && draft.message !== null)
  const company = earlier.company_id === null && contact.company !== null ? resolveCompany(ledger, incoming, earlier.person_id ?? person.id) : null
  const isChanged = company !== null || person.isChanged || isNamed || isFirstPerson || isTold || Object.values(gained).some((each) => each !== null)
  if (company !== null) nameCompany(ledger, earlier, company.id)
  if (isNamed || isFirstPerson) amend(ledger.writes.inquiries, ledger.writes.inquiry_fills, earlier.id, { ...(isNamed ? { campaign_id: place.campaignId } : {}), ...(isFirstPerson ? { person_id: person.id } : {}) })
  const details = { ...gained, ...(isTold ? { answers, message: draft.message } : {}) }
  const changes = Object.fromEntries(Object.entries(details).filter(([, value]) => value !== null))
  if (Object.keys(changes).length > 0) amend(ledger.writes.inquiry_details, ledger.writes.inquiry_fills, earlier.id, changes)
  return {
    inquiryId: earlier.id, leadId: earlier.lead_id, personId: earlier.person_id ?? person.id, companyId: earlier.company_id ?? company?.id ?? null, isKnown: true, isChanged,
    isNewLead: false, isRepeat: false, isAmbiguous: person.isAmbiguous, ownerId: earlier.owner_id,
  }
}

// A company that only became known now: the inquiry's, and its lead's where that names none and takes nobody's place.
function nameCompany(ledger: Ledger, earlier: Known['inquiries'][number], companyId: string): void {
  amend(ledger.writes.inquiries, ledger.writes.inquiry_fills, earlier.id, { company_id: companyId })
  const { lead_id: leadId, lead_company_id: present, lead_product_line_id: productLineId, person_id: personId } = earlier
  if (leadId === null || present !== null || productLineId === null || ledger.slots.has(slotKey(companyId, null, productLineId))) return
  amend(ledger.writes.leads, ledger.writes.lead_companies, leadId, { company_id: companyId })
  const personal = ledger.slots.get(slotKey(null, personId, productLineId))
  if (!earlier.lead_is_open) return
  const ownKey = slotKey(companyId, null, productLineId)
  ledger.slots.delete(slotKey(null, personId, productLineId))
  if (personal) personal.ownKey = ownKey
  ledger.slots.set(ownKey, personal ?? { id: leadId, ownerId: earlier.owner_id, companyId, people: new Set(personId === null ? [] : [personId]), ownKey, places: new Map() })
}

/** What the newer says beyond the older, laid under it; null where that is nothing. */
function gain(older: Record<string, string>, newer: Readonly<Record<string, string>>): Record<string, string> | null {
  return Object.keys(newer).some((name) => !Object.hasOwn(older, name)) ? { ...newer, ...older } : null
}
