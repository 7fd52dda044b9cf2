import { and, eq } from 'drizzle-orm'
import * as z from 'zod'
import { matchDecisions } from '~db/schema'
import { command, DomainError } from '../../kernel'
import { actorId } from '../../kernel'
import { idOf } from '../../kernel/contract'
import { openPerson } from '../open-rows'

/**
 * Says whether a pair is one person. "Different" is remembered for ever: the pair is never proposed again. "Same"
 * joins nobody yet: merging is another verb. Saying it twice changes nothing; another answer replaces it. Refuses `not-found`.
 */
export const answerMatch = command({
  name: 'match.answer',
  permission: 'leads:write',
  input: z.object({ matchId: idOf('mtd'), answer: z.enum(['same', 'different']) }),
  async run({ tx, ctx, input: { matchId, answer }, audit, emit }): Promise<{ changed: boolean }> {
    const own = and(eq(matchDecisions.orgId, ctx.orgId), eq(matchDecisions.id, matchId))
    const [pair] = await tx.select().from(matchDecisions).where(own).for('update')
    if (pair === undefined) throw new DomainError('not-found')
    const { personId, candidateId, state } = pair
    await openPerson(tx, ctx, personId)
    await openPerson(tx, ctx, candidateId)
    if (state === answer) return { changed: false }
    await tx.update(matchDecisions).set({ state: answer, decidedBy: actorId(ctx.actor), at: ctx.now }).where(own)
    await audit(matchId, { before: { state }, after: { state: answer } })
    await emit('people.match-answered', { personId, candidateId, answer })
    return { changed: true }
  },
})
