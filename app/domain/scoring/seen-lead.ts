import { sql } from 'drizzle-orm'
import { fromUuid, toUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { DomainError, type Context } from '../kernel'
import { visibleLeads } from '../leads'

type InTx = Context & { tx: Tx }

/** A lead of this organisation that the actor sees, with those closed as its duplicates, itself first. Refuses `not-found`. */
export async function seenLead(ctx: InTx, leadId: Id<'lead'>): Promise<{ leadId: Id<'lead'>; told: string[]; duplicateOf: Id<'lead'> | null }> {
  const org = toUuid(ctx.orgId)
  const [row] = await ctx.tx.execute<{ id: string; of: string | null }>(sql`
    select l.id, l.duplicate_of as of from leads l where l.org_id = ${org}::uuid and l.id = ${toUuid(leadId)}::uuid and ${visibleLeads(ctx, 'l')}`)
  if (row === undefined) throw new DomainError('not-found')
  const duplicates = await ctx.tx.execute<{ id: string }>(sql`select l.id from leads l where l.org_id = ${org}::uuid and l.duplicate_of = ${row.id}::uuid`)
  return { leadId: fromUuid('lead', row.id), told: [row.id, ...duplicates.map(({ id }) => id)], duplicateOf: row.of === null ? null : fromUuid('lead', row.of) }
}
