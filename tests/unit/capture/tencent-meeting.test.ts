import { createCipheriv, createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tencentMeeting } from '~/domain/capture/connectors/tencent-meeting/tencent-meeting'
import { keysOf, mapBody, pushTo } from '~tests/support/connectors'

const NOW = new Date('2024-05-15T04:00:00Z')
const TOKEN = 'OYTbtcPQ2JqJ6zTJCp8LBm6Gd'
const AES = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C'
const base64 = (event: object) => Buffer.from(JSON.stringify(event)).toString('base64')
// As the vendor documents it: AES-256-CBC, the vector is the key's first half, PKCS#7.
const sealed = (text: string) => { const key = Buffer.from(`${AES}=`, 'base64'); const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)); return cipher.update(text, 'utf8', 'base64') + cipher.final('base64') }
const signed = (data: string, token = TOKEN) => ({ timestamp: '1715738400', nonce: '123', signature: createHash('sha1').update([token, '1715738400', '123', data].sort().join('')).digest('hex') })
const push = (data: string, token = TOKEN) => ({ raw: Buffer.from(JSON.stringify({ data })), headers: signed(data, token), query: new URLSearchParams() })
const verify = (message: ReturnType<typeof push>, secrets = [TOKEN], keys = {}) => pushTo(tencentMeeting).verify(message, keysOf(secrets, { keys }), NOW)

const joined = (step = 'joined', at = 1715738400000) => ({
  event: `meeting.participant-${step}`, unique_sequence: `seq-${step}`,
  payload: [{ operate_time: at, operator: { userid: 'u', uuid: 'U1', user_name: '王芳', ms_open_id: 'm1' }, meeting_info: { meeting_id: '13339451618278424869', subject: '产品直播' } }],
})
const enrolled = {
  event: 'enroll.submit', trace_id: 'trace-1',
  payload: [{
    operate_time: 1715738300000, operator: { uuid: 'U1', user_name: '王芳' },
    enroll_info: { meeting_id: '13339451618278424869', enroll_id: 13339451618, answer_list: [{ question_title: '手机号', answer_content: ['13800138000'] }, { question_title: '公司名称', answer_content: ['线索科技'] }, { question_title: '邮箱', answer_content: 'fang@acme.cn' }] },
  }],
}

describe('Tencent Meeting', () => {
  it.each([
    ['valid', push(base64(joined())), [TOKEN], { ok: true, dedupeKey: 'seq-joined' }],
    ['old and new token', push(base64(joined())), ['New', TOKEN], { ok: true, dedupeKey: 'seq-joined' }],
    ['trace id', push(base64(enrolled)), [TOKEN], { ok: true, dedupeKey: 'trace-1' }],
    ['wrong token', push(base64(joined()), 'Other'), [TOKEN], { ok: false, why: 'signature-wrong' }],
    ['no token', push(base64(joined())), [], { ok: false, why: 'no-key-configured' }],
    ['missing', { ...push(base64(joined())), headers: { timestamp: '', nonce: '', signature: '' } }, [TOKEN], { ok: false, why: 'signature-missing' }],
    ['another body', { ...push(base64(joined())), raw: Buffer.from(JSON.stringify({ data: base64(joined('left')) })) }, [TOKEN], { ok: false, why: 'signature-wrong' }],
    ['no data', { ...push(''), raw: Buffer.from('{}') }, [TOKEN], { ok: false, why: 'body-unreadable' }],
    ['sealed, without the key', push(sealed(JSON.stringify(joined()))), [TOKEN], { ok: false, why: 'not-decrypted' }],
  ])('%s', (_name, message, secrets, wanted) => expect(verify(message, secrets)).toEqual(wanted))

  it('opens what is sealed and answers in its words', () => {
    expect(verify(push(sealed(JSON.stringify(joined()))), [TOKEN], { encoding_aes_key: AES })).toEqual({ ok: true, dedupeKey: 'seq-joined' })
    expect(pushTo(tencentMeeting).reply({ kind: 'duplicate', receipt: 'r' }, keysOf())).toMatchObject({ status: 200, body: 'successfully received callback' })
    const shake = (check: string, token = TOKEN, keys = {}) => pushTo(tencentMeeting).handshake?.({ raw: new Uint8Array(), headers: signed(check, token), query: new URLSearchParams({ check_str: check }) }, keysOf([TOKEN], { keys }), NOW)
    expect(shake(Buffer.from('hello?>').toString('base64'))).toMatchObject({ status: 200, body: 'hello?>' })
    expect(shake(sealed('hello'), TOKEN, { encoding_aes_key: AES })).toMatchObject({ status: 200, body: 'hello' })
    expect(shake('aGVsbG8=', 'Other')).toMatchObject({ status: 403 })
  })

  it('reads registrations as inquiries and steps as touches of the same visitor', () => {
    const map = (event: object) => mapBody(tencentMeeting, { data: base64(event) })
    expect(map(enrolled)).toMatchObject({
      touchKind: 'webinar', leads: [{ externalId: '13339451618278424869:13339451618', fullName: '王芳', phones: ['13800138000'], emails: ['fang@acme.cn'], company: '线索科技', isRequest: false, external: { visitor_id: 'tencent-meeting U1' } }],
    })
    expect(map(joined())).toMatchObject({ leads: [], touches: [{ kind: 'webinar', at: NOWISH, who: { visitor: 'tencent-meeting U1' }, answers: [{ answer: 'joined' }, { answer: '产品直播' }] }] })
    expect(map({ event: 'enroll.cancel', payload: [] })).toEqual({ leads: [], ignored: 'event-ignored' })
    expect(map({ event: 'enroll.submit', payload: [{}] })).toMatchObject({ issues: [{ code: 'required' }] })
  })

  it('survives anything', () => {
    fc.assert(fc.property(fc.jsonValue(), fc.string(), (payload, data) => {
      mapBody(tencentMeeting, { data: base64({ event: 'enroll.x', payload }) })
      mapBody(tencentMeeting, { data: base64({ event: 'meeting.participant-left', payload }) })
      mapBody(tencentMeeting, { data })
    }))
  })
})
const NOWISH = new Date(1715738400000)
