import { eq, sql } from 'drizzle-orm'
import * as z from 'zod'
import { toUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { matchSettings } from '~db/schema'
import { command, DomainError, query } from '../../kernel'
import { defaultModel } from './default-model'
import type { Model } from './engine/model'
import type { MatchBand } from '../vocabulary'

/** Probabilities from which a pair joins by itself (`autoAt`) or is looked at (`reviewAt`), and the months after which a silent number is doubted. */
export type MatchThresholds = { autoAt: number; reviewAt: number; silentMonths: number }

export const usualThresholds: MatchThresholds = { autoAt: 0.99, reviewAt: 0.3, silentMonths: 12 }
const Thresholds = z.object({ autoAt: z.number().gt(0).lte(1), reviewAt: z.number().gt(0).lte(1), silentMonths: z.int().min(1).max(120) })
const USUAL_PEOPLE = 10_000

/** The organisation's thresholds, or the usual ones (0.99, 0.3, 12 months). */
export const matchThresholds = query({
  name: 'match.thresholds',
  permission: 'settings:read',
  input: z.object({}),
  run: ({ tx, ctx }): Promise<MatchThresholds> => thresholdsOf(tx, ctx.orgId),
})

/** Sets the thresholds; they hold for what is weighed from now on. Refuses `invalid` where review would begin above auto. */
export const setMatchThresholds = command({
  name: 'match.set-thresholds',
  permission: 'settings:write',
  input: Thresholds,
  async run({ tx, ctx, input, audit }): Promise<MatchThresholds> {
    if (input.reviewAt > input.autoAt) throw new DomainError('invalid', { fields: { reviewAt: ['above-auto'] } })
    const before = await thresholdsOf(tx, ctx.orgId)
    const row = { ...input, updatedAt: ctx.now }
    await tx.insert(matchSettings).values({ orgId: ctx.orgId, ...row }).onConflictDoUpdate({ target: matchSettings.orgId, set: row })
    await audit(ctx.orgId, { before, after: input })
    return input
  },
})

/** The thresholds inside another verb's transaction. */
export async function thresholdsOf(tx: Tx, orgId: Id<'org'>): Promise<MatchThresholds> {
  const [row] = await tx.select({ autoAt: matchSettings.autoAt, reviewAt: matchSettings.reviewAt, silentMonths: matchSettings.silentMonths }).from(matchSettings).where(eq(matchSettings.orgId, orgId))
  return row ?? usualThresholds
}

/** What a probability means under these thresholds. */
export const bandOf = (probability: number, { autoAt, reviewAt }: MatchThresholds): MatchBand => (probability >= autoAt ? 'auto' : probability >= reviewAt ? 'review' : 'new')

/** The newest model of an organisation; version 0 is the one everybody begins with. */
export async function currentModel(tx: Tx, orgId: Id<'org'>): Promise<{ model: Model; version: number; people: number }> {
  const [row] = await tx.execute<{ model: Model; version: number; people: number }>(sql`
    select model, version, people from match_models where org_id = ${toUuid(orgId)} order by version desc limit 1`)
  return row ?? { model: defaultModel, version: 0, people: USUAL_PEOPLE }
}
