import { sql } from 'drizzle-orm'
import { fromUuid, toUuid } from '~/lib/ids'
import { database } from '~db/client.server'
import { DomainError } from '../kernel'
import { readReceipt, receiptOf } from './receipt'
import type { DeliveryVerdict } from './vocabulary'

/** What the holder of a receipt may know: no personal data, no names. `first` is the receipt a duplicate repeats. */
export type ReceiptState = { receipt: string; state: DeliveryVerdict; connector: string; receivedAt: Date; decidedAt: Date | null; first: string | null }
type Row = { connector: string; received_at: string; verdict: DeliveryVerdict | null; first_delivery_id: string | null; at: string | null }

/** The state of a delivery to whoever holds its receipt. Refuses `not-found` for a receipt we did not make. */
export async function receiptState(receipt: string): Promise<ReceiptState> {
  const deliveryId = readReceipt(receipt)
  if (deliveryId === null) throw new DomainError('not-found')
  const uuid = toUuid(deliveryId)
  return database().transaction(async (tx) => {
    const [found] = await tx.execute<{ org_id: string }>(sql`select org_id from clew_resolve.receipt(${uuid})`)
    if (!found) throw new DomainError('not-found')
    await tx.execute(sql`select set_config('app.org_id', ${found.org_id}, true)`)
    const [row] = await tx.execute<Row>(sql`
      select d.connector, d.received_at, o.verdict, o.first_delivery_id, o.at from deliveries d
      left join lateral (
        select verdict, first_delivery_id, at from delivery_outcomes o
        where o.org_id = d.org_id and o.delivery_id = d.id order by o.id desc limit 1) o on true
      where d.org_id = ${found.org_id} and d.id = ${uuid}`)
    if (!row) throw new DomainError('not-found')
    return {
      receipt, state: row.verdict ?? 'stored', connector: row.connector, receivedAt: new Date(row.received_at),
      decidedAt: row.at === null ? null : new Date(row.at),
      first: row.first_delivery_id === null ? null : receiptOf(fromUuid('dlv', row.first_delivery_id)),
    }
  }, { accessMode: 'read only' })
}
