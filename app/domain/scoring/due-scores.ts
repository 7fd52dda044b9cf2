import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { fromUuid, type Id } from '~/lib/ids'
import { log } from '~/platform/log'
import { database } from '~db/client.server'
import { command, systemContext } from '../kernel'
import { idOf } from '../kernel/contract'
import { changeScores, effectiveCell, lockScores } from './kept-scores'
import { overridesInForce } from './overrides-in-force'
import { publishedCard } from './published-card'
import { scoreIn, tellOf, type Scored } from './score-in'

const TOGETHER = 250
const MOST = 20_000

/** Scores leads whose moment has come; where no card is in force, only what somebody set for a time ends. For the schedule. */
export const scoreDue = command({
  name: 'score.keep-due',
  permission: 'leads:write',
  input: z.object({ leadIds: z.array(idOf('lead')).max(500) }),
  async run({ tx, ctx, input: { leadIds } }): Promise<Scored> {
    if (leadIds.length === 0) return { scored: 0, changed: 0 }
    const card = await publishedCard(tx, ctx.orgId)
    if (card !== null) return scoreIn(ctx, card, leadIds)
    const kept = await lockScores(ctx, leadIds)
    const standing = await overridesInForce(ctx, leadIds)
    const after = [...kept.values()].map((score) => ({ ...score, overrideCell: standing.get(score.leadId)?.cell ?? null, dueAt: standing.get(score.leadId)?.until ?? null }))
    await changeScores(ctx, after)
    const changed = after.filter((score) => effectiveCell(score) !== effectiveCell(kept.get(score.leadId)))
    await tellOf(ctx, changed, true)
    return { scored: after.length, changed: changed.length }
  },
})

/** Scores whatever is due by now, in every organisation, longest due first. One organisation that fails stops only itself. */
export async function scoreDueLeads(now: Date): Promise<number> {
  let scored = 0
  const failed = new Set<string>()
  while (scored < MOST) {
    const due = await database('worker').execute<{ org_id: string; lead_id: string }>(sql`
      select org_id, lead_id from clew_resolve.due_scores(${now.toISOString()}::timestamptz, ${TOGETHER + failed.size * TOGETHER})`)
    const byOrg = new Map<string, Id<'lead'>[]>()
    for (const { org_id: org, lead_id: id } of due) if (!failed.has(org)) byOrg.set(org, [...(byOrg.get(org) ?? []), fromUuid('lead', id)])
    if (byOrg.size === 0) break
    for (const [org, leadIds] of byOrg) {
      try {
        await scoreDue(systemContext(fromUuid('org', org), 'score-due-leads', now), { leadIds: leadIds.slice(0, TOGETHER) })
        scored += Math.min(leadIds.length, TOGETHER)
      } catch (error) {
        failed.add(org)
        log.error({ err: error, org }, 'due leads could not be scored')
      }
    }
  }
  return scored
}
