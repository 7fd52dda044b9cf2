import { and, inArray } from 'drizzle-orm'
import { newId, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { assignmentReceipts, leads } from '~db/schema'
import { command, DomainError, type Context } from '../kernel'
import { defaultPool, placeLead } from '../leads'
import { AssignLeads, noRules } from './contract'
import { decideArrivals, keepTurns } from './decide-arrivals'
import type { Decision } from './decide-assignment'
import { ruleSetIn } from './rule-set-rows'

type InTx = Context & { tx: Tx }
type Lead = typeof leads.$inferSelect
type Receipt = typeof assignmentReceipts.$inferInsert
export type Assigned = { receiptId: Id<'asr'> | null; ownerId: Id<'mem'> | null }

/**
 * Gives leads that came in to whom the published rules say, or leaves them in the pool, each with a receipt; at most a
 * hundred together, answered in their order. One receipt per lead and event: again changes nothing. A lead its source
 * gave an owner or a pool of its own keeps it, and the receipt says so. Refuses: not-found.
 */
export const assignLeads = command({
  name: 'lead.assign',
  permission: 'assignment:write',
  input: AssignLeads,
  async run({ tx, ctx, input: { arrivals }, audit }): Promise<Assigned[]> {
    const answers = await receiptsOf(tx, arrivals)
    const found = new Map((await leadsOf(tx, arrivals)).map((lead) => [lead.id, lead]))
    const receipts: Receipt[] = []
    const undecided = new Map<Id<'lead'>, string>()
    const own = await defaultPool(tx, ctx)
    for (const { leadId, eventKey } of arrivals) {
      const lead = found.get(leadId)
      if (lead === undefined) throw new DomainError('not-found')
      if (answers.has(leadId)) continue
      if (!lead.isOpen || lead.duplicateOf !== null) answers.set(leadId, { receiptId: null, ownerId: lead.ownerId })
      else if (lead.ownerId === null && lead.poolId === own.id) undecided.set(leadId, eventKey)
      else receipts.push(receiptOf(ctx, leadId, eventKey, { kind: 'source', chosenId: lead.ownerId, poolId: lead.poolId }))
    }
    const placements = undecided.size === 0 ? [] : await decided(ctx, undecided, own.id, receipts)
    if (receipts.length > 0) await tx.insert(assignmentReceipts).values(receipts)
    for (const { lead, decision, receiptId } of placements) {
      const { memberId: to, poolId, rule, kind } = decision
      await placeLead(ctx, lead, { to, poolId, by: 'rule', reason: 'rule', receiptId })
      await audit(lead.id, { after: { ownerId: to, poolId, rule, kind } })
    }
    for (const { leadId, id, chosenId } of receipts) answers.set(leadId, { receiptId: id, ownerId: chosenId ?? null })
    return arrivals.map(({ leadId }) => answers.get(leadId) ?? { receiptId: null, ownerId: null })
  },
})

type Told = readonly { leadId: Id<'lead'>; eventKey: string }[]

async function receiptsOf(tx: Tx, arrivals: Told): Promise<Map<Id<'lead'>, Assigned>> {
  const rows = await tx.select({ id: assignmentReceipts.id, leadId: assignmentReceipts.leadId, eventKey: assignmentReceipts.eventKey, ownerId: assignmentReceipts.chosenId }).from(assignmentReceipts)
    .where(and(inArray(assignmentReceipts.leadId, arrivals.map(({ leadId }) => leadId)), inArray(assignmentReceipts.eventKey, arrivals.map(({ eventKey }) => eventKey))))
  const known = rows.filter((row) => arrivals.some(({ leadId, eventKey }) => leadId === row.leadId && eventKey === row.eventKey))
  return new Map(known.map(({ leadId, id, ownerId }) => [leadId, { receiptId: id, ownerId }]))
}

const leadsOf = (tx: Tx, arrivals: Told): Promise<Lead[]> => tx.select().from(leads).where(inArray(leads.id, arrivals.map(({ leadId }) => leadId)))

type Placed = { lead: Lead; decision: Decision; receiptId: Id<'asr'> }

/** Decides under the locks of those it is shared among; the leads themselves are locked last, and one that was taken meanwhile is let be. */
async function decided(ctx: InTx, undecided: ReadonlyMap<Id<'lead'>, string>, poolId: Id<'pool'>, receipts: Receipt[]): Promise<Placed[]> {
  const published = await ruleSetIn(ctx.tx, 'published')
  const version = published?.version ?? null
  const now = new Map<Id<'lead'>, Lead>()
  const decisions = await decideArrivals(ctx, [...undecided.keys()], published?.rules ?? noRules, async () => {
    for (const lead of await ctx.tx.select().from(leads).where(inArray(leads.id, [...undecided.keys()])).orderBy(leads.id).for('update')) now.set(lead.id, lead)
    return (leadId) => { const lead = now.get(leadId); return lead !== undefined && lead.ownerId === null && lead.isOpen }
  })
  const placed: Placed[] = []
  for (const [leadId, eventKey] of undecided) {
    const [lead, decision] = [now.get(leadId), decisions.get(leadId)]
    if (lead === undefined || decision === undefined) {
      receipts.push(receiptOf(ctx, leadId, eventKey, { kind: 'gone', chosenId: lead?.ownerId ?? null, poolId: null, policyVersion: version }))
      continue
    }
    const { kind, rule, memberId, looked, candidates } = decision
    const receipt = receiptOf(ctx, leadId, eventKey, { kind, rule, chosenId: memberId, poolId: memberId === null ? (decision.poolId ?? poolId) : null, looked, candidates, policyVersion: version })
    receipts.push(receipt)
    if (memberId !== null || (decision.poolId !== null && decision.poolId !== lead.poolId)) placed.push({ lead, decision, receiptId: receipt.id })
  }
  await keepTurns(ctx, decisions.values())
  return placed
}

const receiptOf = ({ orgId, now }: InTx, leadId: Id<'lead'>, eventKey: string, said: Pick<Receipt, 'kind' | 'chosenId' | 'poolId'> & Partial<Receipt>): Receipt =>
  ({ orgId, leadId, id: newId('asr'), eventKey, rule: null, looked: [], candidates: [], policyVersion: null, at: now, ...said })
