import { and, eq, inArray, or } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { matchDecisions } from '~db/schema'
import { actorId, type Context, type Emit } from '../../kernel'
import type { MatchState } from '../vocabulary'

/** How a pair stood before something answered it. */
export type PairBefore = { id: Id<'mtd'>; state: MatchState; decidedBy: string; at: string }
type Work = { tx: Tx; ctx: Context; emit: Emit }

/**
 * Answers every pair between two groups of people: "different" over whatever was said, "same" (after a merge) only
 * what is open. Answers how those that changed stood before.
 */
export async function settlePairs({ tx, ctx, emit }: Work, left: readonly Id<'per'>[], right: readonly Id<'per'>[], answer: 'same' | 'different'): Promise<PairBefore[]> {
  const across = (one: readonly Id<'per'>[], other: readonly Id<'per'>[]) => and(inArray(matchDecisions.personId, [...one]), inArray(matchDecisions.candidateId, [...other]))
  const rows = await tx.select().from(matchDecisions)
    .where(and(eq(matchDecisions.orgId, ctx.orgId), or(across(left, right), across(right, left)))).orderBy(matchDecisions.id).for('update')
  const due = rows.filter(({ state }) => (answer === 'same' ? state === 'open' : state !== answer))
  for (const { id, personId, candidateId } of due) {
    await tx.update(matchDecisions).set({ state: answer, decidedBy: actorId(ctx.actor), at: ctx.now }).where(and(eq(matchDecisions.orgId, ctx.orgId), eq(matchDecisions.id, id)))
    await emit('people.match-answered', { personId, candidateId, answer })
  }
  return due.map(({ id, state, decidedBy, at }) => ({ id, state, decidedBy, at: at.toISOString() }))
}

/** Takes "same" back where a merge was taken back; what somebody answered since stays. */
export async function reopenPairs(tx: Tx, ctx: Context, pairs: readonly PairBefore[]): Promise<void> {
  for (const { id, state, decidedBy, at } of pairs) {
    await tx.update(matchDecisions).set({ state, decidedBy, at: new Date(at) }).where(and(eq(matchDecisions.orgId, ctx.orgId), eq(matchDecisions.id, id), eq(matchDecisions.state, 'same')))
  }
}
