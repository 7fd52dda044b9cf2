import { differentPairs } from '~db/schema'
import { actorId, command, DomainError } from '../kernel'
import { groupOfPerson, openCompany, openPerson, settlePairs } from '../people'
import { TwoDifferent } from './contract'
import { pairKey } from './possible-duplicates'
import type { Id } from '~/lib/ids'

/**
 * Says that two people (or two companies) are not one; nobody is asked again. `different_pairs` is where
 * that is known; a weighed match of the two is closed with it. Saying it twice changes nothing. Refuses: not-found, invalid (one of each).
 */
export const answerDifferent = command({
  name: 'merge.answer-different',
  permission: 'leads:write',
  input: TwoDifferent,
  async run({ tx, ctx, input: { leftId, rightId }, audit, emit }): Promise<{ changed: boolean }> {
    for (const id of [leftId, rightId]) await (id.startsWith('per_') ? openPerson(tx, ctx, id as Id<'per'>) : openCompany(tx, ctx, id as Id<'co'>))
    if (leftId.startsWith('per_') !== rightId.startsWith('per_') || leftId === rightId) throw new DomainError('invalid', { fields: { rightId: ['not-an-id'] } })
    const [lowId, highId] = pairKey(leftId, rightId)
    const added = await tx.insert(differentPairs)
      .values({ orgId: ctx.orgId, lowId, highId, actorKind: ctx.actor.kind, actorId: actorId(ctx.actor), at: ctx.now }).onConflictDoNothing().returning()
    if (leftId.startsWith('per_')) {
      const [left, right] = [await groupOfPerson(tx, leftId as Id<'per'>), await groupOfPerson(tx, rightId as Id<'per'>)]
      await settlePairs({ tx, ctx, emit }, left?.ids ?? [], right?.ids ?? [], 'different')
    }
    if (added.length > 0) await audit(leftId, { after: { kind: 'different', to: rightId } })
    return { changed: added.length > 0 }
  },
})
