import { beforeAll, describe, expect, it } from 'vitest'
import { createApiKey } from '~/domain/auth'
import { apiKeyScopes } from '~/domain/auth/vocabulary'
import { newId, newUuid } from '~/lib/ids'
import { policy, type Names, type Rule } from '~tests/support/authz-policy'
import { useCommittedRows } from '~tests/support/committed-rows'
import { rowsOf } from '~tests/support/standing-cases'
import { ask, sentTo } from './site'
import { siteRoutes } from './site-build'
import { aSession, aTrustWorld, type World } from './world'

useCommittedRows()

const run = newId('org').slice(-8)
let a: World
let b: World
const keys: Record<string, string> = {}
beforeAll(async () => {
  a = await aTrustWorld(`cnry_A_${run}`)
  b = await aTrustWorld(`cnry_B_${run}`)
  const now = { ...a.org.system, now: new Date() }
  for (const scope of apiKeyScopes) keys[scope] = (await createApiKey(now, { name: `of ${scope}`, scopes: [scope] })).key
})

const doors = Object.entries(policy).filter(([key]) => !key.includes('/api/live') && !key.includes('/api/hooks'))
const roles = ['admin', 'manager', 'marketer', 'rep', 'partner'] as const
type Answer = { status: number; to: string; body: string }

/** Doors of our scripts: a form of theirs has no page to come back to. */
const pageless = new Set(siteRoutes().filter(({ file }) => file.startsWith('routes/app/') && file.endsWith('.ts')).map(({ fullPath }) => fullPath))

async function knock(key: string, rule: Rule, ids: Names, headers: Record<string, string>): Promise<Answer> {
  const [method = 'GET', path = '/'] = key.split(' ')
  const filled = path.replace('{id}', ids.leadId).replace(/[:{](\w+)\}?/g, (_, name: string) => encodeURIComponent(ids[name as keyof Names] ?? 'unknown')).replace('/*', '/nowhere-at-all')
  const search = rule.search === undefined ? '' : `?${new URLSearchParams(rule.search(ids)).toString()}`
  // An index and its layout share an address: the form means the page inside. Doors without a page are asked as our scripts ask.
  const isData = /^(POST|GET) .*\/(card|search|arrivals)$/.test(key) || (method === 'POST' && (rule.stranger !== undefined || pageless.has(path)) && rule.json === undefined && !key.endsWith('/choose-organisation'))
  const address = method === 'POST' && filled === '/settings' ? '/settings?index' : `${filled}${isData ? '.data' : ''}${search}`
  const sent = rule.json === undefined ? { form: rule.form?.(ids) ?? {} } : { body: JSON.stringify(rule.json(ids)) }
  const json: Record<string, string> = rule.json === undefined ? {} : { 'content-type': 'application/json' }
  const answer = await ask(address, { method, headers: { ...json, ...headers }, ...(method === 'GET' ? {} : sent) })
  const body = await answer.text()
  const told = (isData ? /"redirect","([^"]*)"/.exec(body)?.[1] : undefined)
  return { status: told === undefined ? answer.status : 302, to: told ?? sentTo(answer), body }
}

const isKey = (rule: Rule): rule is Rule & { may: { scope: string } } => typeof rule.may === 'object' && 'scope' in rule.may
const isLetIn = ({ status, to }: Answer) => ![401, 403, 404, 405].includes(status) && status < 500 && !to.startsWith('/sign-in') && !/refused=not-/.test(to)

function expectClosed(who: string, rule: Rule, answer: Answer): void {
  if (rule.may === 'operator') return expect(answer.status, who).toBe(404)
  if (isKey(rule)) return expect(answer.status, who).toBe(401)
  expect([302, 303, 401], `${who} gets ${String(answer.status)}`).toContain(answer.status)
  if (answer.status !== 401) expect(answer.to, who).toMatch(/^\/sign-in/)
}

describe('every door, for strangers', () => {
  it('anonymous, deactivated and forged visitors get in nowhere, and read nothing', async () => {
    const before = [await rowsOf(a.org), await rowsOf(b.org)]
    for (const [key, rule] of doors) {
      const gone = await aSession(a.gone.userId)
      const stale = await aSession(a.people.admin.userId, 8 * 86_400_000)
      const visitors: Record<string, Record<string, string>> = {
        anonymous: {}, deactivated: { cookie: gone.cookie }, 'signed-in too long ago': { cookie: stale.cookie }, forged: { cookie: `${gone.cookie.slice(0, -6)}AAAAAA` },
        'a key of nobody': { authorization: `Bearer clew_live_${'A'.repeat(28)}_000000` },
      }
      for (const [who, headers] of Object.entries(visitors)) {
        const answer = await knock(key, rule, a.names, headers)
        expect(answer.status, `${who}: ${key}`).not.toBe(500)
        if (rule.may !== 'everyone' && rule.depends !== true) expectClosed(`${who}: ${key}`, rule, answer)
        expect(answer.body.includes('cnry_'), `${who} reads of an organisation at ${key}`).toBe(false)
      }
    }
    expect([await rowsOf(a.org), await rowsOf(b.org)], 'nothing changed').toEqual(before)
  }, 120_000)
})

describe('every door, with ids of another organisation', () => {
  it.each(roles)('%s: refused as if they did not exist, nothing read, nothing changed', async (role) => {
    const before = await rowsOf(b.org)
    for (const [key, rule] of doors) {
      if (isKey(rule)) continue
      const { cookie } = await aSession(a.people[role].userId)
      const answer = await knock(key, rule, b.names, { cookie })
      const where = `${role}: ${key} with ids of B: ${String(answer.status)} ${answer.to}`
      expect(answer.body, where).not.toContain(b.mark)
      for (const secret of b.secrets) expect(answer.body.includes(secret), where).toBe(false)
      expect(answer.status, where).not.toBe(500)
      const may = rule.may === 'everyone' || rule.may === 'account' || (Array.isArray(rule.may) && rule.may.includes(role))
      if (!may && rule.may !== 'operator') expect(answer.status, where).toBe(403)
      if (may && rule.stranger === 404) expect(answer.status, where).toBe(404)
      if (may && rule.stranger === 'sent back') expect(answer.to, where).toContain('refused=not-found')
    }
    expect(await rowsOf(b.org), 'rows of B').toEqual(before)
  }, 120_000)

  it('keys of each scope: foreign ids are unknown, other scopes are refused', async () => {
    const before = await rowsOf(b.org)
    for (const [scope, key] of Object.entries(keys)) {
      for (const [door, rule] of doors) {
        const answer = await knock(door, rule, b.names, { authorization: `Bearer ${key}` })
        const where = `key of ${scope}: ${door}: ${String(answer.status)}`
        expect(answer.body, where).not.toContain(b.mark)
        expect(answer.status, where).not.toBe(500)
        if (!isKey(rule)) {
          if (rule.may !== 'everyone' && rule.depends !== true) expectClosed(where, rule, answer)
        } else if (rule.may.scope !== scope) expect(answer.status, where).toBe(403)
        else if (rule.stranger === 404) expect(answer.status, where).toBe(404)
      }
    }
    expect(await rowsOf(b.org), 'rows of B').toEqual(before)
  }, 120_000)

  it('a foreign id and one that never was are answered alike', async () => {
    const missing = Object.fromEntries(Object.entries(b.names).map(([name, id]) => [name, /^[a-z]+_[0-9a-z]{26}$/.test(id) ? newId(id.slice(0, id.indexOf('_'))) : name === 'sessionId' ? newUuid() : id])) as Names
    const { cookie } = await aSession(a.people.admin.userId)
    const bare = ({ status, to, body }: Answer) => ({ status, to, body: body.replace(/nonce[^\s>]*|\b[a-z]{2,4}_[0-7][0-9a-z]{25}\b|[0-9a-f]{8}-[0-9a-f-]{27}|\d{13}|:r[\w:]+/g, '') })
    for (const [key, rule] of doors) {
      if (rule.stranger === undefined) continue
      const headers: Record<string, string> = isKey(rule) ? { authorization: `Bearer ${keys[rule.may.scope] ?? ''}` } : { cookie }
      expect(bare(await knock(key, rule, b.names, headers)), key).toEqual(bare(await knock(key, rule, missing, headers)))
    }
  }, 120_000)
})

describe('every door, at home', () => {
  it('lets in exactly the roles of the policy, and shows no secret', async () => {
    for (const role of [...roles].reverse()) {
      for (const [key, rule] of doors) {
        if (isKey(rule) || rule.may === 'operator' || rule.depends === true) continue
        const { cookie } = await aSession(a.people[role].userId)
        const answer = await knock(key, rule, a.names, { cookie })
        const may = rule.may === 'everyone' || rule.may === 'account' || (Array.isArray(rule.may) && rule.may.includes(role))
        const where = `${role}: ${key}: ${String(answer.status)} ${answer.to} ${answer.body.slice(0, 200)}`
        if (may) expect(isLetIn(answer), where).toBe(true)
        else expect(answer.status, where).toBe(403)
        for (const secret of a.secrets) expect(answer.body.includes(secret), where).toBe(false)
        expect(answer.body, where).not.toContain(b.mark)
      }
    }
  }, 120_000)

  it('a key of one scope does what the scope says, or nothing at all', async () => {
    for (const [door, rule] of doors) {
      if (!isKey(rule)) continue
      const before = await rowsOf(a.org)
      const answer = await knock(door, rule, a.names, { authorization: `Bearer ${keys[rule.may.scope] ?? ''}` })
      const after = await rowsOf(a.org)
      delete before['api_keys']
      delete after['api_keys']
      if (answer.status >= 400) expect(after, `${door} answered ${String(answer.status)} ${answer.body}`).toEqual(before)
      else expect(isLetIn(answer), `${door}: ${String(answer.status)} ${answer.body}`).toBe(true)
      expect([200, 201, 202, 409, 422], `${door}: ${String(answer.status)} ${answer.body}`).toContain(answer.status)
    }
  }, 60_000)
})
