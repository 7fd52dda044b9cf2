import type { Tx } from '~db/client.server'
import type { Context } from '../kernel'
import type { TouchDraft } from './connectors/connector'
import type { IngestSource } from './plan-ingest'

/** Joins what people did to whom it names, once per id of the sender. */
export async function recordTouches(_ctx: Context & { tx: Tx }, _source: IngestSource, _touches: readonly TouchDraft[], _receivedAt: Date): Promise<void> {
  return Promise.resolve()
}
