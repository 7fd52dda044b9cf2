import { and, eq, sql } from 'drizzle-orm'
import { toUuid } from '~/lib/ids'
import { queueItems } from '~db/schema'
import { DomainError, query } from '../kernel'
import { OneLead } from './contract'
import type { QueueFactors } from './value-lost-per-hour'
import type { DueReason } from './vocabulary'
import { visibleLeads } from './visible-leads'

export type QueueWhy = { perHour: number; currency: string | null; reason: DueReason; reasonAt: Date | null; attempt: number; restsUntil: Date | null; valuedAt: Date; factors: QueueFactors }

/** What a lead's number was made of when it was last valued, as it was written down; null where it stands in no queue. Refuses: not-found. */
export const queueWhy = query({
  name: 'lead.queue-why',
  permission: 'leads:read',
  input: OneLead,
  async run({ tx, ctx, input: { leadId } }): Promise<QueueWhy | null> {
    const visible = await tx.execute(sql`select 1 from leads where id = ${toUuid(leadId)}::uuid and ${visibleLeads(ctx)}`)
    if (visible.length === 0) throw new DomainError('not-found')
    const [item] = await tx.select().from(queueItems).where(and(eq(queueItems.orgId, ctx.orgId), eq(queueItems.leadId, leadId)))
    if (item === undefined || item.valuedAt === null || item.factors === null) return null
    const { valueLostPerHour: perHour, currency, reason, reasonAt, attempt, restsUntil, valuedAt, factors } = item
    return { perHour, currency, reason, reasonAt, attempt, restsUntil, valuedAt, factors: factors as QueueFactors }
  },
})
