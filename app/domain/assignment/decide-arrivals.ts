import { eq, inArray, sql } from 'drizzle-orm'
import { toUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { assignmentTargets, assignmentTurns } from '~db/schema'
import type { Context } from '../kernel'
import { lockCapacity } from '../leads'
import { arrivalsWhere, ownersOfCompanies, staffNow } from './arrivals'
import { availabilityOf } from './availability'
import type { RuleSet } from './contract'
import { decideAssignment, sharesOf, type Decision, type Owners, type Staff } from './decide-assignment'
import { missOf } from './match-rule'

type InTx = Context & { tx: Tx }
type Mem = Id<'mem'>
const nobody: Owners = { company: null, customer: null }

/**
 * Who gets each of these leads, in the order they came: the turns, the room and the company of one are as the one before
 * it left them. Holds the locks of all it shares among until the transaction ends. `mayTake` looks once they are held.
 */
export async function decideArrivals(ctx: InTx, leadIds: readonly Id<'lead'>[], rules: RuleSet, mayTake: () => Promise<(leadId: Id<'lead'>) => boolean>): Promise<Map<Id<'lead'>, Decision>> {
  const { tx } = ctx
  const arrivals = await arrivalsWhere(tx, sql`l.id = any (${`{${leadIds.map((id) => toUuid(id)).join(',')}}`}::uuid[])`, leadIds.length)
  const matching = rules.rules.filter((rule) => arrivals.some(({ facts }) => missOf(rule, facts) === null))
  const owners = await ownersOfCompanies(tx, arrivals)
  await lockTargets(ctx, matching.map(({ key }) => key))
  const { staff, asked } = await staffFor(ctx, rules, matching, owners)
  const turns = await turnsOf(tx, matching.map(({ key }) => key))
  const where = await availabilityOf(tx, ctx, asked)
  const isFree = await mayTake()
  const decided = new Map<Id<'lead'>, Decision>()
  for (const { leadId, companyId, facts } of arrivals) {
    if (!isFree(leadId)) continue
    const decision = decideAssignment({
      facts, rules, staff, owners: owners.get(companyId) ?? nobody, standingOf: (rule, memberId) => turns.get(`${rule} ${memberId}`) ?? 0, availability: (memberId) => where(memberId, ctx.now),
    })
    decided.set(leadId, decision)
    for (const [memberId, standing] of decision.standings) turns.set(`${decision.rule ?? ''} ${memberId}`, standing)
    if (decision.memberId !== null) takeOn(staff, owners, decision.memberId, companyId)
  }
  return decided
}

function takeOn(staff: Map<Mem, Staff>, owners: Map<Id<'co'> | null, Owners>, memberId: Mem, companyId: Id<'co'> | null): void {
  const person = staff.get(memberId)
  if (person !== undefined) staff.set(memberId, { ...person, open: person.open + 1 })
  const known = owners.get(companyId) ?? nobody
  if (companyId !== null && known.company === null) owners.set(companyId, { ...known, company: memberId })
}

/** Members that may be asked, counted under the locks of those who have a cap; nobody is read where nobody can be asked. */
async function staffFor(ctx: InTx, rules: RuleSet, matching: RuleSet['rules'], owners: ReadonlyMap<Id<'co'> | null, Owners>): Promise<{ staff: Map<Mem, Staff>; asked: Mem[] }> {
  const known = [...rules.named.map(({ memberId }) => memberId), ...[...owners.values()].flatMap(({ company, customer }) => [company, customer])].filter((memberId) => memberId !== null)
  if (matching.length === 0 && known.length === 0) return { staff: new Map(), asked: [] }
  const before = await staffNow(ctx.tx)
  const asked = [...new Set([...matching.flatMap(({ to }) => sharesOf(to, before).map(({ memberId }) => memberId)), ...known])]
  const capped = asked.filter((memberId) => (before.get(memberId)?.cap ?? null) !== null)
  await lockCapacity(ctx.tx, ctx, capped)
  return { staff: capped.length === 0 ? before : await staffNow(ctx.tx), asked }
}

// Those that come at once take their turns one after the other, in one order of rules.
async function lockTargets({ tx, orgId, now }: InTx, targets: readonly string[]): Promise<void> {
  for (const target of [...targets].sort()) {
    await tx.insert(assignmentTargets).values({ orgId, target, createdAt: now }).onConflictDoNothing()
    await tx.select().from(assignmentTargets).where(eq(assignmentTargets.target, target)).for('update')
  }
}

async function turnsOf(tx: Tx, targets: readonly string[]): Promise<Map<string, number>> {
  if (targets.length === 0) return new Map()
  const rows = await tx.select().from(assignmentTurns).where(inArray(assignmentTurns.target, [...targets]))
  return new Map(rows.map(({ target, memberId, standing }) => [`${target} ${memberId}`, standing]))
}

/** Keeps where turns stand after these decisions. */
export async function keepTurns({ tx, orgId }: InTx, decisions: Iterable<Decision>): Promise<void> {
  const last = new Map<string, { orgId: Id<'org'>; target: string; memberId: Mem; standing: number }>()
  for (const { rule, standings } of decisions) {
    if (rule !== null) for (const [memberId, standing] of standings) last.set(`${rule} ${memberId}`, { orgId, target: rule, memberId, standing })
  }
  if (last.size === 0) return
  await tx.insert(assignmentTurns).values([...last.values()])
    .onConflictDoUpdate({ target: [assignmentTurns.orgId, assignmentTurns.target, assignmentTurns.memberId], set: { standing: sql`excluded.standing` } })
}

