import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { encrypt, getSignature } from '@wecom/crypto'

export const WECOM = { corpId: 'ww1234567890abcdef', token: 'TestToken20240515', encodingAesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C', contactSecret: 'contact-secret' }
export const wecomKeys = { corp_id: WECOM.corpId, encoding_aes_key: WECOM.encodingAesKey, contact_secret: WECOM.contactSecret }

type Event = { change: string; contact: string; user?: string; state?: string; at?: Date }
const cdata = (name: string, value: string | undefined) => (value === undefined ? '' : `<${name}><![CDATA[${value}]]></${name}>`)

/** A change of an external contact, in the words of WeCom. */
export const contactEvent = ({ change, contact, user = 'lina', state, at = new Date('2024-05-15T01:03:00Z') }: Event): string =>
  `<xml>${cdata('ToUserName', WECOM.corpId)}${cdata('FromUserName', 'sys')}<CreateTime>${String(at.getTime() / 1000)}</CreateTime>${cdata('MsgType', 'event')}${cdata('Event', 'change_external_contact')}${cdata('ChangeType', change)}${cdata('UserID', user)}${cdata('ExternalUserID', contact)}${cdata('State', state)}</xml>`

type Sealing = { token?: string; receiver?: string; timestamp?: string; nonce?: string; key?: string }

/** A callback as WeCom sends it, sealed and signed by the vendor's public package. */
export function wecomCallback(xml: string, { token = WECOM.token, receiver = WECOM.corpId, timestamp = '1715738400', nonce = '372623149', key = WECOM.encodingAesKey }: Sealing = {}) {
  const sealed = encrypt(key, xml, receiver)
  return {
    raw: Buffer.from(`<xml><ToUserName><![CDATA[${WECOM.corpId}]]></ToUserName><Encrypt><![CDATA[${sealed}]]></Encrypt><AgentID><![CDATA[218]]></AgentID></xml>`),
    headers: { 'content-type': 'text/xml' }, query: new URLSearchParams({ msg_signature: getSignature(token, timestamp, nonce, sealed), timestamp, nonce }),
  }
}

/** WeCom's interface, as far as it is asked. `contacts` are what it knows; `refuse` is answered once instead of the next contact. */
export async function wecomServer(contacts: Record<string, object>) {
  const asked: string[] = []
  const refuse: number[] = []
  let tokens = 0
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://wecom')
    asked.push(url.pathname)
    const answer = (body: object) => response.setHeader('content-type', 'application/json').end(JSON.stringify(body))
    if (url.pathname === '/cgi-bin/gettoken') {
      if (url.searchParams.get('corpsecret') !== WECOM.contactSecret) return answer({ errcode: 40001, errmsg: 'invalid credential' })
      tokens += 1
      return answer({ errcode: 0, errmsg: 'ok', access_token: `token-${String(tokens)}`, expires_in: 7200 })
    }
    const refusal = refuse.shift()
    if (refusal !== undefined) return answer({ errcode: refusal, errmsg: 'refused' })
    if (url.searchParams.get('access_token') !== `token-${String(tokens)}`) return answer({ errcode: 40014, errmsg: 'invalid access_token' })
    const contact = contacts[url.searchParams.get('external_userid') ?? '']
    return answer(contact === undefined ? { errcode: 84061, errmsg: 'no relationship' } : { errcode: 0, errmsg: 'ok', ...contact })
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  return { base: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, asked, refuse, close: () => new Promise<void>((done) => server.close(() => done())) }
}
