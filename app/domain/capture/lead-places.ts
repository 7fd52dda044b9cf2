/** An open lead. `ownKey` is whose it is, unmerged; `places` are leads of merged ones that it stands for. */
export type Slot = { id: string; ownerId: string | null; companyId: string | null; people: Set<string>; ownKey: string; places: Map<string, string> }
export type KnownLead = { id: string; company_id: string | null; person_id: string | null; product_line_id: string; owner_id: string | null; duplicate_of: string | null; people: string[] }
/** Whom an inquiry is about, by the ids a message named: unmerged. */
export type About = { personId: string | null; companyId: string | null }
/** `canonical`: who stands for a merged person or company; rows are written of the one a message named, so that a split needs no move. */
export type Places = { canonical: ReadonlyMap<string, string>; slots: Map<string, Slot> }

/** The one that stands for a person or company; itself where it was never merged. */
export const rootIn = ({ canonical }: Pick<Places, 'canonical'>, id: string): string => canonical.get(id) ?? id

/** The place only one open lead may take: a company's (or, without one, a person's) interest in a product line. */
export const slotKey = (companyId: string | null, personId: string | null, productLineId: string): string =>
  companyId === null ? `person ${personId ?? ''} ${productLineId}` : `company ${companyId} ${productLineId}`

/** The places that are taken: by open leads, with those that a merge closed under them. */
export function slotsOf(leads: readonly KnownLead[], rootOf: (id: string) => string): Map<string, Slot> {
  const keyOf = (lead: KnownLead) => slotKey(lead.company_id, lead.person_id, lead.product_line_id)
  const under = new Map<string, KnownLead[]>()
  for (const lead of leads) if (lead.duplicate_of !== null) under.set(lead.duplicate_of, [...(under.get(lead.duplicate_of) ?? []), lead])
  const open = leads.filter((lead) => lead.duplicate_of === null)
  return new Map(open.map((lead) => {
    const places = new Map((under.get(lead.id) ?? []).map((other) => [keyOf(other), other.id]))
    const key = slotKey(lead.company_id === null ? null : rootOf(lead.company_id), lead.person_id === null ? null : rootOf(lead.person_id), lead.product_line_id)
    return [key, { id: lead.id, ownerId: lead.owner_id, companyId: lead.company_id, people: new Set(lead.people), ownKey: keyOf(lead), places }]
  }))
}

/**
 * The open lead an inquiry joins. A person's interest whose company became known just now becomes that company's, if it
 * has no open one: then `isNamed`, and the caller writes the company on the lead.
 */
export function findSlot(places: Places, { personId, companyId }: About, productLineId: string): { slot: Slot | null; isNamed: boolean } {
  const key = companyId === null ? null : slotKey(rootIn(places, companyId), null, productLineId)
  const own = key === null ? undefined : places.slots.get(key)
  if (own) return { slot: own, isNamed: false }
  const personalKey = personId === null ? null : slotKey(null, rootIn(places, personId), productLineId)
  const personal = personalKey === null ? undefined : places.slots.get(personalKey)
  if (!personal || companyId === null || key === null || personalKey === null) return { slot: personal ?? null, isNamed: false }
  // The lead of somebody who was merged with this person stays theirs: a split would leave it with a foreign company.
  if (personal.ownKey !== slotKey(null, personId, productLineId)) return { slot: personal, isNamed: false }
  places.slots.delete(personalKey)
  personal.ownKey = slotKey(companyId, null, productLineId)
  personal.companyId = companyId
  places.slots.set(key, personal)
  return { slot: personal, isNamed: true }
}

/** Takes the place of these for a new open lead. */
export function takePlace(places: Places, { personId, companyId }: About, productLineId: string, slot: Slot): void {
  const [company, person] = [companyId, personId].map((id) => (id === null ? null : rootIn(places, id)))
  if (companyId !== null || personId !== null) places.slots.set(slotKey(company ?? null, person ?? null, productLineId), slot)
}

/**
 * The lead an inquiry is written on. Of a company (or person) that was merged it is one of its own, closed under the one
 * that stands: so the inquiry goes back with it when the merge is split, and no row ever moves. Null: it has none yet.
 */
export function placeIn(places: Places, slot: Slot, about: About, productLineId: string): string | null {
  const key = slotKey(about.companyId, about.personId, productLineId)
  if (key === slot.ownKey) return slot.id
  const known = slot.places.get(key)
  if (known !== undefined) return known
  const isMerged = [about.companyId, about.personId].some((id) => id !== null && (places.canonical.has(id) || [...places.canonical.values()].includes(id)))
  return isMerged ? null : slot.id
}
