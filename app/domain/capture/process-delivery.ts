import { command, DomainError } from '../kernel'
import { ProcessDelivery } from './contract'
import { decideDeliveries } from './decide-deliveries'
import type { Verdict } from './stored-deliveries'

/** Turns a stored delivery into leads and writes the verdict; see `decideDeliveries`. Refuses `not-found`. */
export const processDelivery = command({
  name: 'delivery.process',
  permission: 'deliveries:replay',
  input: ProcessDelivery,
  async run({ tx, ctx, input: { deliveryId, again } }): Promise<Verdict> {
    const verdict = (await decideDeliveries({ ...ctx, tx }, [deliveryId], again)).get(deliveryId)
    if (verdict === undefined) throw new DomainError('not-found')
    return verdict
  },
})
