import { inArray, sql } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { leadPeople, leads, leadStages } from '~db/schema'
import type { Context } from '../kernel'
import { openInterests, visibleLeads, type OpenInterest } from '../leads'
import type { MergedGroup } from '../people'
import type { Interest } from './plan-closings'

type Both<P extends 'per' | 'co'> = { kept: MergedGroup<P>; gone: MergedGroup<P> }

/** Open leads of two companies. */
export async function companyInterests(tx: Tx, { kept, gone }: Both<'co'>, locks: boolean): Promise<Interest[]> {
  const found = await openInterests(tx, { companyIds: [...kept.ids, ...gone.ids], personIds: [] }, { locks })
  return withStages(tx, found, (lead) => ({ of: 'company', sides: new Set([lead.companyId !== null && gone.ids.includes(lead.companyId) ? 'gone' : 'kept']) }))
}

/** Open leads of two people: their own where no company is known, and those of companies they hang on. */
export async function personInterests(tx: Tx, { kept, gone }: Both<'per'>, locks: boolean): Promise<Interest[]> {
  const found = await openInterests(tx, { companyIds: [], personIds: [...kept.ids, ...gone.ids] }, { locks })
  const hung = found.length === 0 ? [] : await tx.select({ leadId: leadPeople.leadId, personId: leadPeople.personId }).from(leadPeople).where(inArray(leadPeople.leadId, found.map(({ id }) => id)))
  const on = (leadId: Id<'lead'>, group: MergedGroup<'per'>) => hung.some((each) => each.leadId === leadId && group.ids.includes(each.personId))
  return withStages(tx, found, (lead) => {
    if (lead.companyId === null) return { of: 'person', sides: new Set([lead.personId !== null && gone.ids.includes(lead.personId) ? 'gone' : 'kept']) }
    return { of: 'hung-on', sides: new Set([...(on(lead.id, kept) ? ['kept' as const] : []), ...(on(lead.id, gone) ? ['gone' as const] : [])]) }
  })
}

async function withStages(tx: Tx, found: readonly OpenInterest[], placed: (lead: OpenInterest) => Pick<Interest, 'of' | 'sides'>): Promise<Interest[]> {
  if (found.length === 0) return []
  const states = await tx.select({ leadId: leadStages.leadId, stage: leadStages.stage }).from(leadStages).where(inArray(leadStages.leadId, found.map(({ id }) => id)))
  return found.map((lead) => ({
    id: lead.id, productLineId: lead.productLineId, ownerId: lead.ownerId, cameInAt: lead.cameInAt,
    stage: states.find(({ leadId }) => leadId === lead.id)?.stage ?? 'inquiry', ...placed(lead),
  }))
}

/** Those of these leads that the actor does not see. */
export async function hiddenAmong(tx: Tx, ctx: Context, ids: readonly Id<'lead'>[]): Promise<Id<'lead'>[]> {
  if (ids.length === 0) return []
  const seen = await tx.select({ id: leads.id }).from(leads).where(sql`${inArray(leads.id, [...ids])} and ${visibleLeads(ctx)}`)
  return ids.filter((id) => !seen.some((row) => row.id === id))
}
