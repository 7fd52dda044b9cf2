import { and, eq, isNull, sql } from 'drizzle-orm'
import * as z from 'zod'
import { setTimeout as rest } from 'node:timers/promises'
import { fromUuid, newId, toUuid, type Id } from '~/lib/ids'
import { log } from '~/platform/log'
import { database, type Tx } from '~db/client.server'
import { rescorings } from '~db/schema'
import { command, systemContext, type Context } from '../kernel'
import { idOf } from '../kernel/contract'
import { uuids } from './fact-rows'
import { lockScores } from './kept-scores'
import { cardOf, publishedCard } from './published-card'
import { scoreIn, tellOf } from './score-in'

type InTx = Context & { tx: Tx }
/** Leads of one transaction: small, so that nobody waits long for a lead. */
const BATCH = 125

/**
 * Begins to score every lead anew by a card, inside the caller's transaction; one that still runs ends. Also when a card
 * is retired and none follows: then cells are taken away. Answers its id and how many leads there are.
 */
export async function beginRescoring({ tx, orgId, now }: InTx, cardId: Id<'scd'>): Promise<{ rescoringId: Id<'rsc'>; total: number }> {
  await tx.update(rescorings).set({ finishedAt: now }).where(and(eq(rescorings.orgId, orgId), isNull(rescorings.finishedAt)))
  const [counted] = await tx.execute<{ n: number }>(sql`select count(*)::int as n from leads l where l.org_id = ${toUuid(orgId)}::uuid and l.duplicate_of is null`)
  const rescoringId = newId('rsc')
  const total = counted?.n ?? 0
  await tx.insert(rescorings).values({ orgId, id: rescoringId, cardId, total, startedAt: now, finishedAt: total === 0 ? now : null })
  return { rescoringId, total }
}

/**
 * Scores the next leads of a rescoring, in one transaction: what was done and how far it is commit together, so an end
 * of the process loses nothing. Two workers never do the same: the second finds it taken and leaves. For the schedule.
 */
export const advanceRescoring = command({
  name: 'score.advance-rescoring',
  permission: 'leads:write',
  input: z.object({ rescoringId: idOf('rsc') }),
  async run({ tx, ctx, input: { rescoringId } }): Promise<{ done: number; isDone: boolean }> {
    const [row] = await tx.select().from(rescorings).where(and(eq(rescorings.orgId, ctx.orgId), eq(rescorings.id, rescoringId), isNull(rescorings.finishedAt))).for('update', { skipLocked: true })
    if (row === undefined) return { done: 0, isDone: true }
    const leadIds = await leadsAfter(ctx, row)
    const changed = await scoreBatch(ctx, row.cardId, leadIds)
    const isDone = leadIds.length < BATCH
    await tx.update(rescorings).set({ after: leadIds.at(-1) ?? row.after, done: row.done + leadIds.length, changed: row.changed + changed, finishedAt: isDone ? ctx.now : null })
      .where(and(eq(rescorings.orgId, ctx.orgId), eq(rescorings.id, rescoringId)))
    return { done: leadIds.length, isDone }
  },
})

// Who comes in meanwhile is scored by that: one would never be done behind a busy door.
async function leadsAfter({ tx, orgId }: InTx, { after, startedAt }: Pick<typeof rescorings.$inferSelect, 'after' | 'startedAt'>): Promise<Id<'lead'>[]> {
  const from = after === null ? '00000000-0000-0000-0000-000000000000' : toUuid(after)
  const rows = await tx.execute<{ id: string }>(sql`
    select l.id from leads l where l.org_id = ${toUuid(orgId)}::uuid and l.id > ${from}::uuid and l.duplicate_of is null and l.created_at <= ${startedAt.toISOString()}::timestamptz order by l.id limit ${BATCH}`)
  return rows.map(({ id }) => fromUuid('lead', id))
}

async function scoreBatch(ctx: InTx, cardId: Id<'scd'>, leadIds: readonly Id<'lead'>[]): Promise<number> {
  if (leadIds.length === 0) return 0
  const published = await publishedCard(ctx.tx, ctx.orgId)
  if (published === null) return takeAway(ctx, leadIds)
  const card = published.cardId === cardId ? published : await cardOf(ctx.tx, ctx.orgId, published.cardId)
  return card === null ? 0 : (await scoreIn(ctx, card, leadIds, { onlyOpen: true })).changed
}

/** Without a card in force nobody has a cell but by hand. Lines stay: they say how it was. */
async function takeAway(ctx: InTx, leadIds: readonly Id<'lead'>[]): Promise<number> {
  const before = [...(await lockScores(ctx, leadIds)).values()]
  const ids = uuids(before.map(({ leadId }) => toUuid(leadId)))
  const org = toUuid(ctx.orgId)
  await ctx.tx.execute(sql`delete from lead_scores s where s.org_id = ${org}::uuid and s.lead_id = any (${ids}::uuid[]) and s.override_cell is null`)
  await ctx.tx.execute(sql`update lead_scores s set cell = null, chance = null,
    due_at = (select o.until from score_overrides o where o.org_id = s.org_id and o.lead_id = s.lead_id and o.ended_at is null) where s.org_id = ${org}::uuid and s.lead_id = any (${ids}::uuid[])`)
  const changed = before.filter(({ cell, overrideCell }) => cell !== null && overrideCell === null)
  await tellOf(ctx, changed.map((score) => ({ ...score, cell: null })), true)
  return changed.length
}

/** Between two batches the database and this process belong to everybody else, for at least so long and as long as a batch took. */
const PAUSE_MS = 40
const FOR_MS = 5_000

/** Goes on with every rescoring there is, for some seconds; the schedule comes back. One organisation that fails stops only itself. */
export async function rescoreEverybody(now: () => Date): Promise<number> {
  const until = performance.now() + FOR_MS
  let done = 0
  const open = await database('worker').execute<{ org_id: string; id: string }>(sql`select org_id, id from clew_resolve.open_rescorings()`)
  for (const { org_id: org, id } of open) {
    try {
      while (performance.now() < until) {
        const began = performance.now()
        const batch = await advanceRescoring(systemContext(fromUuid('org', org), 'rescore-everybody', now()), { rescoringId: fromUuid('rsc', id) })
        done += batch.done
        if (batch.isDone) break
        await rest(Math.max(PAUSE_MS, performance.now() - began))
      }
    } catch (error) {
      log.error({ err: error, org }, 'leads could not be scored anew')
    }
  }
  return done
}

/** Runs a rescoring to its end at once: for seeds and tests, not beside intake. */
export async function finishRescoring(ctx: Context, rescoringId: Id<'rsc'>): Promise<number> {
  let done = 0
  for (;;) {
    const batch = await advanceRescoring(ctx, { rescoringId })
    done += batch.done
    if (batch.isDone) return done
  }
}
