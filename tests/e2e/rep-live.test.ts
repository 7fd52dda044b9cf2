import { existsSync, readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { account, expect, go, LOCALES, post, test, unique, words } from '~tests/support/e2e'
import { connect, type Connected, leadBody, sendSigned } from '~tests/support/e2e-sources'

const FIXTURE = new URL('../../../shared/fixtures/webhooks/google/lead-test-button.body.json', import.meta.url)

// A domain of its own: the same company would be the same lead.
const mailOf = (name: string) => `hello@${name.replaceAll(/\W+/g, '-').toLowerCase()}.example`

async function openQueueForGood(page: Page): Promise<void> {
  await go(page, '/queue')
  await expect(page.locator('.q-who h2')).toBeVisible()
  await page.evaluate(() => { (window as { unreloaded?: boolean }).unreloaded = true })
}

async function appearsOnce(page: Page, name: string): Promise<void> {
  const row = page.locator('.q-row .q-link', { hasText: name })
  await expect(row).toHaveCount(1, { timeout: 15_000 })
  expect(await page.evaluate(() => (window as { unreloaded?: boolean }).unreloaded)).toBe(true)
}

/** The recorded message with this name in it, signed with the source's key: the same bytes however often it is posted. */
function googleBody({ secret }: Connected, name: string): string {
  const body = JSON.parse(readFileSync(FIXTURE, 'utf8')) as { user_column_data: { column_id: string; string_value: string }[] }
  const said: Record<string, string> = { FULL_NAME: name, EMAIL: mailOf(name), PHONE_NUMBER: `+1650555${String(1000 + [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9000, 7))}` }
  const columns = body.user_column_data.map((column) => ({ ...column, string_value: said[column.column_id] ?? column.string_value }))
  return JSON.stringify({ ...body, is_test: false, google_key: secret, lead_id: `live-${name}`, user_column_data: columns })
}

for (const locale of LOCALES) {
  const t = words(locale)

  test.describe(`rep, live, ${locale}`, () => {
    test('a signed lead posted three times appears once in the open queue', async ({ open, request }) => {
      const [admin, rep] = [await open({ locale, role: 'admin' }), await open({ locale, role: 'rep' })]
      const source = await connect(admin, locale, 'standard', { name: unique('Live form'), owner: account('rep', locale).name })
      await openQueueForGood(rep)
      const name = unique('Live')
      const body = leadBody({ external_id: name, full_name: name, email: mailOf(name), message: 'Please call' })
      for (let time = 0; time < 3; time += 1) expect((await sendSigned(request, source, `msg_${name.replace(' ', '')}`, body)).status()).toBeLessThan(300)
      await appearsOnce(rep, name)
      await rep.locator('.q-row .q-link', { hasText: name }).click()
      await expect(rep.locator('.q-who h2')).toHaveText(name)
      await expect(rep.locator('main')).toContainText(source.name)
      await go(rep, `/leads?q=${encodeURIComponent(name)}`)
      await expect(rep.getByRole('heading', { level: 1 })).toContainText(t('leads:list.title', { count: 1, formatted: '1' }))
    })

    test('a Google lead posted three times appears once in the open queue', async ({ open, request }) => {
      test.skip(!existsSync(FIXTURE), 'no ../shared/fixtures/webhooks/google/lead-test-button.body.json')
      const [admin, rep] = [await open({ locale, role: 'admin' }), await open({ locale, role: 'rep' })]
      const source = await connect(admin, locale, 'google-ads', { name: unique('Live Google'), owner: account('rep', locale).name })
      await openQueueForGood(rep)
      const name = unique('Google')
      const body = googleBody(source, name)
      for (let time = 0; time < 3; time += 1) expect((await post(request, source.url, body)).status()).toBe(200)
      await appearsOnce(rep, name)
    })
  })
}
