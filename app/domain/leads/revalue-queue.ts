import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { fromUuid, toUuid, type Id } from '~/lib/ids'
import { log } from '~/platform/log'
import { database } from '~db/client.server'
import { command, systemContext } from '../kernel'
import { leadId } from './contract'
import { placeInQueue } from './place-in-queue'

const TOGETHER = 500
const MOST = 20_000

/**
 * Values leads of the queue anew: what an event has changed, or what is due. `onlyMarked`: only those the trigger
 * has marked since they were last valued, the others are current. Leaves out what is in no queue. Answers how many.
 */
export const revalueQueue = command({
  name: 'lead.revalue-queue',
  permission: 'leads:write',
  input: z.object({ leadIds: z.array(leadId).max(TOGETHER), onlyMarked: z.boolean().default(false) }),
  async run({ tx, ctx, input: { leadIds, onlyMarked } }): Promise<{ valued: number }> {
    if (leadIds.length === 0) return { valued: 0 }
    const ids = `{${leadIds.map((id) => toUuid(id)).join(',')}}`
    const due = await tx.execute<{ lead_id: string }>(sql`select lead_id from queue_items where lead_id = any (${ids}::uuid[]) ${onlyMarked ? sql`and revalue_at = '-infinity'` : sql``}`)
    return { valued: await placeInQueue(ctx, due.map((row) => fromUuid('lead', row.lead_id))) }
  },
})

/** Values whatever is due by now, in every organisation, longest due first. One organisation that fails stops only itself. */
export async function revalueDueLeads(now: Date): Promise<number> {
  let valued = 0
  const failed = new Set<string>()
  while (valued < MOST) {
    const due = await database('worker').execute<{ org_id: string; lead_id: string }>(sql`
      select org_id, lead_id from clew_resolve.due_queue_items(${now.toISOString()}::timestamptz, ${TOGETHER + failed.size * TOGETHER})`)
    const byOrg = new Map<string, Id<'lead'>[]>()
    for (const { org_id: org, lead_id: id } of due) if (!failed.has(org)) byOrg.set(org, [...(byOrg.get(org) ?? []), fromUuid('lead', id)])
    if (byOrg.size === 0) break
    for (const [org, leadIds] of byOrg) {
      try {
        await revalueQueue(systemContext(fromUuid('org', org), 'revalue-queue', now), { leadIds: leadIds.slice(0, TOGETHER) })
        valued += leadIds.length
      } catch (error) {
        failed.add(org)
        log.error({ err: error, org }, 'the queue could not be valued')
      }
    }
  }
  return valued
}
