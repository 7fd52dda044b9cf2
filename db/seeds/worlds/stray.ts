import type { DeliveryVerdict } from '~/domain/capture/vocabulary'
import { store } from './deliver'
import type { Told } from './tell'

const HOUR = 3_600_000
type Stray = { back: number; verdict: Extract<DeliveryVerdict, 'unreadable' | 'rejected' | 'test'>; body: string | null; status: number; issues: { path: string; code: string }[] | null }

/** What came to the website's address and was no lead: a test, a body that could not be read, and somebody with the wrong key. */
const strays: readonly Stray[] = [
  { back: 620, verdict: 'test', body: '{"type":"lead.created","data":{"external_id":"test-1","full_name":"Test","test":true}}', status: 200, issues: null },
  { back: 75, verdict: 'unreadable', body: '{"type":"lead.created","data":{"full_name":"', status: 200, issues: [{ path: '', code: 'not-json' }] },
  { back: 50, verdict: 'rejected', body: null, status: 401, issues: [{ path: '', code: 'signature-wrong' }] },
  { back: 26, verdict: 'unreadable', body: '{"type":"lead.created","data":{}}', status: 200, issues: [{ path: 'data', code: 'nobody-named' }] },
]

export function stray(told: Told): void {
  const { chance: luck, house, rows } = told
  const channel = house.channels.find(({ story }) => story.kind === 'direct')
  if (channel === undefined) return
  strays.forEach(({ back, verdict, body, status, issues }, at) => {
    const when = new Date(house.end.getTime() - back * HOUR)
    const id = store(told, channel, { body: body === null ? null : Buffer.from(body), at: when, dedupeKey: `stray-${at}`, replyStatus: status })
    rows.deliveryOutcomes.push({ orgId: house.orgId, id: luck.id('dlo', when), deliveryId: id, verdict, issues, at: when })
  })
}
