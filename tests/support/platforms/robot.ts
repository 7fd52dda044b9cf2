import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { RobotKind } from '~/domain/notifications/vocabulary'

export type Said = { path: string; query: URLSearchParams; body: Record<string, unknown> }
type Answer = { status?: number; body: object | string } | 'hang'
export type FakeRobot = { address: string; said: Said[]; refuse: (answer: Answer | null) => void; close: () => Promise<void> }

const fine: Record<RobotKind, object | string> = { wecom: { errcode: 0, errmsg: 'ok' }, dingtalk: { errcode: 0, errmsg: 'ok' }, feishu: { StatusCode: 0, StatusMessage: 'success', code: 0, msg: 'success' }, slack: 'ok' }
const base64 = (key: string, text: string) => createHmac('sha256', Buffer.from(key, 'utf8')).update(Buffer.from(text, 'utf8')).digest('base64')

/** A platform on this machine that takes what one robot says, and refuses what is not signed as its documents say. */
export async function fakeRobot(kind: RobotKind, secret: string | null = null): Promise<FakeRobot> {
  const said: Said[] = []
  let refusal: Answer | null = null
  const judge = ({ query, body }: Said): Answer => {
    if (refusal !== null) return refusal
    if (secret !== null && kind === 'dingtalk' && query.get('sign') !== base64(secret, `${query.get('timestamp') ?? ''}\n${secret}`)) return { body: { errcode: 310_000, errmsg: 'sign not match' } }
    if (secret !== null && kind === 'feishu' && body['sign'] !== base64(`${String(body['timestamp'])}\n${secret}`, '')) return { body: { code: 19_021, msg: 'sign match fail or timestamp is not within one hour from current time' } }
    return { body: fine[kind] }
  }
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://fake')
      const each = { path: url.pathname, query: url.searchParams, body: JSON.parse(Buffer.concat(parts).toString('utf8')) as Record<string, unknown> }
      said.push(each)
      const answer = judge(each)
      if (answer === 'hang') return
      response.writeHead(answer.status ?? 200, { 'content-type': 'application/json' })
      response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body))
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    address: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/robot/send?access_token=abcd1234`, said,
    refuse: (answer) => { refusal = answer },
    close: () => new Promise<void>((closed) => { server.closeAllConnections(); server.close(() => closed()) }),
  }
}
