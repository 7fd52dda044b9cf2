import fc from 'fast-check'
import { decideAssignment, type Staff } from '~/domain/assignment/decide-assignment'
import type { RuleSet } from '~/domain/assignment/contract'
import { nextHeir } from '~/domain/assignment/handover-shares'
import { claimRefusal, type ClaimRules } from '~/domain/leads/claim-rules'
import { holdClocks, type HoldRules } from '~/domain/leads/hold-clocks'
import type { OwnershipWay } from '~/domain/leads/vocabulary'
import type { Id } from '~/lib/ids'
import { localDate } from '~/lib/period'

type Mem = Id<'mem'>
export const MEMBERS = 4
export const LEADS = 8
export type PoolRules = ClaimRules & Omit<HoldRules, 'since'>
export type Step =
  | { kind: 'claim' | 'return'; member: number; lead: number }
  | { kind: 'assign'; lead: number; member: number }
  | { kind: 'bulk'; leads: number[]; member: number }
  | { kind: 'arrive'; lead: number }
  | { kind: 'leave'; member: number; heirs: number[] }
  | { kind: 'contact'; lead: number }
  | { kind: 'rest'; lead: number; hours: number }
  | { kind: 'recycle' }
  | { kind: 'wait'; hours: number }
export type History = { rules: PoolRules; caps: (number | null)[]; steps: Step[] }

const maybe = (most: number) => fc.option(fc.integer({ min: 1, max: most }), { nil: null })
const member = fc.nat(MEMBERS - 1)
const lead = fc.nat(LEADS - 1)
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('claim' as const), member, lead }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('return' as const), member, lead }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('assign' as const), lead, member }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('bulk' as const), leads: fc.uniqueArray(lead, { minLength: 1, maxLength: 5 }), member }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('arrive' as const), lead }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('leave' as const), member, heirs: fc.uniqueArray(member, { maxLength: 3 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('contact' as const), lead }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('rest' as const), lead, hours: fc.integer({ min: 1, max: 200 }) }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'recycle' as const }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 60 }) }) },
)

/** Rules of a pool, caps of members, and what happens, in any order. */
export const histories = (most: number): fc.Arbitrary<History> => fc.record({
  rules: fc.record({ dailyCap: maybe(3), heldCap: maybe(4), coolDownHours: maybe(60), protectionDays: maybe(4), maxProtectionDays: fc.constant(null), firstContactHours: maybe(48), idleDays: maybe(5) }),
  // One team in three has one place each: only there a lead finds everybody full within a few steps.
  caps: fc.oneof({ weight: 2, arbitrary: fc.array(maybe(4), { minLength: MEMBERS, maxLength: MEMBERS }) }, { weight: 1, arbitrary: fc.constant(Array.from({ length: MEMBERS }, () => 1)) }),
  // fast-check keeps arrays short by itself; a history has to become long before anybody is full.
  steps: fc.array(step, { minLength: 1, maxLength: most, size: 'max' }),
})

type Lead = { owner: number | null; ownedSince: number | null; lastContactAt: number | null; snoozedUntil: number | null; recycleAt: number | null }
type Receipt = { lead: number; from: number | null; to: number | null; way: OwnershipWay; at: number }
export type World = { now: number; leads: Lead[]; receipts: Receipt[]; standings: Map<Mem, number>; history: History }

export const memberId = (at: number): Mem => `mem_${String(at)}`
const HOUR = 3_600_000
const zone = 'Asia/Shanghai'
/** The rules of the pool began to count long before. */
const LONG_AGO = new Date(0)

/** The published rules of the model: everybody in turn, weights 1 to 4. */
export const modelRules = (idOf: (at: number) => Mem): RuleSet => ({
  named: [], rules: [{ key: 'all', name: 'All', isOn: true, when: {}, keepsHours: false, matchesLanguage: false, skills: [], to: { kind: 'members', members: Array.from({ length: MEMBERS }, (_, at) => ({ memberId: idOf(at), weight: at + 1 })) } }], keepsCompanyOwner: false, keepsCustomerOwner: false,
})

export function newWorld(history: History, now: Date): World {
  const lead = (): Lead => ({ owner: null, ownedSince: null, lastContactAt: null, snoozedUntil: null, recycleAt: null })
  return { now: now.getTime(), leads: Array.from({ length: LEADS }, lead), receipts: [], standings: new Map(), history }
}

const openOf = (world: World, at: number) => world.leads.filter(({ owner }) => owner === at).length
const isFull = (world: World, at: number) => { const cap = world.history.caps[at] ?? null; return cap !== null && openOf(world, at) >= cap }
const dateOf = (ms: number | null) => (ms === null ? null : new Date(ms))

function clocks(world: World, lead: Lead): ReturnType<typeof holdClocks> {
  return holdClocks({ ...world.history.rules, since: LONG_AGO }, { ownedSince: new Date(lead.ownedSince ?? 0), lastContactAt: dateOf(lead.lastContactAt), snoozedUntil: dateOf(lead.snoozedUntil) })
}

function place(world: World, at: number, to: number | null, way: OwnershipWay): void {
  const lead = world.leads[at] as Lead
  world.receipts.push({ lead: at, from: lead.owner, to, way, at: world.now })
  const kept = way === 'handover' && lead.ownedSince !== null && to !== null
  Object.assign(lead, { owner: to, ownedSince: to === null ? null : kept ? lead.ownedSince : world.now })
  if (kept) lead.recycleAt = lead.recycleAt === null ? null : Math.max(lead.recycleAt, world.now + 24 * HOUR)
  else lead.recycleAt = to === null ? null : (clocks(world, lead).recycleAt?.getTime() ?? null)
}

const staffOf = (world: World): Map<Mem, Staff> => new Map(Array.from({ length: MEMBERS }, (_, at) => [memberId(at), {
  id: memberId(at), teamId: null, isActive: true, takesLeads: true, cap: world.history.caps[at] ?? null, open: openOf(world, at), languages: [], skills: [],
}]))
const indexOf = (id: Mem | null) => (id === null ? null : Number(id.slice(4)))

/** What a step answers by the pure rules: `done`, `same`, or the code of the refusal. The world is as it is afterwards. */
export function apply(world: World, step: Step): string {
  switch (step.kind) {
    case 'wait': world.now += step.hours * HOUR; return 'done'
    case 'claim': return claim(world, step)
    case 'return': {
      if (world.leads[step.lead]?.owner === null) return 'not-found'
      if (world.leads[step.lead]?.owner !== step.member) return 'not-found'
      place(world, step.lead, null, 'return')
      return 'done'
    }
    case 'assign': return give(world, step.lead, step.member, 'hand')
    case 'bulk': return step.leads.map((each) => give(world, each, step.member, 'bulk')).join()
    case 'arrive': return arrive(world, step.lead)
    case 'leave': return leave(world, step)
    case 'contact': case 'rest': {
      const lead = world.leads[step.lead] as Lead
      if (step.kind === 'contact') Object.assign(lead, { lastContactAt: world.now, snoozedUntil: null })
      else lead.snoozedUntil = world.now + step.hours * HOUR
      lead.recycleAt = lead.owner === null ? null : (clocks(world, lead).recycleAt?.getTime() ?? null)
      return 'done'
    }
    case 'recycle': {
      world.leads.forEach((lead, at) => {
        if (lead.owner === null || lead.recycleAt === null || lead.recycleAt > world.now) return
        const due = clocks(world, lead).recycleAt
        if (due !== null && due.getTime() <= world.now) place(world, at, null, 'recycle')
        else lead.recycleAt = due?.getTime() ?? null
      })
      return 'done'
    }
  }
}

function claim(world: World, { member: who, lead: at }: { member: number; lead: number }): string {
  const { owner } = world.leads[at] as Lead
  if (owner !== null) return owner === who ? 'same' : 'taken'
  const last = world.receipts.findLast((each) => each.lead === at && each.from !== null)
  const today = localDate(new Date(world.now), zone)
  const claimedToday = world.receipts.filter((each) => each.way === 'claim' && each.to === who && localDate(new Date(each.at), zone) === today).length
  const refusal = claimRefusal(world.history.rules, { claimedToday, held: openOf(world, who), lostAt: last?.from === who ? new Date(last.at) : null, now: new Date(world.now) })
  if (refusal !== null) return refusal
  if (isFull(world, who)) return 'at-cap'
  place(world, at, who, 'claim')
  return 'done'
}

function give(world: World, at: number, to: number, way: OwnershipWay): string {
  if (world.leads[at]?.owner === to) return 'same'
  if (isFull(world, to)) return 'at-cap'
  place(world, at, to, way)
  return 'done'
}

const facts = { channelKind: null, channelId: null, sourceId: 'x', campaignId: null, productLineId: 'x', country: null, region: null, city: null, language: null, industry: null, employees: null, ofCustomer: false, company: null, domain: null }

function arrive(world: World, at: number): string {
  if (world.leads[at]?.owner !== null) return 'kept'
  const decision = decideAssignment({
    facts, rules: modelRules(memberId), staff: staffOf(world), owners: { company: null, customer: null }, standingOf: (_rule, id) => world.standings.get(id) ?? 0, availability: () => 'working',
  })
  for (const [id, standing] of decision.standings) world.standings.set(id, standing)
  const to = indexOf(decision.memberId)
  if (to === null) return 'pool'
  place(world, at, to, 'rule')
  return String(to)
}

function leave(world: World, { member: who, heirs }: { member: number; heirs: number[] }): string {
  if (heirs.includes(who)) return 'invalid'
  const shares = heirs.map((each) => ({ memberId: memberId(each), weight: each + 1, standing: 0 }))
  const mine = world.leads.flatMap(({ owner }, at) => (owner === who ? [at] : []))
  const room = heirs.reduce((sum, each) => sum + (world.history.caps[each] == null ? Infinity : Math.max(0, (world.history.caps[each] ?? 0) - openOf(world, each))), 0)
  if (heirs.length > 0 && room < mine.length) return 'at-cap'
  const staff = staffOf(world)
  for (const at of mine) place(world, at, indexOf(nextHeir(shares, staff).memberId), 'handover')
  return 'done'
}

/** What is wrong with a world: nothing may be. */
export function faultsOf(world: World): string[] {
  const { caps, rules } = world.history
  const faults: string[] = []
  for (let at = 0; at < MEMBERS; at += 1) {
    const cap = caps[at] ?? null
    if (cap !== null && openOf(world, at) > cap) faults.push(`member ${String(at)} holds ${String(openOf(world, at))} of ${String(cap)}`)
    const days = new Map<string, number>()
    for (const each of world.receipts) if (each.way === 'claim' && each.to === at) days.set(localDate(new Date(each.at), zone), (days.get(localDate(new Date(each.at), zone)) ?? 0) + 1)
    for (const [day, n] of days) if (rules.dailyCap !== null && n > rules.dailyCap) faults.push(`member ${String(at)} claimed ${String(n)} on ${day}`)
  }
  // One receipt per change: each begins where the one before it ended, and the last says who has the lead now.
  world.leads.forEach(({ owner }, at) => {
    const own = world.receipts.filter(({ lead: of }) => of === at)
    const end = own.reduce<number | null | 'broken'>((before, { from, to }) => (before === from && from !== to ? to : 'broken'), null)
    if (end !== owner) faults.push(`lead ${String(at)}: receipts end at ${String(end)}, owner is ${String(owner)}`)
  })
  return faults
}
