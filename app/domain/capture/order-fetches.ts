import type { Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import type { Context } from '../kernel'
import type { FetchOrder } from './connectors/connector'
import type { IngestSource } from './plan-ingest'
import type { Verdict } from './stored-deliveries'

/** Notes which leads the platform must be asked for. Null where there are none; `stored` while any is waited for. */
export async function orderFetches(_ctx: Context & { tx: Tx }, _source: IngestSource, _deliveryId: Id<'dlv'>, orders: readonly FetchOrder[]): Promise<Verdict | null> {
  return Promise.resolve(orders.length === 0 ? null : { verdict: 'stored', issues: null, leadId: null, inquiryId: null })
}
