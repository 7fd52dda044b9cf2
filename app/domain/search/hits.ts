import { matchRanges, nameFit, type Ranges } from '~/lib/name-match'
import { maskContact } from '~/lib/mask-contact'
import { groupedPhone } from '~/lib/phone'
import type { Stage } from '../leads/vocabulary'
import type { FoundLead, FoundRecord } from './found-rows'
import type { Candidates, Why } from './gather'
import { tiers, type MatchField, type SearchKind, type Tier } from './vocabulary'

/** One thing found. `id` is a UUID until the door makes it an id; `text` is what matched, as this actor may read it. */
export type Found = {
  kind: SearchKind; id: string; title: string; detail: string; stage: Stage | null; ownerName: string | null; isMine: boolean
  tier: Tier; at: number; matched: { field: MatchField; text: string; ranges: Ranges } | null; leads: number
}

const fits = { exact: tiers.exact, beginning: tiers.beginning, words: tiers.words, none: null } as const

/** What was found, of all three kinds, best first: how well it fits, then one's own, then the newest. */
export function hitsOf(typed: string, candidates: Candidates, leads: readonly FoundLead[], loose: { people: readonly FoundRecord[]; companies: readonly FoundRecord[] }, me: string | null): Found[] {
  const found = [...leads.flatMap((lead) => hitsOfLead(typed, candidates, lead, me)), ...looseHits(typed, 'people', candidates, loose.people), ...looseHits(typed, 'companies', candidates, loose.companies)]
  const best = new Map<string, Found>()
  for (const hit of found) {
    const key = `${hit.kind}:${hit.id}`
    const known = best.get(key)
    const leadsOfBoth = (known?.leads ?? 0) + hit.leads
    if (known === undefined || compareHits(hit, known) < 0) best.set(key, hit)
    const kept = best.get(key)
    if (kept !== undefined) kept.leads = leadsOfBoth
  }
  return [...best.values()].sort(compareHits)
}

/** The order of hits, total: pages of it neither repeat nor leave out. */
export function compareHits(a: Pick<Found, 'tier' | 'isMine' | 'at' | 'id'>, b: Pick<Found, 'tier' | 'isMine' | 'at' | 'id'>): number {
  return a.tier - b.tier || Number(b.isMine) - Number(a.isMine) || b.at - a.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}

type Fit = { tier: Tier; matched: Found['matched'] }

function hitsOfLead(typed: string, candidates: Candidates, lead: FoundLead, me: string | null): Found[] {
  const isMine = me !== null && lead.ownerId === me
  const base = { isMine, ownerName: lead.ownerName, at: lead.cameInAt.getTime() }
  const people = lead.people.filter(({ name }) => name !== '').map((person) => ({ person, fit: fitOf(typed, person.name, 'person', whyOf(candidates.people, person), isMine) }))
  const company = lead.company === null ? null : fitOf(typed, lead.company.name, 'company', whyOf(candidates.companies, lead.company), isMine)
  const direct = candidates.leads.get(lead.id)
  const options: (Fit | null)[] = [direct ? { tier: direct.tier, matched: direct.tier === tiers.near ? similar(typed, lead) : null } : null, ...people.map(({ fit }) => fit), company]
  const fit = options.filter((option) => option !== null).sort((a, b) => a.tier - b.tier)[0] ?? (candidates.leads.has(lead.id) ? { tier: tiers.words, matched: null } : null)
  const first = lead.people.find(({ name }) => name !== '')
  const found: Found[] = fit === null ? [] : [{
    ...base, kind: 'leads', id: lead.id, title: first?.name ?? lead.company?.name ?? '', detail: first === undefined ? '' : (lead.company?.name ?? ''), stage: lead.stage, ...fit, leads: 1,
  }]
  for (const { person, fit: own } of people) {
    if (own !== null) found.push({ ...base, kind: 'people', id: person.rootId, title: person.name, detail: [person.title, lead.company?.name].filter((part) => part !== null && part !== undefined && part !== '').join(' · '), stage: null, ...own, leads: 1 })
  }
  if (lead.company !== null && company !== null) {
    found.push({ ...base, kind: 'companies', id: lead.company.rootId, title: lead.company.name, detail: [lead.company.domain, lead.company.city].filter((part) => part !== null).join(' · '), stage: null, ...company, leads: 1 })
  }
  return found
}

/** How one name fits, or why its record was found; null where it is only beside what was found. */
function fitOf(typed: string, name: string, field: 'person' | 'company', why: Why | null | undefined, isMine: boolean): Fit | null {
  const tier = fits[nameFit(typed, name)]
  const byName = tier === null || (why === undefined && tier === tiers.words) ? null : { tier, matched: { field, text: name, ranges: matchRanges(typed, name) } }
  if (why === undefined || why === null) return byName ?? (why === null ? { tier: tiers.words, matched: null } : null)
  if (byName !== null && byName.tier <= why.tier) return byName
  return { tier: why.tier, matched: why.tier === tiers.near ? { field: 'similar', text: name, ranges: [] } : { field: why.field, text: readable(why, isMine), ranges: markedPart(typed, why, isMine) } }
}

const whyOf = (found: Candidates['people'], { id, rootId }: { id: string; rootId: string }) => (found.has(id) ? found.get(id) : found.get(rootId))

const similar = (typed: string, lead: FoundLead): Found['matched'] => ({ field: 'similar', text: lead.people[0]?.name ?? lead.company?.name ?? typed, ranges: [] })

function readable({ kind, shown, value }: Why, isMine: boolean): string {
  if (shown === null || value === null || kind === 'external' || kind === null) return shown ?? ''
  if (isMine) return kind === 'phone' ? groupedPhone(value, shown) : shown
  return maskContact(kind, value)
}

function markedPart(typed: string, { kind, shown }: Why, isMine: boolean): Ranges {
  if (!isMine || kind !== 'email' || shown === null) return []
  const at = shown.toLowerCase().indexOf(typed.trim().toLowerCase())
  return at < 0 ? [] : [[at, at + typed.trim().length]]
}

function looseHits(typed: string, kind: 'people' | 'companies', candidates: Candidates, records: readonly FoundRecord[]): Found[] {
  return records.flatMap((record) => {
    const why = candidates[kind].get(record.id)
    const fit = fitOf(typed, record.name, kind === 'people' ? 'person' : 'company', why === undefined ? null : why, false)
    return fit === null ? [] : [{ kind, id: record.rootId, title: record.name, detail: '', stage: null, ownerName: null, isMine: false, at: record.createdAt.getTime(), ...fit, leads: 0 }]
  })
}
