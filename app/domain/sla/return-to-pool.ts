import type { Id } from '~/lib/ids'
import { log } from '~/platform/log'
import { isRefusal } from '../kernel'
import { changeOwnership } from '../leads'
import type { InTx } from './in-tx'

/** Takes a lead whose owner let its time run out back from them. A lead that may not change hands stays where it is; the breach stands. */
export async function returnToPool(ctx: InTx, leadId: Id<'lead'>): Promise<boolean> {
  try {
    await changeOwnership(ctx, { leadId, to: null, by: 'timer', reason: 'sla_breached' })
    return true
  } catch (error) {
    if (!isRefusal(error)) throw error
    log.warn({ leadId, code: error.code }, 'a lead was not returned at breach')
    return false
  }
}
