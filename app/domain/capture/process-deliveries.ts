import type { Id } from '~/lib/ids'
import { command, DomainError } from '../kernel'
import { ProcessDeliveries } from './contract'
import { decideDeliveries } from './decide-deliveries'
import type { Verdict } from './stored-deliveries'

/**
 * Turns up to 200 stored deliveries into leads in one transaction, oldest first: all of them, or none where one is of
 * nobody here (`not-found`) or cannot be stored. Answers the verdicts in the order asked.
 */
export const processDeliveries = command({
  name: 'delivery.process-many',
  permission: 'deliveries:replay',
  input: ProcessDeliveries,
  async run({ tx, ctx, input: { deliveryIds, again } }): Promise<Verdict[]> {
    const verdicts = await decideDeliveries({ ...ctx, tx }, deliveryIds, again)
    return deliveryIds.map((id: Id<'dlv'>) => {
      const verdict = verdicts.get(id)
      if (verdict === undefined) throw new DomainError('not-found')
      return verdict
    })
  },
})
