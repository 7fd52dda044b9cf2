import * as z from 'zod'
import { command } from '../kernel'
import { idOf } from '../kernel/contract'
import { publishedCard } from './published-card'
import { scoreIn, type Scored } from './score-in'

/** So many leads are scored at once. */
export const TOGETHER = 500

/**
 * Scores leads by the published card: appends lines that are missing, takes back what no longer holds, and tells of
 * each that changed its cell. Without a published card one statement is all it costs. Answers how many, and how many
 * changed; ids of other organisations are left out.
 */
export const scoreLeads = command({
  name: 'score.keep',
  permission: 'leads:write',
  input: z.object({ leadIds: z.array(idOf('lead')).max(TOGETHER) }),
  async run({ ctx, input: { leadIds } }): Promise<Scored> {
    const card = leadIds.length === 0 ? null : await publishedCard(ctx.tx, ctx.orgId)
    return card === null ? { scored: 0, changed: 0 } : scoreIn(ctx, card, [...new Set(leadIds)])
  },
})
