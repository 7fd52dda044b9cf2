import { encrypt, getSignature } from '@wecom/crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callbackSignature, openEnvelope, openSealed } from '~/domain/capture/connectors/sealed-callback'
import { readXml } from '~/domain/capture/connectors/wecom/read-xml'
import { wecom } from '~/domain/capture/connectors/wecom/wecom'
import { forgetEnv } from '~/platform/env'
import { keysOf, mapBody, pushTo } from '~tests/support/connectors'
import { contactEvent, WECOM, wecomCallback, wecomKeys, wecomServer } from '~tests/support/platforms/wecom'
import { readSharedFile, sharedTest } from '~tests/support/shared-data'

const { corp_id: corpId, ...secretKeys } = wecomKeys
const keys = (secrets: string[] = [WECOM.token], settings: Record<string, string> = {}) => keysOf(secrets, { keys: secretKeys, settings: { corp_id: corpId, ...settings } })
const NOW = new Date('2024-05-15T02:00:00Z')
const verify = (message: { raw: Uint8Array; query: URLSearchParams }, present = keys()) => pushTo(wecom).verify({ headers: {}, ...message }, present, NOW)
const added = contactEvent({ change: 'add_external_contact', contact: 'woAJ2', state: 'expo24' })

describe('WeCom callbacks', () => {
  it.each([
    ['valid', wecomCallback(added), keys(), null],
    ['old and new token', wecomCallback(added), keys(['NewToken', WECOM.token]), null],
    ['wrong token', wecomCallback(added, { token: 'Other' }), keys(), 'signature-wrong'],
    ['another corporation', wecomCallback(added, { receiver: 'ww-other' }), keys(), 'receiver-wrong'],
    ['another AES key', wecomCallback(added, { key: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG' }), keys(), 'not-decrypted'],
    ['no token set', wecomCallback(added), keys([]), 'no-key-configured'],
    ['empty token', wecomCallback(added, { token: '' }), keys(['']), 'signature-wrong'],
    ['no corporation set', wecomCallback(added, { receiver: '' }), keysOf([WECOM.token], { keys: secretKeys }), 'receiver-wrong'],
    ['missing signature', { ...wecomCallback(added), query: new URLSearchParams() }, keys(), 'signature-missing'],
    ['truncated signature', { ...wecomCallback(added), query: new URLSearchParams({ ...Object.fromEntries(wecomCallback(added).query), msg_signature: 'abcd' }) }, keys(), 'signature-wrong'],
    ['not XML', { raw: Buffer.from('{}'), query: new URLSearchParams() }, keys(), 'body-unreadable'],
  ])('%s', (_name, message, present, why) => {
    const verdict = verify(message, present)
    expect(verdict).toEqual(why === null ? { ok: true, dedupeKey: 'sys:1715734980:change_external_contact:add_external_contact:woAJ2:lina' } : { ok: false, why })
  })

  it('are the same by their event, however they are sealed', () => {
    const [first, second] = [wecomCallback(added), wecomCallback(added, { nonce: '1' })]
    expect(first.raw).not.toEqual(second.raw)
    expect(verify(first)).toEqual(verify(second))
  })

  it('answer the bare text of the address check, and success', () => {
    const sealed = encrypt(WECOM.encodingAesKey, '1616140317555161061', WECOM.corpId)
    const query = new URLSearchParams({ msg_signature: getSignature(WECOM.token, '1', '2', sealed), timestamp: '1', nonce: '2', echostr: sealed })
    const shake = (asked: URLSearchParams) => pushTo(wecom).handshake?.({ raw: new Uint8Array(), headers: {}, query: asked }, keys(), NOW)
    expect(shake(query)).toMatchObject({ status: 200, body: '1616140317555161061' })
    query.set('nonce', '3')
    expect(shake(query)).toMatchObject({ status: 403 })
    expect(shake(new URLSearchParams())).toMatchObject({ status: 403 })
    expect(pushTo(wecom).reply({ kind: 'stored', receipt: 'r' }, keys())).toMatchObject({ status: 200, body: 'success' })
    expect(pushTo(wecom).reply({ kind: 'busy', retryAfter: 5 }, keys()).status).toBe(503)
  })

  it('read no document type and replace no entity', () => {
    expect(readXml('<!DOCTYPE xml [<!ENTITY a SYSTEM "file:///etc/passwd">]><xml><Encrypt>&a;</Encrypt></xml>')).toBeNull()
    const laughs = `<!DOCTYPE lolz [<!ENTITY lol "lol">${Array.from({ length: 9 }, (_, i) => `<!ENTITY lol${String(i)} "&lol;&lol;&lol;&lol;&lol;&lol;">`).join('')}]><xml><a>&lol8;</a></xml>`
    expect(readXml(laughs)).toBeNull()
    expect(readXml('<xml><a>&amp;&lt;</a></xml>')?.get('a')).toBe('&amp;&lt;')
    expect(readXml(`<xml>${'<a>'.repeat(60_000)}</xml>`)?.get('a') ?? null).toBeNull()
    expect(readXml('<xml><__proto__><polluted>x</polluted></__proto__></xml>')).toBeNull()
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  it('survive any bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), fc.string(), (bytes, text) => {
      expect(verify({ raw: bytes, query: new URLSearchParams({ msg_signature: text, timestamp: text, nonce: text }) }).ok).toBe(false)
      openEnvelope(WECOM.encodingAesKey, text)
      openSealed(WECOM.encodingAesKey, Buffer.from(bytes).toString('base64'))
      mapBody(wecom, bytes, keys())
      mapBody(wecom, bytes, keys(), 'fetch')
    }))
  })

  sharedTest('open as the vendor’s vectors say', 'fixtures/webhooks/wecom/vectors.json', (path) => {
    type Vector = { token: string; encodingAESKey: string; receiveId: string; query: Record<string, string>; bodyXml?: string; expect: { plaintext: string }; plaintext?: string; ciphertext?: string; inputs?: string[]; sha1?: string }
    const [shake, post, aes, sha] = (JSON.parse(readSharedFile(path)) as { vectors: Vector[] }).vectors
    if (!shake || !post || !aes || !sha) throw new Error('vectors are missing')
    const present = keysOf([shake.token], { keys: { encoding_aes_key: shake.encodingAESKey }, settings: { corp_id: shake.receiveId } })
    expect(pushTo(wecom).handshake?.({ raw: new Uint8Array(), headers: {}, query: new URLSearchParams(shake.query) }, present, NOW)).toMatchObject({ status: 200, body: shake.expect.plaintext })
    const message = { raw: Buffer.from(post.bodyXml ?? ''), headers: {}, query: new URLSearchParams(post.query) }
    expect(verify(message, present)).toEqual({ ok: true, dedupeKey: '4561255354251345929' })
    expect(mapBody(wecom, message.raw, present)).toEqual({ leads: [], ignored: 'event-ignored' })
    expect(openEnvelope(aes.encodingAESKey, aes.ciphertext ?? '')).toEqual({ message: aes.plaintext, receiver: aes.receiveId })
    expect(callbackSignature('', sha.inputs ?? [])).toBe(sha.sha1)
  })

  sharedTest('are understood as recorded', 'fixtures/webhooks/wecom/add_external_contact.plain.xml', (path) => {
    const event = mapBody(wecom, wecomCallback(readSharedFile(path)).raw, keys())
    expect(event).toMatchObject({
      leads: [], fetches: [{ externalId: 'woAJ2GCAAAXtWyujaWJHDDGi0mACH71w:zhangsan:1403610513', order: { external_userid: 'woAJ2GCAAAXtWyujaWJHDDGi0mACH71w', userid: 'zhangsan' } }],
      touches: [{ kind: 'wechat', isFirstResponse: true, who: { wechat: 'woAJ2GCAAAXtWyujaWJHDDGi0mACH71w', code: 'teststate' }, at: new Date('2014-06-24T11:48:33Z') }],
    })
    expect(mapBody(wecom, wecomCallback(readSharedFile(path.replace('add_', 'del_'))).raw, keys())).toEqual({ leads: [], ignored: 'event-ignored' })
  })
})

describe('WeCom contacts', () => {
  const contact = {
    errcode: 0, external_contact: { external_userid: 'woAJ2', name: '小王', type: 1, position: '采购经理', corp_name: '杭州线索' },
    follow_user: [
      { userid: 'zhou', createtime: 1715740000, state: 'later', remark: '王芳', remark_mobiles: ['13900139000'] },
      { userid: 'lina', createtime: 1715734980, state: 'expo24', add_way: 1, remark: '王芳-杭州', remark_corp_name: '杭州线索科技有限公司', remark_mobiles: ['13800138000'], description: '要报价' },
    ],
  }

  it('come by their first colleague; the phone is what was noted', () => {
    expect(mapBody(wecom, contact, keys([WECOM.token], { state_campaigns: 'live=五月直播；expo24 = 2024 展会' }), 'fetch')).toMatchObject({
      touchKind: 'wechat', leads: [{
        externalId: 'woAJ2', fullName: '小王', title: '采购经理', company: '杭州线索', wechat: 'woAJ2', phones: ['13800138000', '13900139000'], at: new Date('2024-05-15T01:03:00Z'), isRequest: true,
        external: { external_userid: 'woAJ2', userid: 'lina', state: 'expo24', add_way: '1' }, campaign: '2024 展会', answers: [{ question: 'remark', answer: '王芳-杭州' }, { question: 'description', answer: '要报价' }],
      }],
    })
    expect(mapBody(wecom, { errcode: 0 }, keys(), 'fetch')).toEqual({ issues: [{ path: 'external_contact.external_userid', code: 'required' }] })
  })

  it('are fetched again when edited, for the phone is written later; a half contact is no answer', () => {
    const map = (change: string) => mapBody(wecom, wecomCallback(contactEvent({ change, contact: 'woAJ2' })).raw, keys())
    expect(map('edit_external_contact')).toEqual({ leads: [], fetches: [{ externalId: 'woAJ2:lina:1715734980', order: { external_userid: 'woAJ2', userid: 'lina' } }] })
    expect(map('add_half_external_contact')).toMatchObject({ touches: [{ isFirstResponse: false }] })
    expect(map('del_follow_user')).toMatchObject({ leads: [], touches: [{ answers: [{ question: 'event', answer: 'removed' }] }] })
  })
})

describe('asking WeCom', () => {
  let server: Awaited<ReturnType<typeof wecomServer>>
  const order = (contact: string) => ({ externalId: contact, order: { external_userid: contact, userid: 'lina' } })
  const ask = (contact: string, more: Record<string, string> = {}, secret = WECOM.contactSecret, now = NOW) =>
    wecom.fetch?.(order(contact), keysOf([WECOM.token], { keys: { contact_secret: secret }, settings: { corp_id: corpId, api_base: server.base, ...more } }), now)

  beforeAll(async () => {
    process.env['CLEW_EGRESS_ALLOW'] = '127.0.0.1'
    forgetEnv()
    server = await wecomServer({ woAJ2: { external_contact: { external_userid: 'woAJ2', name: 'W' } } })
  })
  afterAll(async () => {
    await server.close()
    delete process.env['CLEW_EGRESS_ALLOW']
    forgetEnv()
  })

  it('remembers its token, renews one that ended, and names what is refused', async () => {
    expect(await ask('woAJ2')).toMatchObject({ ok: true, contentType: 'application/json' })
    expect(await ask('woAJ2')).toMatchObject({ ok: true })
    expect(server.asked).toEqual(['/cgi-bin/gettoken', '/cgi-bin/externalcontact/get', '/cgi-bin/externalcontact/get'])
    server.refuse.push(42001)
    expect(await ask('woAJ2')).toMatchObject({ ok: true })
    expect(server.asked.filter((path) => path === '/cgi-bin/gettoken')).toHaveLength(2)
    expect(await ask('nobody')).toEqual({ ok: false, problem: 'gone', detail: 'errcode 84061' })
    server.refuse.push(45009, 60020)
    expect(await ask('woAJ2')).toMatchObject({ problem: 'rate-limited' })
    expect(await ask('woAJ2')).toMatchObject({ problem: 'not-permitted' })
    expect(await ask('woAJ2', {}, 'wrong')).toMatchObject({ ok: false, problem: 'not-permitted' })
    expect(await ask('woAJ2', {}, '')).toMatchObject({ ok: false, problem: 'not-permitted', detail: 'no-key-configured' })
    expect(await ask('woAJ2', { api_base: 'http://10.0.0.1' })).toEqual({ ok: false, problem: 'unreachable', detail: 'refused-address' })
    await ask('woAJ2', {}, WECOM.contactSecret, new Date(NOW.getTime() + 7_000_000))
    expect(server.asked.filter((path) => path === '/cgi-bin/gettoken')).toHaveLength(4)
  })
})
