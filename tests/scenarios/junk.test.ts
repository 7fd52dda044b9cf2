import { expect, it } from 'vitest'
import { filterBehind, funnelByStage } from '~/domain/analytics'
import { processDelivery } from '~/domain/capture'
import { systemContext, type Context } from '~/domain/kernel'
import { countLeads, giveVerdict, listLeads, logContact, moveStage, setChecklist } from '~/domain/leads'
import type { Id } from '~/lib/ids'
import { aStandardSource, countIn, deliveryIds, processAll } from '~tests/integration/capture/a-source'
import { anOrganisation, NOON, type TestOrganisation } from '~tests/support/organisations'

type Body = { data: Record<string, string | boolean> }
const may = { from: '2024-05-01', to: '2024-05-31', by: 'channel' as const, view: 'cohort' as const }

const lead = (stem: string, n: number, more: Record<string, string | boolean> = {}): Body => ({
  data: { external_id: `${stem}-${String(n)}`, full_name: `${stem} ${String(n)}`, mobile: `139${String(stem.length)}${String(1_000_000 + n)}`, ...more },
})

/** Sends the messages of a platform, in their order. */
async function push(org: TestOrganisation, channel: string, messages: readonly [id: string, body: Body][]): Promise<void> {
  const source = await aStandardSource(org, { name: channel, channel })
  for (const [id, body] of messages) expect((await source.post(body, { id })).status).toBe(200)
}

async function leadsOf(ctx: Context, channel: string): Promise<Id<'lead'>[]> {
  const ids: Id<'lead'>[] = []
  let cursor: string | undefined
  do {
    const page = await listLeads(ctx, { from: may.from, to: may.to, channel: channel as never, limit: 200, ...(cursor === undefined ? {} : { cursor }) })
    ids.push(...page.rows.map(({ id }) => id))
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  return ids
}

async function win(rep: Context, leadId: Id<'lead'>): Promise<void> {
  await logContact(rep, { leadId, kind: 'call', outcome: 'connected' })
  await setChecklist(rep, { leadId, need: 'yes', timing: 'yes' })
  await moveStage(rep, { leadId, to: 'qualified' })
  await moveStage(rep, { leadId, to: 'won', amount: 10_000_00n, currency: 'CNY', day: '2024-05-15' })
}

// product.md, "Junk", without its money.
it('300 messages of one platform and 100 of another become the numbers of the story, and 156 opens 156', async () => {
  const org = await anOrganisation()
  const manager = await org.as('manager')
  const oceanLeads = Array.from({ length: 260 }, (_, n): [string, Body] => [`o-${String(n)}`, lead('巨量', n)])
  const repeats = Array.from({ length: 20 }, (_, n): [string, Body] => [`r-${String(n)}`, { data: { ...lead('巨量', n).data, external_id: `again-${String(n)}` } }])
  const previews = Array.from({ length: 8 }, (_, n): [string, Body] => [`p-${String(n)}`, lead('巨量', 900 + n, { is_test: true })])
  const ocean = [...oceanLeads, ...repeats, ...previews, ...oceanLeads.slice(100, 112)]
  expect(ocean).toHaveLength(300)
  await push(org, '巨量', ocean)
  const verdicts = (await processAll(org)).map(({ verdict }) => verdict)
  expect(['processed', 'test', 'duplicate'].map((verdict) => verdicts.filter((each) => each === verdict).length)).toEqual([280, 8, 12])
  expect(await countIn(org, 'deliveries', 'inquiries', 'leads')).toEqual({ deliveries: 300, inquiries: 280, leads: 260 })
  await push(org, '百度', Array.from({ length: 100 }, (_, n): [string, Body] => [`b-${String(n)}`, lead('百度推广', n)]))
  const read = systemContext(org.orgId, 'process-delivery', NOON)
  for (const deliveryId of (await deliveryIds(org)).slice(300)) await processDelivery(read, { deliveryId })

  const before = await funnelByStage(manager, may)
  const [oceanId, baiduId] = ['巨量', '百度'].map((label) => before.rows.find((row) => row.label === label)?.key ?? '') as [string, string]
  const [ofOcean, ofBaidu] = [await leadsOf(manager, oceanId), await leadsOf(manager, baiduId)]
  expect([ofOcean.length, ofBaidu.length]).toEqual([260, 100])
  for (const leadId of [...ofOcean.slice(0, 104), ...ofBaidu.slice(0, 10)]) await giveVerdict(manager, { leadId, verdict: 'junk', reason: 'spam' })
  const rep = { ...manager, now: new Date(NOON.getTime() + 3_600_000) }
  for (const leadId of [...ofOcean.slice(-4), ...ofBaidu.slice(-9)]) await win(rep, leadId)

  const { rows, totals } = await funnelByStage(rep, may)
  expect(rows.find(({ key }) => key === oceanId)).toMatchObject({ inquiries: 280, leads: 260, junk: 104, valid_leads: 156, won: 4, rates: { valid: 0.6 } })
  expect(rows.find(({ key }) => key === baiduId)).toMatchObject({ inquiries: 100, leads: 100, junk: 10, valid_leads: 90, won: 9, rates: { valid: 0.9 } })
  expect(totals).toMatchObject({ inquiries: 380, leads: 360, junk: 114, valid_leads: 246, won: 13 })
  const behind = { ...filterBehind(may, 'valid_leads'), channel: oceanId } as never
  expect(await countLeads(rep, behind)).toBe(156)
  expect((await listLeads(rep, { ...(behind as object), limit: 200 })).rows).toHaveLength(156)
})
