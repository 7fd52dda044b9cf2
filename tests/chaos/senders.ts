import { setTimeout as sleep } from 'node:timers/promises'
import { Webhook } from 'standardwebhooks'

export type Sent = { acknowledged: Set<string>; attempts: number; refused: Map<string, number> }

const SENDERS = 12
const PATIENCE_MS = 4_000

/** Posts every lead up to `copies` times, from senders that repeat each copy until it is answered 2xx. */
export async function sendLeads(hookUrl: string, secret: string, leads: readonly string[], random: () => number, deadline: number): Promise<Sent> {
  const signer = new Webhook(secret)
  const copies = leads.flatMap((id) => Array.from({ length: 1 + Math.floor(random() * 3) }, () => id))
  const order = copies.map((id) => ({ id, at: random() })).sort((a, b) => a.at - b.at).map(({ id }) => id)
  const sent: Sent = { acknowledged: new Set(), attempts: 0, refused: new Map() }
  const work = async () => {
    for (let id = order.pop(); id !== undefined; id = order.pop()) {
      await untilAcknowledged(id)
      // Spread, so that the faults fall among them.
      await sleep(250 + random() * 200)
    }
  }
  const untilAcknowledged = async (id: string) => {
    while (Date.now() < deadline) {
      sent.attempts += 1
      const status = await post(hookUrl, signer, id)
      if (status === '2xx') return void sent.acknowledged.add(id)
      sent.refused.set(status, (sent.refused.get(status) ?? 0) + 1)
      await sleep(100 + random() * 200)
    }
  }
  await Promise.all(Array.from({ length: SENDERS }, work))
  return sent
}

/** Posts one lead, signed now: '2xx', another status, or 'no answer'. */
export const postSigned = (hookUrl: string, secret: string, id: string): Promise<string> => post(hookUrl, new Webhook(secret), id)

async function post(hookUrl: string, signer: Webhook, id: string): Promise<string> {
  const at = new Date()
  const body = JSON.stringify({ type: 'lead.created', timestamp: at.toISOString(), data: { external_id: id, full_name: `Person ${id}`, email: `somebody@chaos-${id}.com`, company: `Company ${id}` } })
  const headers = { 'content-type': 'application/json', 'webhook-id': `msg_${id}`, 'webhook-timestamp': String(Math.floor(at.getTime() / 1000)), 'webhook-signature': signer.sign(`msg_${id}`, at, body) }
  try {
    const answer = await fetch(hookUrl, { method: 'POST', headers, body, signal: AbortSignal.timeout(PATIENCE_MS) })
    await answer.arrayBuffer()
    return answer.ok ? '2xx' : String(answer.status)
  } catch {
    return 'no answer'
  }
}
