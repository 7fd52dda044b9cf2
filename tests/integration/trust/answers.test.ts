import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { nextPath } from '~/http'
import { newId } from '~/lib/ids'
import { keptMails, settleMail } from '~/platform/mail'
import { useCommittedRows } from '~tests/support/committed-rows'
import { ask, HERE, sentTo } from './site'
import { aSession, aTrustWorld, type World } from './world'

useCommittedRows()
process.env['CLEW_DATA_DIR'] = mkdtempSync(join(tmpdir(), 'clew-trust-'))

let a: World
let cookie: string
beforeAll(async () => {
  a = await aTrustWorld(`cnry_D_${newId('org').slice(-8)}`)
  cookie = (await aSession(a.people.admin.userId)).cookie
})

const policyOf = (answer: Response) => answer.headers.get('content-security-policy') ?? ''
const nonceOf = (answer: Response) => /'nonce-([^']+)'/.exec(policyOf(answer))?.[1] ?? ''

describe('T44: every page, good or bad, under one policy', () => {
  const pages: [string, number, boolean][] = [
    ['/sign-in', 200, false], ['/forgot', 200, false], ['/queue', 200, true], ['/leads', 200, true], ['/settings/members', 200, true], ['/funnel', 200, true],
    ['/nowhere-at-all', 404, true], ['/leads/lead_00000000000000000000000000', 404, true], ['/leads?stage=none-such', 422, true],
  ]
  it.each(pages)('%s answers %i with a nonce in the policy and on every script', async (path, status, signedIn) => {
    const answer = await ask(path, { headers: signedIn ? { cookie } : {} })
    const html = await answer.text()
    expect(answer.status).toBe(status)
    const csp = policyOf(answer)
    for (const part of ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'", "default-src 'self'"]) expect(csp).toContain(part)
    const scripts = /script-src ([^;]*)/.exec(csp)?.[1] ?? ''
    expect(scripts).not.toMatch(/unsafe|https?:|\*|data:/)
    const nonce = nonceOf(answer)
    expect(nonce.length).toBeGreaterThanOrEqual(22)
    const tags = html.match(/<script\b[^>]*>/g) ?? []
    expect(tags.length).toBeGreaterThan(0)
    for (const tag of tags) expect(tag).toContain(`nonce="${nonce}"`)
    expect(html).not.toMatch(/\son\w+="/)
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('x-frame-options')).toBe('DENY')
    expect(answer.headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin')
    expect(answer.headers.get('cache-control')).toContain('no-store')
  })

  it('1,000 answers, 1,000 nonces, none from what the caller says', async () => {
    const nonces = new Set<string>()
    for (let i = 0; i < 1_000; i += 1) {
      const answer = await ask('/preferences?nonce=mine', { headers: { 'x-nonce': 'mine', 'x-request-id': 'same-request-id' } })
      nonces.add(nonceOf(answer))
    }
    expect(nonces.size).toBe(1_000)
  }, 30_000)

  it('a crash says nothing of itself', async () => {
    const answer = await ask('/api/v1/leads', { method: 'POST', body: '{', headers: { 'content-type': 'application/json', authorization: 'Bearer nonsense-nonsense' } })
    expect(answer.status).toBeLessThan(500)
    expect(await answer.text()).not.toMatch(/at .*\.ts|node_modules|stack/)
  })
})

describe('T41: links lead to the configured address, whoever asks', () => {
  const forged = { host: 'evil.example', 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example', 'x-original-host': 'evil.example', 'x-forwarded-proto': 'https' }
  it('reset and invitation mails', async () => {
    const email = `${a.people.rep.memberId}@${a.mark.replaceAll('_', '-')}.example.com`.toLowerCase()
    for (const origin of [HERE, 'http://evil.example']) {
      expect((await ask('/forgot', { form: { email }, headers: forged, origin })).status).toBeLessThan(400)
      const invited = `host-${origin.length}-${a.people.rep.memberId}@example.com`
      expect((await ask('/settings/members', { form: { email: invited, role: 'rep', teamId: '' }, headers: { ...forged, cookie }, origin })).status).toBe(200)
    }
    await settleMail()
    const mails = await keptMails()
    expect(mails.length).toBeGreaterThanOrEqual(4)
    for (const mail of mails) {
      expect(mail.text + mail.html + mail.messageId).not.toContain('evil.example')
      expect(mail.text).toContain(`${HERE}/`)
    }
  })
})

describe('T53: nobody is sent away from here', () => {
  const away = [
    '//evil.example', '///evil.example', '/\\evil.example', '\\\\evil.example', '/\t/evil.example', '/\n/evil.example', '/.//evil.example', '/..//evil.example', '/./\\evil.example',
    'https://evil.example', 'https:evil.example', 'http:///evil.example', 'javascript:alert(1)', 'JaVaScRiPt:alert(1)', 'data:text/html,x', 'vbscript:x', '/%2f%2fevil.example', '/%5cevil.example',
    'http://localhost:3000@evil.example', '/@evil.example', '//here.invalid//evil.example', '//here.invalid/\\evil.example', '', ' //evil.example', '/\u0000/evil.example', '/／evil.example', '//evil%E3%80%82example', `/${'a'.repeat(5_000)}`,
  ]
  it.each(away)('next=%j', (wanted) => {
    const path = nextPath(wanted)
    expect(path.startsWith('/')).toBe(true)
    expect(new URL(path, HERE).origin).toBe(HERE)
    expect(/^\/[/\\]/.test(path)).toBe(false)
    expect([...path].every((letter) => letter.charCodeAt(0) > 31)).toBe(true)
  })
  it('keeps a path of ours', () => expect(nextPath('/leads?stage=won&q=%2F')).toBe('/leads?stage=won&q=%2F'))
  it.each([undefined, null, 5, [], ['//evil.example'], {}])('%j is no path', (wanted) => expect(nextPath(wanted)).toBe('/'))

  it('the pages that take a way back take only ours', async () => {
    for (const wanted of away) {
      const signIn = await ask(`/sign-in?next=${encodeURIComponent(wanted)}`, { headers: { cookie } })
      const preferences = await ask('/preferences', { form: { theme: 'dark', back: wanted }, headers: { referer: wanted === '' || /[^\x20-\x7e]/.test(wanted) ? 'https://evil.example/' : wanted } })
      for (const answer of [signIn, preferences]) {
        const to = sentTo(answer)
        if (to !== '') expect(new URL(to, HERE).origin, `${wanted} → ${to}`).toBe(HERE)
        if (to !== '') expect(to, wanted).not.toMatch(/^\/[/\\]/)
      }
    }
  })
})

describe('T54, T55: what is no form, no number, no size of ours', () => {
  it('odd bodies are refused, and nothing of the prototype changes', async () => {
    const bodies: [string, string, string][] = [
      ['/sign-in', 'application/json', '{"email":"a"}'], ['/sign-in', 'text/plain', 'email=a'], ['/sign-in', 'multipart/form-data; boundary=x', 'not multipart'], ['/sign-in', 'application/xml', '<x/>'],
      ['/settings/teams', 'application/x-www-form-urlencoded', '__proto__.polluted=1&constructor.prototype.polluted=1&__proto__[polluted]=1&name='],
      ['/settings/teams', 'application/x-www-form-urlencoded', 'name=a&name=b&name.x=1&name[0]=c'], ['/settings/teams', 'application/x-www-form-urlencoded', 'name[999999999]=x'],
      ['/sign-in', 'application/x-www-form-urlencoded', 'email[999999999]=x'], ['/sign-in', 'application/x-www-form-urlencoded', `email${'[0]'.repeat(10_000)}=x`],
      ['/sign-in', 'application/x-www-form-urlencoded', Array.from({ length: 200_000 }, (_, i) => `k${String(i)}=`).join('&')], ['/sign-in', 'application/x-www-form-urlencoded', 'email&'.repeat(300_000)],
      ['/settings/members', 'application/x-www-form-urlencoded', 'email[]=a@example.com&role=admin'], ['/settings/keys', 'application/x-www-form-urlencoded', 'name=x&scopes=__proto__&days=1e3'],
    ]
    for (const [path, type, body] of bodies) {
      for (const at of [path, `${path}.data`]) {
        const answer = await ask(at, { body, headers: { ...(path === '/sign-in' ? {} : { cookie }), 'content-type': type } })
        expect(answer.status, `${at} ${type} ${body}: ${String(answer.status)}`).toBeGreaterThanOrEqual(400)
        expect(answer.status, `${at} ${type} ${body}`).toBeLessThan(500)
      }
    }
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  it('odd questions are refused or answered, never a fault', async () => {
    const searches = ['/leads?stage[]=won', '/leads?stage=won&stage=lost', '/leads?__proto__=1', '/leads?__proto__=1&__proto__=2', '/leads?from=0000-00-00', '/leads?from=9999-12-31', '/leads?from=2024-02-31', '/leads?as_of=-1', '/leads?owner=null', '/leads?cursor=e30', '/leads?cursor=%00', '/leads?q=%00%ff', '/leads?q=%F0%9F', '/leads?limit=1e9',
      '/funnel?from=2024-99-99', '/funnel?by=__proto__', '/funnel?by=constructor', '/funnel?view=toString', '/funnel?from=9999-12-31&to=0001-01-01', '/funnel/export?by=__proto__', '/deliveries?since=never', '/deliveries?after=dlv_zzzzzzzzzzzzzzzzzzzzzzzzzz', '/deliveries?limit=-1', '/deliveries?state=constructor', '/queue?tab=__proto__', '/queue?cursor=W10', '/queue?lead=__proto__', '/leads/export?stage=constructor', '/leads/%00', '/leads/%E0%A4%A', `/leads?q=${'a'.repeat(7_000)}`]
    for (const path of searches) {
      const answer = await ask(path, { headers: { cookie } })
      await answer.arrayBuffer()
      expect(answer.status, path).not.toBeGreaterThanOrEqual(500)
    }
  })

  it('a body beyond its door’s cap is 413, said or streamed', async () => {
    const megabytes = (count: number) => 'a'.repeat(count * 1024 * 1024)
    const streamed = (count: number) => new ReadableStream<Uint8Array>({
      start(controller) {
        for (let i = 0; i < count * 4; i += 1) controller.enqueue(new Uint8Array(256 * 1024).fill(97))
        controller.close()
      },
    })
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const said = (count: number) => ({ 'content-length': String(count * 1024 * 1024) })
    const cases: [string, Record<string, string>, number][] = [
      [`/api/hooks/standard/${a.names.sourceKey}`, { 'content-type': 'application/json' }, 2], ['/api/v1/leads', { 'content-type': 'application/json' }, 2], ['/sign-in', form, 3], ['/settings/teams', { ...form, cookie }, 3],
      ['/importsx', form, 3], ['/imports', { ...form, cookie }, 97], ['/imports.data', { ...form, cookie }, 97],
    ]
    for (const [path, headers, count] of cases) {
      expect((await ask(path, { body: megabytes(count), headers: { ...headers, ...said(count) } })).status, `${path} said`).toBe(413)
      expect((await ask(path, { method: 'POST', body: streamed(count), headers })).status, `${path} streamed`).toBe(413)
    }
  }, 60_000)

  it('JSON beyond depth and width is read by nobody and breaks nothing', async () => {
    const url = `/api/hooks/standard/${a.names.sourceKey}`
    for (const body of ['['.repeat(10_000) + ']'.repeat(10_000), `{"a":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_001)}`, `{${Array.from({ length: 100_000 }, (_, i) => `"k${String(i)}":1`).join(',')}}`]) {
      expect((await ask(url, { body, headers: { 'content-type': 'application/json' } })).status).toBe(body.length > 1_048_576 ? 413 : 401)
      const status = (await ask('/api/v1/leads', { body, headers: { 'content-type': 'application/json' } })).status
      expect([400, 401, 413, 422]).toContain(status)
    }
  })
})
