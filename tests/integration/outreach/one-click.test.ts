import { beforeAll, describe, expect, it } from 'vitest'
import { sendMail, unsubscribe } from '~/domain/outreach'
import { mailWords } from '~/i18n/mail-words.server'
import { rowsIn } from '~tests/integration/capture/a-source'
import { ask } from '~tests/integration/trust/site'
import { useCommittedRows } from '~tests/support/committed-rows'
import { anOrganisation, type TestOrganisation } from '~tests/support/organisations'
import { rowsOf } from '~tests/support/standing-cases'
import { aMailableLead, anOrderedMail, seconds, sentTo, tokenIn } from './a-mail'

useCommittedRows()

let org: TestOrganisation
beforeAll(async () => { org = await anOrganisation() })

async function aToken(): Promise<{ token: string; link: string; address: string }> {
  const rep = await org.as('rep')
  const lead = await aMailableLead(org, rep)
  const { mailId } = await anOrderedMail(rep, lead)
  await sendMail(seconds(org.system, 11), { mailId })
  const [mail] = await sentTo(lead.address)
  return { token: tokenIn(mail?.text ?? ''), link: /<(.+)>/.exec(mail?.headers?.['List-Unsubscribe'] ?? '')?.[1] ?? '', address: lead.address }
}
const stops = async () => (await rowsIn(org, 'outreach_suppressions')).length
const ONE_CLICK = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': '' }
const made = 'A'.repeat(43)

describe('T66: one click', () => {
  it('the link of the header, posted without cookie, Origin or script, stops mails at once and answers 200', async () => {
    const { link } = await aToken()
    const before = await stops()
    const answer = await ask(new URL(link).pathname + new URL(link).search, { method: 'POST', body: 'List-Unsubscribe=One-Click', headers: ONE_CLICK })
    expect([answer.status, answer.headers.get('location'), answer.headers.get('set-cookie')]).toEqual([200, null, null])
    expect(await stops()).toBe(before + 1)
  })

  it('also as multipart, and from anywhere', async () => {
    const kinds: Record<string, string>[] = [{ 'content-type': 'multipart/form-data; boundary=x' }, { 'content-type': 'text/plain', origin: 'https://mail.example' }, { 'content-type': 'text/plain', 'sec-fetch-site': 'cross-site' }]
    for (const headers of kinds) {
      const { token } = await aToken()
      const before = await stops()
      expect((await ask(`/u/${token}`, { method: 'POST', body: '--x--', headers: { 'sec-fetch-site': '', ...headers } })).status).toBe(200)
      expect(await stops()).toBe(before + 1)
    }
  })

  it('opening the link changes nothing, however often and by whatever reads it', async () => {
    const { token } = await aToken()
    const before = await rowsOf(org)
    for (const method of ['GET', 'HEAD', 'GET', 'OPTIONS']) await (await ask(`/u/${token}?l=en`, { method })).arrayBuffer()
    expect(await rowsOf(org)).toEqual(before)
  })

  it('known, used and made-up tokens look the same, in the language of the link', async () => {
    const { token } = await aToken()
    const used = (await aToken()).token
    await unsubscribe({ token: used, now: new Date(), requestId: 'test' })
    const bare = async (path: string, method = 'GET') => {
      const answer = await ask(path, { method, ...(method === 'POST' ? { body: 'x=1', headers: ONE_CLICK } : {}) })
      const headers = ['content-type', 'cache-control', 'referrer-policy', 'x-frame-options'].map((name) => answer.headers.get(name))
      return [answer.status, headers.join(), (await answer.text()).replaceAll(/nonce="[^"]+"/g, '').replaceAll(/\/u\/[\w-]+/g, '/u/…')].join('\n')
    }
    for (const [l, locale] of [['en', 'en'], ['zh', 'zh-CN']] as const) {
      const page = await bare(`/u/${token}?l=${l}`)
      expect(page).toContain(`<html lang="${locale}">`)
      expect(page).toContain(mailWords(locale).page.button)
      expect(await bare(`/u/${made}?l=${l}`)).toBe(page)
      expect(await bare(`/u/${used}?l=${l}`)).toBe(page)
      const done = await bare(`/u/${made}?l=${l}`, 'POST')
      expect(done).toContain(mailWords(locale).page.done)
      expect(await bare(`/u/${token}?l=${l}`, 'POST')).toBe(done)
    }
  })

  it('holds no script, is not indexed, and sends no referrer with the token in it', async () => {
    const { token } = await aToken()
    const answer = await ask(`/u/${token}?l=en`)
    const html = await answer.text()
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
    expect(answer.headers.get('content-security-policy')).toMatch(/default-src 'none'.*form-action 'self'.*frame-ancestors 'none'/)
    expect(html).not.toContain('<script')
    expect(html).toContain('noindex')
    expect((await ask('/u/%3Cscript%3Ex9()%3C%2Fscript%3E')).status).toBe(200)
    expect(await (await ask('/u/%3Cscript%3Ex9()%3C%2Fscript%3E')).text()).not.toContain('x9()')
  })

  it('a slip is taken back on the page that follows, and only from there', async () => {
    const { token } = await aToken()
    const before = await stops()
    const done = await (await ask(`/u/${token}?l=en`, { form: {} })).text()
    expect(await stops()).toBe(before + 1)
    const back = /action="([^"]+)"/.exec(done)?.[1] ?? ''
    expect(back).toBe(`/u/${token}/return?l=en`)
    expect((await ask(back, { method: 'POST', body: 'x=1', headers: { ...ONE_CLICK, 'sec-fetch-site': 'cross-site' } })).status).toBe(403)
    expect(await stops()).toBe(before + 1)
    expect((await ask(back, { form: {} })).status).toBe(200)
    expect(await stops()).toBe(before)
    expect((await ask(`/u/${token}/return`)).status).toBe(303)
  })
})
