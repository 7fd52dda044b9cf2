import { eachSource } from './each-source'
import { listedConnectors } from './listed-source'
import { pullSource } from './pull-source'

/** Asks every platform whose turn it is for its own list. Answers how many sources were looked at. */
export const pullSources = (now: Date): Promise<number> => eachSource(listedConnectors(), 'pull-sources', now, (ctx, sourceId) => pullSource(ctx, { sourceId }))
