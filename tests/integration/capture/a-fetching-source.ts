import { createHmac } from 'node:crypto'
import { sign } from '@octokit/webhooks-methods'
import { createSource, fetchLead, processDelivery, receiveDelivery, receiptState, type NewSource, type Reply } from '~/domain/capture'
import { systemContext, type Events } from '~/domain/kernel'
import { NOON, type TestOrganisation } from '~tests/support/organisations'
import type { FakeLinkedin } from '~tests/support/platforms/linkedin'
import type { FakeMeta, MetaLead } from '~tests/support/platforms/meta'
import { rowsIn } from './a-source'

type Owner = Pick<TestOrganisation, 'orgId' | 'system'>
const APP_SECRET = 'app-secret-0123456789'
const CLIENT_SECRET = 'client-secret-0123456789'

/** Minutes after noon. */
export const later = (minutes: number): Date => new Date(NOON.getTime() + minutes * 60_000)

/** A Meta page whose app pushes what it names, signed by somebody else's library. */
export async function aMetaSource(owner: Owner, platform: Pick<FakeMeta, 'base' | 'token'>, more: { token?: string; name?: string; channel?: string } = {}) {
  const source = await createSource(owner.system, {
    connector: 'meta', name: more.name ?? 'Meta page', channel: more.channel ?? 'Meta', secret: APP_SECRET, keys: { access_token: more.token ?? platform.token, api_base: platform.base },
  })
  const push = async (leadIds: readonly string[], now = NOON, time = 1): Promise<Reply> => {
    const changes = leadIds.map((id) => ({ field: 'leadgen', value: { leadgen_id: id, page_id: '138124712925158', form_id: '172036835026334', created_time: 1_715_741_000 } }))
    const body = JSON.stringify({ object: 'page', entry: [{ id: '138124712925158', time, changes }] })
    return receive(source, 'meta', body, { 'x-hub-signature-256': await sign(APP_SECRET, body) }, now)
  }
  return { ...source, push }
}

/** A LinkedIn account that notifies of responses made and deleted. */
export async function aLinkedinSource(owner: Owner, platform: Pick<FakeLinkedin, 'base' | 'token'>) {
  const source = await createSource(owner.system, { connector: 'linkedin', name: 'LinkedIn', channel: 'LinkedIn', secret: CLIENT_SECRET, keys: { access_token: platform.token, api_base: platform.base } })
  const push = (id: string, leadAction: 'CREATED' | 'DELETED', now = NOON): Promise<Reply> => {
    const body = JSON.stringify({ type: 'LEAD_ACTION', leadGenFormResponse: `urn:li:leadGenFormResponse:${id}`, leadGenForm: 'urn:li:versionedLeadGenForm:(urn:li:leadGenForm:3162,1)', leadType: 'SPONSORED', leadAction, occurredAt: 1_715_741_000_000 })
    return receive(source, 'linkedin', body, { 'x-li-signature': createHmac('sha256', CLIENT_SECRET).update(`hmacsha256=${body}`).digest('hex') }, now)
  }
  return { ...source, push }
}

function receive(source: NewSource, connector: string, body: string, headers: Record<string, string>, now: Date): Promise<Reply> {
  return receiveDelivery({ connector, sourceKey: source.sourceKey, raw: Buffer.from(body), query: new URLSearchParams(), requestId: 'test', now, headers: { 'content-type': 'application/json', ...headers } })
}

export const aMetaLead = (id: string, more: Partial<MetaLead> = {}): MetaLead => ({
  id, created_time: '2024-05-15T02:43:20+0000', form_id: '172036835026334', campaign_id: '23851234567890123', campaign_name: 'Robots', adset_id: '23851234567890124', ad_id: '23851234567890125', platform: 'fb', is_organic: false,
  field_data: [{ name: 'full_name', values: [`Person ${id}`] }, { name: 'email', values: [`p${id}@acme-${id}.de`] }, { name: 'company_name', values: [`Works ${id}`] }, { name: 'budget?', values: ['10k'] }], ...more,
})

/** Does what the worker would until nothing is left: reads deliveries, asks for leads. Answers how many events there were. */
export function aWorker(owner: Owner): (now?: Date) => Promise<number> {
  const heard = new Set<string>()
  return async (now = NOON) => {
    const before = heard.size
    for (;;) {
      const rows = await rowsIn<{ id: string; seq: string; name: string; payload: unknown }>(owner, 'outbox')
      const fresh = rows.filter(({ id }) => !heard.has(id)).sort((a, b) => Number(a.seq) - Number(b.seq))
      if (fresh.length === 0) return heard.size - before
      for (const { id, name, payload } of fresh) {
        heard.add(id)
        if (name === 'delivery.received') await processDelivery(systemContext(owner.orgId, 'process-delivery', now), payload as Events['delivery.received'])
        if (name === 'fetch.ordered') await fetchLead(systemContext(owner.orgId, 'fetch-lead', now), payload as Events['fetch.ordered'])
      }
    }
  }
}

export const stateOf = async (reply: Reply): Promise<string> => (await receiptState(reply.headers['Clew-Receipt'] ?? '')).state
