import { describe, expect, it } from 'vitest'
import { processDelivery } from '~/domain/capture'
import { systemContext } from '~/domain/kernel'
import { useCommittedRows } from '~tests/support/committed-rows'
import { anOrganisation, NOON } from '~tests/support/organisations'
import { aStandardSource, countIn, deliveryIds } from './a-source'

useCommittedRows()

const SEED = Number(process.env['SEED'] ?? 20_240_515)

function shuffled<T>(items: readonly T[], seed: number): T[] {
  let state = seed
  const next = () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648
  return items.map((item) => [next(), item] as const).sort(([a], [b]) => a - b).map(([, item]) => item)
}

describe('at once', () => {
  it(`sixty events three times each, shuffled (SEED=${SEED}), stored and processed twice over, are sixty inquiries and twenty leads`, async () => {
    const org = await anOrganisation()
    const source = await aStandardSource(org)
    const events = Array.from({ length: 60 }, (_, i) => ({ data: { external_id: `e-${i}`, full_name: `Person ${i}`, mobile: `1380013${String(8000 + i)}`, company: `Works ${i % 20}` } }))
    const sent = shuffled([...events, ...events, ...events], SEED)
    const replies = await Promise.all(sent.map((event) => source.post(event, { id: `msg_${event.data.external_id}` })))
    expect(replies.every(({ status }) => status === 200)).toBe(true)
    expect(await countIn(org, 'deliveries', 'delivery_keys')).toEqual({ deliveries: 180, delivery_keys: 60 })

    const ids = await deliveryIds(org)
    const ctx = systemContext(org.orgId, 'process-delivery', NOON)
    const again = async (deliveryId: (typeof ids)[number]): Promise<unknown> => processDelivery(ctx, { deliveryId }).catch(() => processDelivery(ctx, { deliveryId }))
    await Promise.all([...shuffled(ids, SEED + 1), ...shuffled(ids, SEED + 2)].map(again))
    expect(await countIn(org, 'inquiries', 'leads', 'people', 'companies', 'touches', 'lead_people', 'delivery_outcomes')).toEqual(
      { inquiries: 60, leads: 20, people: 60, companies: 20, touches: 60, lead_people: 60, delivery_outcomes: 180 })
  })

  it('one row that cannot be stored spoils only itself', async () => {
    const org = await anOrganisation()
    const source = await aStandardSource(org)
    const { storeDelivery } = await import('~/domain/capture/store-delivery')
    const { newId } = await import('~/lib/ids')
    const delivery = (sourceId = source.sourceId) => {
      const id = newId('dlv', NOON)
      return { orgId: org.orgId, id, sourceId, connector: 'standard', dedupeKey: id, bodySha256: 'x', bodyBytes: 1, replyStatus: 200, requestId: 'test', receivedAt: NOON, way: 'push' as const, kept: { headers: {}, body: Buffer.from('x') } }
    }
    const results = await Promise.allSettled([storeDelivery(delivery()), storeDelivery(delivery(newId('src'))), storeDelivery(delivery())])
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(await countIn(org, 'deliveries')).toEqual({ deliveries: 2 })
  })
})
