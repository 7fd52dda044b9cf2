import { beforeAll, describe, expect, it } from 'vitest'
import { newId } from '~/lib/ids'
import { policy, type Names } from '~tests/support/authz-policy'
import { useCommittedRows } from '~tests/support/committed-rows'
import { rowsOf } from '~tests/support/standing-cases'
import { ask, HERE } from './site'
import { aSession, aTrustWorld, type World } from './world'

useCommittedRows()

let a: World
beforeAll(async () => { a = await aTrustWorld(`cnry_C_${newId('org').slice(-8)}`) })

// Stopping mails in one click comes from mail programs (RFC 8058), as the doors of the API do: tests/integration/outreach/one-click.test.ts.
const posts = Object.keys(policy).filter((key) => key.startsWith('POST ') && !key.startsWith('POST /api/') && key !== 'POST /u/:token')
const gets = Object.keys(policy).filter((key) => key.startsWith('GET ') && !key.includes('/api/'))
const addressOf = (key: string, ids: Names) => (key.split(' ')[1] ?? '').replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(ids[name as keyof Names] ?? 'unknown')).replace('/*', '/nowhere')

/** What browsers say of a request that does not come from our own pages, and who may have written it. */
const crossSite: Record<string, Record<string, string>> = {
  'says nothing': {},
  'origin null': { origin: 'null' },
  'foreign origin': { origin: 'https://evil.example' },
  'sub-domain': { origin: 'http://evil.localhost:3000' },
  'our host on another port': { origin: 'http://localhost:3001' },
  'our host as user of another': { origin: 'http://localhost:3000@evil.example' },
  'foreign origin, host forged to match': { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' },
  'cross-site by Sec-Fetch': { 'sec-fetch-site': 'cross-site', origin: HERE },
  'same-site by Sec-Fetch': { 'sec-fetch-site': 'same-site', origin: HERE },
  'none by Sec-Fetch': { 'sec-fetch-site': 'none', origin: HERE },
}
const ours: Record<string, Record<string, string>> = { 'same by Sec-Fetch': { 'sec-fetch-site': 'same-origin' }, 'same by Origin': { origin: HERE } }
const kinds: Record<string, string> = { form: 'application/x-www-form-urlencoded', multipart: 'multipart/form-data; boundary=x', 'JSON as text': 'text/plain' }

async function send(path: string, headers: Record<string, string>, body: string, type: string): Promise<number> {
  // Request adds an Origin of its own only in browsers: here it is what the case says.
  const answer = await ask(path, { method: 'POST', body, headers: { 'sec-fetch-site': '', 'content-type': type, ...headers } })
  await answer.arrayBuffer()
  return answer.status
}

describe('T37: no state change without same-origin proof', () => {
  it('every door that takes a form turns away every cross-site request, whatever it looks like', async () => {
    const { cookie } = await aSession(a.people.admin.userId)
    const before = await rowsOf(a.org)
    let refused = 0
    for (const key of posts) {
      const path = addressOf(key, a.names)
      const form = new URLSearchParams(policy[key]?.form?.(a.names) ?? {}).toString()
      for (const [name, headers] of Object.entries(crossSite)) {
        for (const at of [path, `${path}.data`]) {
          for (const type of Object.values(kinds)) {
            const status = await send(at, { cookie, ...headers }, form, type)
            expect(status, `${name}: ${at} as ${type}`).toBe(403)
            refused += 1
          }
        }
      }
    }
    expect(refused).toBeGreaterThan(posts.length * 50)
    expect(await rowsOf(a.org), 'nothing was done').toEqual(before)
  }, 60_000)

  it('the same request from our own page is heard', async () => {
    for (const [name, headers] of Object.entries(ours)) {
      const { cookie } = await aSession(a.people.admin.userId)
      const status = await send('/settings/teams', { cookie, ...headers }, `name=${name.replaceAll(' ', '+')}`, kinds['form'] ?? '')
      expect(status, name).toBe(200)
    }
  })

  it('other methods than POST are not a way round', async () => {
    const { cookie } = await aSession(a.people.admin.userId)
    const before = await rowsOf(a.org)
    for (const method of ['PUT', 'PATCH', 'DELETE']) {
      const answer = await ask(`/leads/${a.names.leadId}/verdict`, { method, body: 'verdict=junk&reason=spam', headers: { cookie, 'sec-fetch-site': 'cross-site', 'content-type': kinds['form'] ?? '' } })
      expect(answer.status, method).toBe(403)
    }
    const overridden = await ask(`/leads/${a.names.leadId}/verdict?_method=POST`, { headers: { cookie, 'x-http-method-override': 'POST' } })
    expect([400, 404, 405]).toContain(overridden.status)
    expect(await rowsOf(a.org)).toEqual(before)
  })

  it('no GET or HEAD changes anything; an export is noted, and nothing else', async () => {
    // What stood after one door stands before the next.
    let seen = await rowsOf(a.org)
    for (const key of gets) {
      const before = { ...seen }
      const { cookie } = await aSession(a.people.admin.userId)
      for (const method of ['GET', 'HEAD']) await (await ask(addressOf(key, a.names), { method, headers: { cookie } })).arrayBuffer()
      const after = await rowsOf(a.org)
      seen = { ...after }
      if (key === 'GET /leads/export') { delete before['contact_usage']; delete after['contact_usage']; delete before['audit_entries']; delete after['audit_entries'] }
      expect(after, key).toEqual(before)
    }
  }, 60_000)

  it('hooks and the API do not look at cookies', async () => {
    const { cookie } = await aSession(a.people.admin.userId)
    const before = await rowsOf(a.org)
    const api = await ask('/api/v1/leads', { body: JSON.stringify({ full_name: 'Li', phone: '13800009999' }), headers: { cookie, 'content-type': 'application/json', origin: HERE } })
    expect(api.status).toBe(401)
    expect((await ask('/api/v1/leads', { headers: { cookie } })).status).toBe(401)
    const hook = await ask(`/api/hooks/standard/${'x'.repeat(32)}`, { body: '{}', headers: { cookie } })
    expect(hook.status).toBe(404)
    expect(await rowsOf(a.org)).toEqual(before)
  })
})

