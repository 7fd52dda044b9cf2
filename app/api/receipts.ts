import { Hono } from 'hono'
import { receiptState } from '~/domain/capture'
import { admit, requestFacts } from '~/http'

/** What became of a delivery, for whoever holds its receipt. No personal data. */
export const receipts = new Hono().get('/:receipt', async (c) => {
  await admit('receipt', requestFacts().ip)
  const state = await receiptState(c.req.param('receipt'))
  const body = { receipt: state.receipt, state: state.state, connector: state.connector, received_at: state.receivedAt, decided_at: state.decidedAt, first: state.first }
  return c.json(body, 200, { 'Cache-Control': 'no-store' })
})
