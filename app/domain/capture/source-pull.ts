import { and, eq } from 'drizzle-orm'
import { sourcePulls } from '~db/schema'
import { query } from '../kernel'
import type { RemoteProblem } from './connectors/connector'
import { connectorOf } from './connectors/registry'
import { OneSource } from './contract'
import { isEquipped, isPulled, listedSource } from './listed-source'

/** How a platform's own list is read. `canCompare` says whether there is one and something to ask with. */
export type SourcePull = {
  hasList: boolean; canCompare: boolean; isPulled: boolean; triedAt: Date | null; nextAt: Date | null; readUntil: Date | null; seen: number; stored: number
  problem: RemoteProblem | null; detail: string | null; problemSince: Date | null
}
const NOTHING: SourcePull = {
  hasList: false, canCompare: false, isPulled: false, triedAt: null, nextAt: null, readUntil: null, seen: 0, stored: 0, problem: null, detail: null, problemSince: null,
}

/** How far a source's list was read, and why not further. Refuses `not-found`. */
export const sourcePull = query({
  name: 'source.pull-state',
  permission: 'sources:read',
  input: OneSource,
  async run({ tx, ctx, input: { sourceId } }): Promise<SourcePull> {
    const source = await listedSource({ ...ctx, tx }, sourceId)
    if (source === null) return NOTHING
    const [row] = await tx.select().from(sourcePulls).where(and(eq(sourcePulls.orgId, ctx.orgId), eq(sourcePulls.sourceId, sourceId)))
    const pulled = isPulled(connectorOf(source.connector), source.keys)
    const read = row === undefined ? {} : {
      triedAt: row.triedAt, nextAt: row.nextAt, readUntil: row.readUntil, seen: row.seen, stored: row.stored, problem: row.problem as RemoteProblem | null, detail: row.detail, problemSince: row.problemSince,
    }
    return { ...NOTHING, hasList: true, canCompare: isEquipped(source.keys), isPulled: pulled, ...read }
  },
})
