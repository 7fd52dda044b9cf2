import type { Id } from '~/lib/ids'
import type { AssignmentRule, RuleSet, RuleTarget } from './contract'
import { isAccount, missOf, type ArrivalFacts } from './match-rule'
import { takeTurn, type Turn } from './take-turn'
import type { Availability, MissReason, ReceiptKind, SkipReason } from './vocabulary'

type Mem = Id<'mem'>
export type Staff = { id: Mem; teamId: Id<'team'> | null; isActive: boolean; takesLeads: boolean; cap: number | null; open: number; languages: readonly string[]; skills: readonly string[] }
export type Candidate = { memberId: Mem; skipped: SkipReason | null; open: number; cap: number | null; weight: number }
export type LookedAt = { rule: string; name: string; matched: boolean; why: MissReason | null }
export type Owners = { company: Mem | null; customer: Mem | null }
export type Decision = {
  kind: Extract<ReceiptKind, 'rule' | 'named' | 'company_owner' | 'customer_owner' | 'pool'>
  rule: string | null; memberId: Mem | null; poolId: Id<'pool'> | null
  looked: LookedAt[]; candidates: Candidate[]
  /** where turns stand afterwards, of the rule that shared out */
  standings: ReadonlyMap<Mem, number>
}
export type Question = {
  facts: ArrivalFacts; rules: RuleSet; staff: ReadonlyMap<Mem, Staff>; owners: Owners
  standingOf: (rule: string, memberId: Mem) => number
  availability: (memberId: Mem) => Availability
}

/**
 * Who gets a lead, and why: named accounts, then whoever has the company already, then the rules in their order, then
 * the pool. Pure: the live handler and the simulator ask the same function.
 */
export function decideAssignment(question: Question): Decision {
  const { facts, rules, owners } = question
  const looked: LookedAt[] = []
  const candidates: Candidate[] = []
  const known = [
    { kind: 'named' as const, memberId: rules.named.find(({ account }) => isAccount(account, facts))?.memberId ?? null },
    { kind: 'company_owner' as const, memberId: rules.keepsCompanyOwner ? owners.company : null },
    { kind: 'customer_owner' as const, memberId: rules.keepsCustomerOwner ? owners.customer : null },
  ]
  for (const { kind, memberId } of known) {
    if (memberId === null) continue
    const candidate = weigh(question, memberId, 1, null)
    candidates.push(candidate)
    if (candidate.skipped === null) return { kind, rule: null, memberId, poolId: null, looked, candidates, standings: new Map() }
  }
  for (const rule of rules.rules) {
    const why = missOf(rule, facts)
    if (why !== null) {
      looked.push({ rule: rule.key, name: rule.name, matched: false, why })
      continue
    }
    const chosen = chooseIn(question, rule, candidates)
    looked.push({ rule: rule.key, name: rule.name, matched: chosen !== null, why: chosen === null ? 'nobody' : null })
    if (chosen !== null) return { kind: 'rule', rule: rule.key, ...chosen, looked, candidates }
  }
  return { kind: 'pool', rule: null, memberId: null, poolId: null, looked, candidates, standings: new Map() }
}

type Chosen = Pick<Decision, 'memberId' | 'poolId' | 'standings'>

function chooseIn(question: Question, rule: AssignmentRule, candidates: Candidate[]): Chosen | null {
  if (rule.to.kind === 'pool') return { memberId: null, poolId: rule.to.poolId, standings: new Map() }
  const weighed = sharesOf(rule.to, question.staff).map(({ memberId, weight }) => weigh(question, memberId, weight, rule))
  candidates.push(...weighed)
  const present: Turn<Mem>[] = weighed.flatMap(({ memberId, weight, skipped }) => (skipped === null ? [{ memberId, weight, standing: question.standingOf(rule.key, memberId) }] : []))
  const turn = takeTurn(present)
  return turn === null ? null : { memberId: turn.chosen, poolId: null, standings: turn.standings }
}

/** The members a rule shares among, in one order. */
export function sharesOf(to: RuleTarget, staff: ReadonlyMap<Mem, Staff>): { memberId: Mem; weight: number }[] {
  switch (to.kind) {
    case 'pool': return []
    case 'member': return [{ memberId: to.memberId, weight: 1 }]
    case 'members': return [...to.members].sort((a, b) => (a.memberId < b.memberId ? -1 : 1))
    case 'team': return [...staff.values()].filter(({ teamId, isActive }) => teamId === to.teamId && isActive).map(({ id }) => ({ memberId: id, weight: to.weights[id] ?? 1 })).sort((a, b) => (a.memberId < b.memberId ? -1 : 1))
  }
}

function weigh({ staff, facts, availability }: Question, memberId: Mem, weight: number, rule: AssignmentRule | null): Candidate {
  const person = staff.get(memberId)
  const base = { memberId, weight, open: person?.open ?? 0, cap: person?.cap ?? null }
  if (person === undefined || !person.isActive) return { ...base, skipped: 'inactive' }
  if (!person.takesLeads) return { ...base, skipped: 'takes-none' }
  if (rule?.matchesLanguage === true && facts.language !== null && !person.languages.includes(facts.language)) return { ...base, skipped: 'lacks-language' }
  if (rule !== null && rule.skills.some((skill) => !person.skills.includes(skill))) return { ...base, skipped: 'lacks-skill' }
  const where = availability(memberId)
  if (where === 'away') return { ...base, skipped: 'away' }
  if (where === 'outside-hours' && rule?.keepsHours === true) return { ...base, skipped: 'outside-hours' }
  return { ...base, skipped: person.cap !== null && person.open >= person.cap ? 'at-cap' : null }
}
