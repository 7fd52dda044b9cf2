import { eachSource } from './each-source'
import { connectorNames } from './vocabulary'
import { watchSource } from './watch-source'

/** Looks at every active source. Answers how many. */
export const watchSources = (now: Date): Promise<number> => eachSource(connectorNames, 'watch-sources', now, (ctx, sourceId) => watchSource(ctx, { sourceId }))
