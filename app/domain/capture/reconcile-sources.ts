import { eachSource } from './each-source'
import { listedConnectors } from './listed-source'
import { reconcileSource } from './reconcile-source'

/** Starts the daily comparison of every source that is due. Answers how many sources were looked at. */
export const reconcileSources = (now: Date): Promise<number> => eachSource(listedConnectors(), 'reconcile-sources', now, (ctx, sourceId) => reconcileSource(ctx, { sourceId, onlyWhenDue: true }))
