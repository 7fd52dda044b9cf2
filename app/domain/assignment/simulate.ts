import type { Id } from '~/lib/ids'
import type { RuleSet } from './contract'
import { decideAssignment, type Staff } from './decide-assignment'
import type { ArrivalFacts } from './match-rule'
import type { Availability } from './vocabulary'

type Mem = Id<'mem'>
export type PastArrival = { leadId: Id<'lead'>; company: string | null; companyId: Id<'co'> | null; facts: ArrivalFacts; cameInAt: Date; closedAt: Date | null; customerOwner: Mem | null }
export type World = {
  arrivals: readonly PastArrival[]
  staff: ReadonlyMap<Mem, Staff>
  /** open leads each had when the first one came, and the owners of companies' open leads then */
  companyOwners: ReadonlyMap<Id<'co'>, Mem>
  availability: (memberId: Mem, at: Date) => Availability
  /** median minutes to a first answer of those who are known */
  minutesToAnswer: ReadonlyMap<Mem, number>
}
export type Given = { leadId: Id<'lead'>; memberId: Mem | null; rule: string | null }
export type Load = { memberId: Mem; given: number; atEnd: number }
export type Outcome = {
  given: Given[]; loads: Load[]; inPool: number; fairness: { gini: number | null; maxToMean: number | null }
  /** median of what each lead could expect: its new owner's own median; null where nobody's is known */
  expectedMinutes: number | null; expectedOf: number
}

/** Plays arrivals through a set of rules from empty turns: same input, same answer. Leads that closed meanwhile make room again. */
export function simulate(rules: RuleSet, world: World): Outcome {
  const staff = new Map([...world.staff].map(([id, person]) => [id, { ...person }]))
  const standings = new Map<string, number>()
  const holders = new Map(world.companyOwners)
  const closings: { at: number; memberId: Mem; companyId: Id<'co'> | null }[] = []
  const given: Given[] = []
  for (const arrival of world.arrivals) {
    const now = arrival.cameInAt.getTime()
    for (let next = closings[0]; next !== undefined && next.at <= now; next = closings[0]) {
      closings.shift()
      const person = staff.get(next.memberId)
      if (person !== undefined) person.open -= 1
      if (next.companyId !== null && holders.get(next.companyId) === next.memberId) holders.delete(next.companyId)
    }
    const decision = decideAssignment({
      facts: arrival.facts, rules, staff, owners: { company: arrival.companyId === null ? null : (holders.get(arrival.companyId) ?? null), customer: arrival.customerOwner },
      standingOf: (rule, memberId) => standings.get(`${rule} ${memberId}`) ?? 0, availability: (memberId) => world.availability(memberId, arrival.cameInAt),
    })
    for (const [memberId, standing] of decision.standings) standings.set(`${decision.rule} ${memberId}`, standing)
    given.push({ leadId: arrival.leadId, memberId: decision.memberId, rule: decision.rule })
    if (decision.memberId !== null) hold(arrival, decision.memberId)
  }
  return outcomeOf(given, staff, world)

  function hold({ companyId, closedAt }: PastArrival, memberId: Mem): void {
    const person = staff.get(memberId)
    if (person !== undefined) person.open += 1
    if (companyId !== null && !holders.has(companyId)) holders.set(companyId, memberId)
    if (closedAt === null) return
    const at = closedAt.getTime()
    const place = closings.findIndex((each) => each.at > at)
    closings.splice(place === -1 ? closings.length : place, 0, { at, memberId, companyId })
  }
}

function outcomeOf(given: Given[], staff: ReadonlyMap<Mem, Staff>, { minutesToAnswer }: World): Outcome {
  const counts = new Map<Mem, number>()
  for (const { memberId } of given) if (memberId !== null) counts.set(memberId, (counts.get(memberId) ?? 0) + 1)
  const loads = [...staff.values()].filter(({ id, isActive }) => isActive || counts.has(id)).map(({ id, open }) => ({ memberId: id, given: counts.get(id) ?? 0, atEnd: open }))
  const minutes = given.flatMap(({ memberId }) => (memberId === null ? [] : (minutesToAnswer.get(memberId) ?? [])))
  const shares = loads.map((load) => load.given).filter((each) => each > 0)
  return { given, loads, inPool: given.filter(({ memberId }) => memberId === null).length, fairness: { gini: gini(shares), maxToMean: maxToMean(shares) }, expectedMinutes: median(minutes), expectedOf: minutes.length }
}

/** 0: all have the same; towards 1: one has all. Of those who got any; null for nobody. */
export function gini(values: readonly number[]): number | null {
  const sum = values.reduce((total, each) => total + each, 0)
  if (sum === 0) return null
  const sorted = [...values].sort((a, b) => a - b)
  return sorted.reduce((total, each, index) => total + (2 * (index + 1) - sorted.length - 1) * each, 0) / (sorted.length * sum)
}

export function maxToMean(values: readonly number[]): number | null {
  const sum = values.reduce((total, each) => total + each, 0)
  return sum === 0 ? null : (Math.max(...values) * values.length) / sum
}

function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const [low, high] = [sorted[middle - 1], sorted[middle]]
  if (high === undefined) return null
  return sorted.length % 2 === 1 || low === undefined ? high : (low + high) / 2
}
