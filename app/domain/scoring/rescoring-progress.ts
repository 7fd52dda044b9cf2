import { desc, eq } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import { rescorings } from '~db/schema'
import { query } from '../kernel'
import { nothing } from '../kernel/contract'

/** How far the newest scoring of all leads is. `perSecond` and `secondsLeft` while it runs and something is done. */
export type RescoringProgress = { rescoringId: Id<'rsc'>; cardId: Id<'scd'>; total: number; done: number; changed: number; startedAt: Date; finishedAt: Date | null; perSecond: number | null; secondsLeft: number | null }

/** How far the newest scoring of all leads is; null where there never was one. */
export const rescoringProgress = query({
  name: 'score.rescoring',
  permission: 'settings:read',
  input: nothing,
  async run({ tx, ctx }): Promise<RescoringProgress | null> {
    const [row] = await tx.select().from(rescorings).where(eq(rescorings.orgId, ctx.orgId)).orderBy(desc(rescorings.startedAt), desc(rescorings.id)).limit(1)
    if (row === undefined) return null
    const { id, cardId, total, done, changed, startedAt, finishedAt } = row
    const seconds = (ctx.now.getTime() - startedAt.getTime()) / 1000
    const perSecond = finishedAt !== null || done === 0 || seconds <= 0 ? null : done / seconds
    return { rescoringId: id, cardId, total, done, changed, startedAt, finishedAt, perSecond, secondsLeft: perSecond === null ? null : Math.max(0, Math.ceil((total - done) / perSecond)) }
  },
})
