import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { connectors } from '~/domain/capture/connectors/registry'
import { keysOf } from '~tests/support/connectors'
import { contactEvent, WECOM, wecomCallback, wecomKeys } from '~tests/support/platforms/wecom'
import { attendance, registration, ZOOM_SECRET, zoomMessage } from '~tests/support/platforms/zoom'

const NOW = new Date('2024-05-15T04:00:00Z')
const RUNS = Number(process.env['CLEW_MUTATIONS'] ?? 400)
const seed = Number(process.env['SEED'] ?? 20_240_515)
const { corp_id: corpId, ...aes } = wecomKeys
const body = (value: object) => Buffer.from(JSON.stringify(value))
const segmentBody = { writeKey: 'write-key-0123456789', batch: [{ type: 'page', messageId: 'm', anonymousId: 'a', context: { page: { url: 'https://a.cn/?gclid=1' } } }, { type: 'track', event: 'Lead', messageId: 'n', userId: 'u', properties: { email: 'a@b.co' } }] }
const meeting = { event: 'meeting.participant-joined', unique_sequence: 's', payload: [{ operate_time: 1715738400000, operator: { uuid: 'U' }, meeting_info: { meeting_id: '1' } }] }

const cases = {
  wecom: { keys: keysOf([WECOM.token], { keys: aes, settings: { corp_id: corpId } }), samples: [wecomCallback(contactEvent({ change: 'add_external_contact', contact: 'wo1', state: 's' })).raw, body({ errcode: 0, external_contact: { external_userid: 'wo1', name: 'x' }, follow_user: [{ userid: 'u', createtime: 1, remark_mobiles: ['13800138000'] }] })] },
  zoom: { keys: keysOf([ZOOM_SECRET]), samples: [zoomMessage(registration({ id: 'R1', email: 'a@b.co', questions: [{ title: 'Contact me', value: 'yes' }] }), NOW).raw, zoomMessage(attendance({ step: 'left', at: '2024-05-15T02:00:00Z', registrant: 'R1' }), NOW).raw] },
  'tencent-meeting': { keys: keysOf(['Token123'], { keys: { encoding_aes_key: WECOM.encodingAesKey } }), samples: [body({ data: body(meeting).toString('base64') })] },
  segment: { keys: keysOf(['write-key-0123456789']), samples: [body(segmentBody), body({ api_key: 'write-key-0123456789', event: '$identify', distinct_id: 'd', $set: { email: 'a@b.co' } })] },
} as const

// What breaks parsers elsewhere: halves of characters, NUL, deep nesting, prototypes, numbers beyond, other encodings.
const splinters = fc.constantFrom('\u0000', '\\ud800', '"__proto__":{"x":1},', '[[[[', '{"a":', '1e999', '-0', 'null', 'true', '99999999999999999999', ']]>', '<![CDATA[', '&#0;', '\u202e', '"', '}', '0000-00-00', '9999-12-31T00:00:00Z', ''.padEnd(2_000, '['))

describe(`mutated messages (SEED=${String(seed)})`, () => {
  it.each(Object.entries(cases))('of %s are refused or read, never an exception', (name, { keys, samples }) => {
    const { map, push } = connectors[name as keyof typeof cases]
    let read = 0
    fc.assert(fc.property(fc.constantFrom(...samples), fc.array(fc.tuple(fc.nat(), fc.nat(40), splinters), { maxLength: 4 }), fc.constantFrom('push', 'fetch', 'pull'), (sample, cuts, way) => {
      let text = Buffer.from(sample).toString('latin1')
      for (const [at, gone, put] of cuts) text = text.slice(0, at % text.length) + put + text.slice((at % text.length) + gone)
      const raw = Buffer.from(text, 'latin1')
      const mapped = map({ raw, headers: {}, way }, keys)
      if ('leads' in mapped && mapped.leads.length + (mapped.touches?.length ?? 0) > 0) read += 1
      const verdict = push?.verify({ raw, headers: { authorization: `Basic ${text.slice(0, 40)}` }, query: new URLSearchParams({ msg_signature: 'a', timestamp: 'b', nonce: 'c' }) }, keys, NOW)
      expect(typeof verdict?.ok).toBe('boolean')
    }), { numRuns: RUNS, seed })
    expect(read).toBeGreaterThan(RUNS / 50)
  })
})
