import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { archiveForm } from '~/domain/capture'
import { consentHash } from '~/domain/capture/forms/published-form'
import { isRefusal } from '~/domain/kernel'
import { useCommittedRows } from '~tests/support/committed-rows'
import { anOrganisation, type TestOrganisation } from '~tests/support/organisations'
import { aForm, LI, SITE } from './a-form'
import { countIn, processAll, rowsIn } from './a-source'

useCommittedRows()
// The whole front but its pages.
vi.mock('virtual:remix/server-build', () => ({ routes: {}, assets: { routes: {} }, future: {}, entry: { module: {} } }))

let server: { port: number; close: () => Promise<void> }
let org: TestOrganisation
let form: Awaited<ReturnType<typeof aForm>>
const TEXT = { en: 'You may call me.', 'zh-CN': '可以给我打电话。' }

beforeAll(async () => {
  server = await (await import('~/server')).createServer({ port: 0, host: '127.0.0.1' })
  org = await anOrganisation({ name: 'At the form' })
  form = await aForm(org, { redirect: '', consents: [{ key: 'call', purpose: 'phone', isRequired: false, text: TEXT }] })
})
afterAll(() => server.close())

const ask = (init: RequestInit, key = form.formKey): Promise<Response> => fetch(`http://127.0.0.1:${String(server.port)}/api/forms/${key}`, { redirect: 'manual', ...init })
const urlencoded = (fields: Record<string, string>) => new URLSearchParams(fields).toString()
const asForm = { 'content-type': 'application/x-www-form-urlencoded' }
const fromSite = { ...asForm, origin: SITE }
const browser = { ...asForm, accept: 'text/html,application/xhtml+xml', 'sec-fetch-site': 'same-origin' }

describe('the door of forms over HTTP', () => {
  it('tells a page on the list what the form asks, and lets its browser read it; any other page it does not', async () => {
    const answer = await ask({ headers: { origin: SITE, 'accept-language': 'zh-CN' } })
    expect([answer.status, answer.headers.get('access-control-allow-origin'), answer.headers.get('access-control-allow-credentials'), answer.headers.get('set-cookie')]).toEqual([200, SITE, null, null])
    const model = (await answer.json()) as { locale: string; fields: { name: string; label: string; autocomplete: string }[]; consents: { sha256: string }[] }
    expect(model.locale).toBe('zh-CN')
    expect(model.fields[0]).toMatchObject({ name: 'full_name', label: '姓名', autocomplete: 'name' })
    expect(model.consents).toMatchObject([{ sha256: consentHash(TEXT['zh-CN']) }])
    // Where its leads go, and from where they may come, is nobody's business.
    expect(JSON.stringify(model)).not.toContain(SITE)
    expect((await ask({ headers: { origin: 'https://evil.example' } })).headers.get('access-control-allow-origin')).toBeNull()
    const preflight = await ask({ method: 'OPTIONS', headers: { origin: SITE, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' } })
    expect([preflight.status, preflight.headers.get('access-control-allow-methods'), preflight.headers.get('access-control-allow-headers')]).toEqual([204, 'GET, POST', 'Content-Type'])
  })

  it('answers a script with the receipt, and problems by field in the language of the form', async () => {
    const answer = await ask({ method: 'POST', headers: fromSite, body: urlencoded(LI) })
    const { receipt } = (await answer.json()) as { receipt: string }
    expect([answer.status, answer.headers.get('clew-receipt'), answer.headers.get('access-control-allow-origin')]).toEqual([200, receipt, SITE])
    expect((await fetch(`http://127.0.0.1:${String(server.port)}/api/receipts/${receipt}`)).status).toBe(200)
    const wrong = await ask({ method: 'POST', headers: { ...fromSite, 'content-type': 'application/json' }, body: JSON.stringify({ email: 'x', _lang: 'zh-CN' }) })
    expect([wrong.status, wrong.headers.get('content-type'), wrong.headers.get('access-control-allow-origin')]).toEqual([422, 'application/problem+json', SITE])
    expect(await wrong.json()).toMatchObject({ errors: [{ pointer: '/full_name', code: 'required', detail: '请填写此项。' }, { pointer: '/email', code: 'not-an-email', detail: '邮箱地址不正确。' }] })
  })

  it('without a script goes on to the thanks, and comes back with what was typed as text', async () => {
    const done = await ask({ method: 'POST', headers: browser, body: urlencoded({ ...LI, _lang: 'en', message: 'another' }) })
    expect(done.status).toBe(303)
    expect(done.headers.get('location')).toMatch(new RegExp(`^/f/${form.formKey}/thanks\\?receipt=rcp_[0-9a-z]{39}&lang=en$`))
    const evil = `"><script>alert(1)</script>`
    const wrong = await ask({ method: 'POST', headers: browser, body: urlencoded({ full_name: evil, email: evil, message: `</textarea>${evil}`, _page: `javascript:${evil}`, _lang: 'en' }) })
    const text = await wrong.text()
    expect(wrong.status).toBe(422)
    expect(text).toContain('This is not an e-mail address.')
    expect(text).not.toMatch(/<script/i)
    expect(text).toContain('&lt;/textarea&gt;&quot;&gt;&lt;script&gt;')
    expect(text).not.toContain('checked')
    expect(wrong.headers.get('content-security-policy')).toContain(`default-src 'none'`)
    expect(wrong.headers.get('content-security-policy')).toContain(`frame-ancestors ${SITE}`)
    expect(wrong.headers.get('content-security-policy')).not.toContain('script-src')
  })

  it('turns away other origins, no origin, large bodies, no forms and unknown keys, each in its own manner', async () => {
    const before = await countIn(org, 'delivery_bodies')
    const post = (headers: Record<string, string>, body: string, key?: string) => ask({ method: 'POST', headers, body }, key).then(({ status }) => status)
    expect(await post({ ...asForm, origin: 'https://evil.example' }, urlencoded(LI))).toBe(403)
    expect(await post({ ...asForm, origin: 'null' }, urlencoded(LI))).toBe(403)
    expect(await post(asForm, urlencoded(LI))).toBe(403)
    expect(await post({ ...asForm, 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, urlencoded(LI))).toBe(403)
    expect(await post({ ...asForm, origin: 'https://evil.example', 'x-forwarded-host': 'evil.example', cookie: 'clew_session=x' }, urlencoded(LI))).toBe(403)
    expect(await post(fromSite, urlencoded({ ...LI, message: 'x'.repeat(300_000) }))).toBe(413)
    expect(await post({ ...fromSite, 'content-type': 'text/plain' }, urlencoded(LI))).toBe(422)
    expect(await post({ ...fromSite, 'content-type': 'multipart/form-data; boundary=b' }, 'nonsense')).toBe(422)
    expect(await post(fromSite, urlencoded(LI), 'no-such-form-anywhere-at-all')).toBe(404)
    expect(await countIn(org, 'delivery_bodies')).toEqual(before)
    const page = await ask({ method: 'POST', headers: { ...browser, 'sec-fetch-site': 'cross-site', origin: 'https://evil.example', 'accept-language': 'zh-CN' }, body: urlencoded(LI) })
    expect([page.status, (await page.text()).includes('此网站不能使用这个表单')]).toEqual([403, true])
  })

  it('sends people on only to the address stored in the form', async () => {
    const away = await aForm(org, { redirect: 'https://www.acme.example/thanks?from=form' })
    const done = await ask({ method: 'POST', headers: browser, body: urlencoded({ ...LI, redirect: 'https://evil.example', next: '//evil.example', _next: 'https://evil.example' }) }, away.formKey)
    expect(done.status).toBe(303)
    expect(done.headers.get('location')).toMatch(/^https:\/\/www\.acme\.example\/thanks\?from=form&clew_receipt=rcp_[0-9a-z]{39}$/)
    await archiveForm(org.system, { formId: away.formId, isArchived: true })
    expect((await ask({ method: 'POST', headers: fromSite, body: urlencoded(LI) }, away.formKey)).status).toBe(410)
  })

  it('takes no more than so many a minute from one caller', async () => {
    const statuses: number[] = []
    for (let n = 0; n < 70; n += 1) statuses.push((await ask({ method: 'POST', headers: asForm, body: 'x' })).status)
    expect(statuses.at(-1)).toBe(429)
    const told = await ask({ method: 'POST', headers: fromSite, body: urlencoded(LI) })
    expect([told.status, Number(told.headers.get('retry-after')) > 0, told.headers.get('access-control-allow-origin')]).toEqual([429, true, SITE])
  })
})

describe('T02 in small: mutated submissions', () => {
  const SEED = Number(process.env['SEED'] ?? 20_240_515)
  const nasty = fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.constantFrom('\u0000', '\ud800', '\u202eevil', '__proto__', 'x'.repeat(9_000), '1e999', '0000-00-00', '9999-12-31', '-1', '[]', '{}', 'null', '"><svg onload=alert(1)>', "'; drop table leads; --"))
  const name = fc.oneof(fc.constantFrom('full_name', 'email', 'mobile', 'company', 'message', 'consent.call', '_t', '_id', '_lang', '_page', '_first_page', '_first_at', '_visitor', '_referrer', 'fax_number', '__proto__', 'constructor', 'a[0]', 'utm_source', 'gclid'), nasty)
  const mutation = fc.record({ drop: fc.subarray(Object.keys(LI)), add: fc.array(fc.tuple(name, nasty), { maxLength: 12 }), shape: fc.constantFrom('urlencoded', 'multipart', 'json', 'deep', 'raw'), cut: fc.option(fc.nat(200), { nil: null }), charset: fc.constantFrom('', '; charset=gbk', '; charset=utf-16', '; charset=nonsense'), bytes: fc.uint8Array({ maxLength: 300 }) })

  it(`500 of them throw nothing but refusals, and every valid one becomes a lead (SEED=${SEED})`, async () => {
    const target = await anOrganisation({ name: 'Mutated' })
    const aimed = await aForm(target, { consents: [{ key: 'call', purpose: 'phone', isRequired: false, text: TEXT }] })
    let [kept, problems, refused, n] = [0, 0, 0, 0]
    await fc.assert(fc.asyncProperty(mutation, async ({ drop, add, shape, cut, charset, bytes }) => {
      n += 1
      const pairs: [string, string][] = [...Object.entries({ ...LI, email: `p${n}@works${n}.example`, mobile: '' }).filter(([key]) => !drop.includes(key)), ...add]
      const bodies: Record<string, [string, Uint8Array]> = {
        urlencoded: ['application/x-www-form-urlencoded', Buffer.from(new URLSearchParams(pairs).toString())],
        multipart: ['multipart/form-data; boundary=b', Buffer.from(`${pairs.map(([key, value]) => `--b\r\nContent-Disposition: form-data; name="${key}"\r\n\r\n${value}\r\n`).join('')}--b--\r\n`)],
        json: ['application/json', Buffer.from(JSON.stringify(Object.fromEntries(pairs)))],
        deep: ['application/json', Buffer.from(`${'{"a":'.repeat(500)}1${'}'.repeat(500)}`)],
        raw: ['application/x-www-form-urlencoded', bytes],
      }
      const [type, whole] = bodies[shape]!
      const raw = cut === null ? whole : whole.subarray(0, whole.length - cut)
      const answer = await aimed.send(raw, type + charset, { ip: `203.0.113.${n % 250}` }).catch((error: unknown) => { if (isRefusal(error, 'invalid')) return null; throw error })
      if (answer === null) refused += 1
      else if (answer.kind === 'kept') kept += 1
      else problems += 1
    }), { numRuns: 500, seed: SEED })
    expect(kept + problems + refused).toBeGreaterThanOrEqual(500)
    expect(Math.min(kept, problems, refused)).toBeGreaterThan(20)
    const verdicts = (await processAll(target)).map(({ verdict }) => verdict)
    // Kept is a lead, waits for a person, or repeats another word for word: nothing that passed the door is unreadable.
    expect(new Set(verdicts)).toEqual(new Set(['processed', 'stored', ...(verdicts.includes('duplicate') ? ['duplicate'] : [])]))
    expect(verdicts).toHaveLength(kept)
    expect((await rowsIn(target, 'form_submissions')).length).toBe(verdicts.filter((verdict) => verdict !== 'duplicate').length)
    expect(({} as Record<string, unknown>)['full_name']).toBeUndefined()
  }, 60_000)
})
