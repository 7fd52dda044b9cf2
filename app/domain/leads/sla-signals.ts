import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { slaClocks } from '~db/schema'

export type SlaSignal = { startedAt: Date; dueAt: Date }

/** The running clock of each lead that is due first; one that was breached runs on until somebody answers. Reads `sla_clocks_running`. */
export async function slaSignals(tx: Tx, orgId: Id<'org'>, leadIds: readonly Id<'lead'>[]): Promise<ReadonlyMap<Id<'lead'>, SlaSignal>> {
  if (leadIds.length === 0) return new Map()
  const rows = await tx.select({ leadId: slaClocks.leadId, startedAt: slaClocks.runsAt, dueAt: slaClocks.dueAt }).from(slaClocks)
    .where(and(eq(slaClocks.orgId, orgId), inArray(slaClocks.leadId, [...leadIds]), isNull(slaClocks.stoppedAt))).orderBy(asc(slaClocks.dueAt))
  const signals = new Map<Id<'lead'>, SlaSignal>()
  for (const { leadId, ...signal } of rows) if (!signals.has(leadId)) signals.set(leadId, signal)
  return signals
}
