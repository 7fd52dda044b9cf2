import { and, eq, sql } from 'drizzle-orm'
import { newId, toUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { assignmentReceipts, assignmentTargets, assignmentTurns, leads } from '~db/schema'
import { command, DomainError, type Context } from '../kernel'
import { defaultPool, lockCapacity, placeLead } from '../leads'
import { arrivalsWhere, ownersOfCompany, staffNow } from './arrivals'
import { availabilityOf } from './availability'
import { AssignLead, noRules, type RuleSet } from './contract'
import { decideAssignment, sharesOf, type Decision } from './decide-assignment'
import { missOf } from './match-rule'
import { ruleSetIn } from './rule-set-rows'
import type { ReceiptKind } from './vocabulary'

type InTx = Context & { tx: Tx }
type Lead = typeof leads.$inferSelect
export type Assigned = { receiptId: Id<'asr'> | null; ownerId: Id<'mem'> | null }

/**
 * Gives a lead that came in to whom the published rules say, or leaves it in the pool, with a receipt. One receipt per
 * lead and event: again changes nothing. A lead its source gave an owner or a pool of its own keeps it, and the receipt
 * says so. Refuses: not-found.
 */
export const assignLead = command({
  name: 'lead.assign',
  permission: 'assignment:write',
  input: AssignLead,
  async run({ tx, ctx, input: { leadId, eventKey }, audit }): Promise<Assigned> {
    const [known] = await tx.select({ id: assignmentReceipts.id, ownerId: assignmentReceipts.chosenId }).from(assignmentReceipts)
      .where(and(eq(assignmentReceipts.leadId, leadId), eq(assignmentReceipts.eventKey, eventKey)))
    if (known !== undefined) return { receiptId: known.id, ownerId: known.ownerId }
    const [lead] = await tx.select().from(leads).where(eq(leads.id, leadId))
    if (lead === undefined) throw new DomainError('not-found')
    if (!lead.isOpen || lead.duplicateOf !== null) return { receiptId: null, ownerId: lead.ownerId }
    const own = await defaultPool(tx, ctx)
    const kept: ReceiptKind | null = lead.ownerId !== null || lead.poolId !== own.id ? 'source' : null
    if (kept !== null) return { receiptId: await writeReceipt(ctx, lead, eventKey, { kind: kept, memberId: lead.ownerId, poolId: lead.poolId }, null), ownerId: lead.ownerId }
    const published = await ruleSetIn(tx, 'published')
    const decision = await decide(ctx, lead, published?.rules ?? noRules)
    // Decided under the locks of those it was shared among; the lead itself is locked last.
    const [now] = await tx.select().from(leads).where(eq(leads.id, leadId)).for('update')
    if (now === undefined || now.ownerId !== null || !now.isOpen) {
      return { receiptId: await writeReceipt(ctx, now ?? lead, eventKey, { kind: 'gone', memberId: now?.ownerId ?? null, poolId: null }, published?.version ?? null), ownerId: now?.ownerId ?? null }
    }
    const receiptId = newId('asr')
    await writeReceipt(ctx, now, eventKey, { ...decision, id: receiptId, poolId: decision.memberId === null ? (decision.poolId ?? own.id) : null }, published?.version ?? null)
    await keepTurns(ctx, decision)
    const moves = decision.memberId !== null || (decision.poolId !== null && decision.poolId !== now.poolId)
    if (moves) {
      await placeLead(ctx, now, { to: decision.memberId, poolId: decision.poolId, by: 'rule', reason: 'rule', receiptId })
      await audit(leadId, { after: { ownerId: decision.memberId, poolId: decision.poolId, rule: decision.rule, kind: decision.kind } })
    }
    return { receiptId, ownerId: decision.memberId }
  },
})

async function decide(ctx: InTx, lead: Lead, rules: RuleSet): Promise<Decision> {
  const { tx } = ctx
  const [arrival] = await arrivalsWhere(tx, sql`l.id = ${toUuid(lead.id)}`, 1)
  if (arrival === undefined) throw new DomainError('not-found')
  const matching = rules.rules.filter((rule) => missOf(rule, arrival.facts) === null)
  const owners = await ownersOfCompany(tx, lead.id, arrival.companyId)
  await lockTargets(ctx, matching.map(({ key }) => key))
  const before = await staffNow(tx)
  const named = rules.named.map(({ memberId }) => memberId)
  const asked = [...matching.flatMap(({ to }) => sharesOf(to, before).map(({ memberId }) => memberId)), ...named, ...Object.values(owners)].filter((memberId) => memberId !== null)
  const capped = asked.filter((memberId) => (before.get(memberId)?.cap ?? null) !== null)
  await lockCapacity(tx, ctx, capped)
  const staff = capped.length === 0 ? before : await staffNow(tx)
  const turns = await turnsOf(tx, matching.map(({ key }) => key))
  const where = await availabilityOf(tx, ctx, asked)
  return decideAssignment({
    facts: arrival.facts, rules, staff, owners, standingOf: (rule, memberId) => turns.get(`${rule} ${memberId}`) ?? 0, availability: (memberId) => where(memberId, ctx.now),
  })
}

// Two leads that come at once take their turns one after the other, in one order of rules.
async function lockTargets({ tx, orgId, now }: InTx, targets: readonly string[]): Promise<void> {
  for (const target of [...targets].sort()) {
    await tx.insert(assignmentTargets).values({ orgId, target, createdAt: now }).onConflictDoNothing()
    await tx.select().from(assignmentTargets).where(eq(assignmentTargets.target, target)).for('update')
  }
}

async function turnsOf(tx: Tx, targets: readonly string[]): Promise<Map<string, number>> {
  if (targets.length === 0) return new Map()
  const rows = await tx.select().from(assignmentTurns).where(sql`${assignmentTurns.target} in (${sql.join(targets.map((target) => sql`${target}`), sql`, `)})`)
  return new Map(rows.map(({ target, memberId, standing }) => [`${target} ${memberId}`, standing]))
}

async function keepTurns({ tx, orgId }: InTx, { rule, standings }: Decision): Promise<void> {
  if (rule === null || standings.size === 0) return
  const rows = [...standings].map(([memberId, standing]) => ({ orgId, target: rule, memberId, standing }))
  await tx.insert(assignmentTurns).values(rows).onConflictDoUpdate({ target: [assignmentTurns.orgId, assignmentTurns.target, assignmentTurns.memberId], set: { standing: sql`excluded.standing` } })
}

type Said = { id?: Id<'asr'>; kind: ReceiptKind; memberId: Id<'mem'> | null; poolId: Id<'pool'> | null } & Partial<Pick<Decision, 'rule' | 'looked' | 'candidates'>>

async function writeReceipt({ tx, orgId, now }: InTx, lead: Pick<Lead, 'id'>, eventKey: string, said: Said, policyVersion: number | null): Promise<Id<'asr'>> {
  const id = said.id ?? newId('asr')
  await tx.insert(assignmentReceipts).values({
    orgId, leadId: lead.id, id, eventKey, kind: said.kind, rule: said.rule ?? null, chosenId: said.memberId, poolId: said.poolId, looked: said.looked ?? [], candidates: said.candidates ?? [], policyVersion, at: now,
  })
  return id
}
