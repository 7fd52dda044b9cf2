import { afterAll, beforeAll, expect, it } from 'vitest'
import { fetchLead, processDeliveries, processDelivery } from '~/domain/capture'
import { systemContext } from '~/domain/kernel'
import { fromUuid } from '~/lib/ids'
import { useCommittedRows } from '~tests/support/committed-rows'
import { anOrganisation, NOON } from '~tests/support/organisations'
import { allowThisMachine } from '~tests/support/platforms/fake-server'
import { fakeLinkedin, type FakeLinkedin } from '~tests/support/platforms/linkedin'
import { fakeMeta, type FakeMeta } from '~tests/support/platforms/meta'
import { random } from '~tests/support/seed'
import { aLinkedinSource, aMetaLead, aMetaSource, later, stateOf } from './a-fetching-source'
import { countIn, deliveryIds, rowsIn } from './a-source'

useCommittedRows()
allowThisMachine()

let meta: FakeMeta
let linkedin: FakeLinkedin
beforeAll(async () => { [meta, linkedin] = await Promise.all([fakeMeta(), fakeLinkedin()]) })
afterAll(() => Promise.all([meta.close(), linkedin.close()]))

function shuffled<T>(items: readonly T[]): T[] {
  const next = random()
  return items.map((item) => [next(), item] as const).sort(([a], [b]) => a - b).map(([, item]) => item)
}

it('overlapping batches, read and asked for by several workers at once, ask once for each lead and settle every push', async () => {
  const org = await anOrganisation()
  const source = await aMetaSource(org, meta)
  const ids = Array.from({ length: 12 }, (_, i) => String(1_000 + i))
  for (const id of ids) meta.leads.set(id, aMetaLead(id))
  // Twelve pushes of three leads each: every lead is named by three of them.
  const replies = await Promise.all(ids.map((_, i) => source.push([0, 1, 2].map((step) => ids[(i + step) % 12] ?? ''), NOON, i)))
  const process = async () => { for (const deliveryId of shuffled(await deliveryIds(org))) await processDelivery(systemContext(org.orgId, 'process-delivery', later(3)), { deliveryId }) }
  const together = async () => { for (let turn = 0; turn < 3; turn += 1) await processDeliveries(systemContext(org.orgId, 'process-delivery', later(3)), { deliveryIds: shuffled(await deliveryIds(org)) }) }
  await Promise.all([process(), together(), process()])
  const fetches = (await rowsIn<{ id: string }>(org, 'fetches')).map(({ id }) => fromUuid('fet', id))
  expect(fetches).toHaveLength(12)
  const ask = async () => { for (const fetchId of shuffled(fetches)) await fetchLead(systemContext(org.orgId, 'fetch-lead', later(10)), { fetchId }) }
  await Promise.all([ask(), ask(), together(), process(), process()])
  await Promise.all([process(), together()])
  expect(meta.asked).toHaveLength(12)
  expect(new Set(await Promise.all(replies.map(stateOf)))).toEqual(new Set(['processed']))
  // One verdict for each of twelve pushes and twelve answers.
  expect(await countIn(org, 'leads', 'inquiries', 'people', 'deliveries', 'delivery_outcomes')).toEqual({ leads: 12, inquiries: 12, people: 12, deliveries: 24, delivery_outcomes: 24 })
})

it('a deletion that is read while its lead is being written leaves nobody behind', async () => {
  const org = await anOrganisation()
  const source = await aLinkedinSource(org, linkedin)
  const ids = Array.from({ length: 16 }, (_, i) => `r-${i}`)
  for (const id of ids) linkedin.responses.set(id, { id, submittedAt: 1_715_741_000_000, formResponse: { answers: [{ questionId: 1, answerDetails: { textQuestionAnswer: { answer: `${id}@works-${id}.com` } } }] } })
  await Promise.all(ids.flatMap((id) => [source.push(id, 'CREATED'), source.push(id, 'DELETED')]))
  const process = async () => { for (const deliveryId of shuffled(await deliveryIds(org))) await processDelivery(systemContext(org.orgId, 'process-delivery', later(3)), { deliveryId }) }
  const ask = async () => { for (const { id } of await rowsIn<{ id: string }>(org, 'fetches')) await fetchLead(systemContext(org.orgId, 'fetch-lead', later(10)), { fetchId: fromUuid('fet', id) }) }
  const together = async () => { for (let turn = 0; turn < 3; turn += 1) await processDeliveries(systemContext(org.orgId, 'process-delivery', later(3)), { deliveryIds: shuffled(await deliveryIds(org)) }) }
  await Promise.all([process(), ask(), together(), ask()])
  await Promise.all([process(), ask(), process()])
  await process()
  expect(await countIn(org, 'inquiries', 'leads', 'identities', 'lead_people', 'erased_inquiries')).toEqual({ inquiries: 16, leads: 16, identities: 0, lead_people: 0, erased_inquiries: 16 })
  const bodies = await rowsIn<{ body: Buffer }>(org, 'delivery_bodies')
  expect(bodies.filter(({ body }) => body.toString().includes('works-'))).toEqual([])
})
