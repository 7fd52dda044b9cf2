import { and, eq, inArray, isNotNull, isNull, ne, or } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { leads, leadStages } from '~db/schema'
import { placeDuplicate } from '../leads'
import { groupOfCompany } from '../people'
import { closingsAbout } from './merge-state'
import type { MergeKind } from './vocabulary'

/** Who stands for whom once the merge is gone, of everybody who was one until now. */
export type Regrouped = { kind: MergeKind; roots: ReadonlyMap<string, string> }
export type Freed = { reopened: Id<'lead'>[]; stillClosed: Id<'lead'>[] }
type LeadRow = Pick<typeof leads.$inferSelect, 'id' | 'companyId' | 'personId' | 'productLineId' | 'duplicateOf' | 'verdict' | 'cameInAt' | 'ownerId'>

/**
 * Lets the leads stand again that a merge closed, and those that came in meanwhile through the one that goes: each under
 * the open lead of its own people, if they have one by now, or open as it was. Those that other merges closed under
 * one of these follow it.
 */
export async function freeLeads(tx: Tx, mergeId: Id<'mrg'>, regrouped: Regrouped): Promise<Freed> {
  const duplicates = await duplicatesAmong(tx, regrouped)
  const closings = (await closingsAbout(tx, duplicates.map(({ id }) => id))).filter(({ splitAt }) => splitAt === null)
  const edges = new Map(closings.filter((closing) => closing.mergeId !== mergeId).map(({ leadId, underId }) => [leadId, underId]))
  const released = new Set(closings.filter((closing) => closing.mergeId === mergeId).map(({ leadId }) => leadId))
  const parents = await rowsOf(tx, duplicates.flatMap(({ duplicateOf }) => duplicateOf ?? []))
  const freed = duplicates.filter((lead) => !edges.has(lead.id) && (released.has(lead.id) || isApart(lead, parents.get(lead.duplicateOf ?? ''), regrouped)))
    .sort((a, b) => Number(released.has(b.id)) - Number(released.has(a.id)) || a.cameInAt.getTime() - b.cameInAt.getTime() || (a.id < b.id ? -1 : 1))
  const standsFor = new Map<string, Id<'lead'>>()
  for (const lead of freed) {
    const other = await openLeadBeside(tx, lead, regrouped)
    standsFor.set(lead.id, other ?? lead.id)
    await placeDuplicate(tx, { leadId: lead.id, duplicateOf: other, isOpen: other === null && (await isUndecided(tx, lead)) })
  }
  for (const lead of duplicates) {
    if (!edges.has(lead.id)) continue
    const end = endOf(lead.id, edges)
    const root = standsFor.get(end) ?? end
    if (root !== lead.duplicateOf) await placeDuplicate(tx, { leadId: lead.id, duplicateOf: root })
  }
  return { reopened: freed.filter(({ id }) => standsFor.get(id) === id).map(({ id }) => id), stillClosed: freed.filter(({ id }) => standsFor.get(id) !== id).map(({ id }) => id) }
}

/** Duplicates of these people or companies, and whatever else is closed under the same leads; locked. */
async function duplicatesAmong(tx: Tx, { kind, roots }: Regrouped): Promise<LeadRow[]> {
  const ids = [...roots.keys()]
  const ours = kind === 'company' ? inArray(leads.companyId, ids as Id<'co'>[]) : inArray(leads.personId, ids as Id<'per'>[])
  const own = await tx.select({ under: leads.duplicateOf }).from(leads).where(and(ours, isNotNull(leads.duplicateOf)))
  const under = [...new Set(own.flatMap((row) => row.under ?? []))]
  if (under.length === 0) return []
  await tx.select({ id: leads.id }).from(leads).where(or(inArray(leads.id, under), inArray(leads.duplicateOf, under))).orderBy(leads.id).for('update')
  return tx.select().from(leads).where(inArray(leads.duplicateOf, under)).orderBy(leads.id)
}

async function rowsOf(tx: Tx, ids: readonly Id<'lead'>[]): Promise<Map<string, LeadRow>> {
  const rows = ids.length === 0 ? [] : await tx.select().from(leads).where(inArray(leads.id, [...new Set(ids)]))
  return new Map(rows.map((row) => [row.id as string, row]))
}

const recordOf = (lead: LeadRow, kind: MergeKind): string | null => (kind === 'company' ? lead.companyId : lead.personId)

/** Whether a lead and the one that stands for it are no longer of the same people. */
function isApart(lead: LeadRow, parent: LeadRow | undefined, { kind, roots }: Regrouped): boolean {
  // Leads of companies are the companies' to share, unless one of the two is a person's own.
  if (parent === undefined || (kind === 'person' && lead.companyId !== null && parent.companyId !== null)) return false
  const [own, other] = [roots.get(recordOf(lead, kind) ?? ''), roots.get(recordOf(parent, kind) ?? '')]
  return own !== undefined && other !== undefined && own !== other
}

async function openLeadBeside(tx: Tx, lead: LeadRow, { kind, roots }: Regrouped): Promise<Id<'lead'> | null> {
  const record = lead.companyId === null || kind === 'company' ? recordOf(lead, kind) : null
  const members = [...roots].flatMap(([id, of]) => (of === roots.get(record ?? '') ? [id] : []))
  const firms = lead.companyId === null ? [] : kind === 'company' ? (members as Id<'co'>[]) : ((await groupOfCompany(tx, lead.companyId))?.ids ?? [])
  const whose = lead.companyId === null ? and(isNull(leads.companyId), inArray(leads.personId, members as Id<'per'>[])) : inArray(leads.companyId, firms)
  const [other] = await tx.select({ id: leads.id }).from(leads)
    .where(and(whose, eq(leads.productLineId, lead.productLineId), eq(leads.isOpen, true), eq(leads.isSeparate, false), ne(leads.id, lead.id))).orderBy(leads.cameInAt, leads.id).limit(1)
  return other?.id ?? null
}

async function isUndecided(tx: Tx, lead: LeadRow): Promise<boolean> {
  const [state] = await tx.select({ stage: leadStages.stage }).from(leadStages).where(eq(leadStages.leadId, lead.id))
  return lead.verdict === 'valid' && state?.stage !== 'won' && state?.stage !== 'lost'
}

function endOf<I extends string>(id: I, edges: ReadonlyMap<I, I>): I {
  let at = id
  for (let step = edges.get(at); step !== undefined; step = edges.get(at)) at = step
  return at
}
