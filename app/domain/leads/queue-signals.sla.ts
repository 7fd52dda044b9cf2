import type { Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'

export type SlaSignal = { startedAt: Date; dueAt: Date }

/**
 * The running clock of each lead that is due first. The seam to module `sla`: where it keeps its clocks, this reads
 * them; until then no lead has one.
 */
export function slaSignals(_tx: Tx, _leadIds: readonly Id<'lead'>[]): Promise<ReadonlyMap<Id<'lead'>, SlaSignal>> {
  return Promise.resolve(new Map())
}
