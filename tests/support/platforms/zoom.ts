import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export const ZOOM_SECRET = 'zoom-secret-token-1'

/** A message as Zoom signs it: written out here, apart from what it checks. */
export function zoomMessage(body: object | string, now: Date, secret = ZOOM_SECRET) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const timestamp = String(Math.floor(now.getTime() / 1000))
  const signature = `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${text}`).digest('hex')}`
  return { raw: Buffer.from(text), query: new URLSearchParams(), headers: { 'content-type': 'application/json', 'x-zm-request-timestamp': timestamp, 'x-zm-signature': signature } as Record<string, string> }
}

type Registrant = { id: string; email: string; questions?: { title: string; value: string }[]; first?: string; more?: object }

export const registration = ({ id, email, questions = [], first = 'Ana', more = {} }: Registrant, webinar: number | string = 94000000001) => ({
  event: 'webinar.registration_created', event_ts: 1715738400000,
  payload: { account_id: 'A', object: { uuid: 'uuid==', id: webinar, topic: 'Product webinar', type: 5, registrant: { id, first_name: first, last_name: 'Example', email, custom_questions: questions, ...more } } },
})

type Step = { step: 'joined' | 'left'; at: string; registrant?: string; email?: string; user?: string }

export const attendance = ({ step, at, registrant, email = '', user = '16778240' }: Step, webinar: number | string = '94000000001') => ({
  event: `webinar.participant_${step}`, event_ts: Date.parse(at),
  payload: {
    account_id: 'A',
    object: {
      uuid: 'uuid==', id: webinar, topic: 'Product webinar', type: 5,
      participant: { user_id: user, user_name: 'Ana', id: '', email, participant_uuid: `P-${user}`, ...(registrant === undefined ? {} : { registrant_id: registrant }), [step === 'joined' ? 'join_time' : 'leave_time']: at },
    },
  },
})

/** Zoom's interface: two webinars, each with pages of registrants. */
export async function zoomServer(webinars: Record<string, object[][]>) {
  const asked: string[] = []
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://zoom')
    asked.push(`${request.method ?? ''} ${url.pathname}`)
    const answer = (status: number, body: object) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    if (url.pathname === '/oauth/token') {
      const right = request.headers.authorization === `Basic ${Buffer.from('client:client-secret').toString('base64')}` && url.searchParams.get('account_id') === 'account'
      return right ? answer(200, { access_token: 'bearer-1', expires_in: 3600 }) : answer(401, { reason: 'Invalid client' })
    }
    if (request.headers.authorization !== 'Bearer bearer-1') return answer(401, { code: 124 })
    if (url.pathname === '/users/me/webinars') return answer(200, { webinars: Object.keys(webinars).map((id) => ({ id: Number(id), uuid: `u${id}`, topic: `Topic ${id}` })) })
    const pages = webinars[/^\/webinars\/(\d+)\/registrants$/.exec(url.pathname)?.[1] ?? '']
    if (pages === undefined) return answer(404, { code: 3001 })
    const page = Number(url.searchParams.get('next_page_token') ?? '0')
    return answer(200, { registrants: pages[page] ?? [], next_page_token: page + 1 < pages.length ? String(page + 1) : '' })
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  return { base: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, asked, close: () => new Promise<void>((done) => server.close(() => done())) }
}
