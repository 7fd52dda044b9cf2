import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from '@playwright/test'
import { expect, expectAccessible, go, heading, LOCALES, numberIn, test, unique, words, type Locale } from '~tests/support/e2e'

/** A page of somebody else, on another port, with a content policy of its own that allows our script and no inline style. */
function aForeignPage(snippet: string, clew: string, locale: Locale): Promise<{ url: string; server: Server }> {
  const html = `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><title>Acme</title><link rel="icon" href="data:,"></head><body><main><h1>Acme</h1>${snippet}</main></body></html>`
  const server = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8')
    response.setHeader('Content-Security-Policy', `default-src 'none'; script-src ${clew}; connect-src ${clew}; img-src data:; style-src 'none'`)
    response.end(html)
  })
  return new Promise((done) => server.listen(0, '127.0.0.1', () => { done({ url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, server }) }))
}

/** Makes a form with a consent through the pages, as a marketer would, and publishes it for a site. */
async function aPublishedForm(page: Page, locale: Locale, name: string, site: string): Promise<{ address: string; snippet: string; path: string }> {
  const t = words(locale)
  await go(page, '/forms/new')
  await page.getByLabel(t('forms:settings.name'), { exact: true }).fill(name)
  await page.getByRole('radio', { name: t('forms:language.both') }).check()
  await page.getByRole('button', { name: t('forms:new.create') }).click()
  await expect(page).toHaveURL(/\/forms\/frm_/)
  const path = new URL(page.url()).pathname
  await go(page, path)
  await page.getByRole('button', { name: t('forms:kind.choice'), exact: true }).click()
  await page.locator('input[name="fields[5].label.en"]').fill('Team size')
  await page.locator('input[name="fields[5].label.zh-CN"]').fill('团队规模')
  await expect(page.getByText(t('forms:fields.saved'))).toBeVisible()
  await page.getByRole('button', { name: t('forms:fields.up', { name: t('forms:kind.company') }) }).press('Enter')
  await expect(page.locator('ol > li').first()).toContainText(t('forms:kind.company'))
  // Opened anew: what the library announced on the way here stays in the page for some seconds.
  await go(page, path)
  await expectAccessible(page)

  await go(page, `${path}?tab=consent`)
  await page.getByRole('button', { name: t('forms:consent.add') }).click()
  await page.locator('textarea[name="consents[0].text.en"]').fill('You may answer me.')
  await page.locator('textarea[name="consents[0].text.zh-CN"]').fill('同意你们回复我。')
  await page.locator('input[name="consents[0].isRequired"]').check()
  await page.getByRole('button', { name: t('forms:fields.save') }).click()
  await expect(page.getByText(t('forms:fields.saved'))).toBeVisible()

  await go(page, `${path}?tab=settings`)
  await page.getByLabel(t('forms:settings.origins')).fill(site)
  await page.getByLabel(t('forms:settings.minSeconds')).fill('0')
  await page.getByRole('button', { name: t('forms:settings.save') }).click()
  await expect(page.getByText(t('forms:settings.saved'))).toBeVisible()
  await page.getByRole('button', { name: t('forms:one.publish') }).click()
  await expect(heading(page)).toContainText(t('forms:status.published'))

  await go(page, `${path}?tab=share`)
  await expectAccessible(page)
  const [address = '', snippet = ''] = await page.locator('main code').allInnerTexts()
  return { address, snippet, path }
}

for (const locale of LOCALES) {
  const t = words(locale)
  const [send, name, email, thanks, required] = locale === 'en'
    ? ['Send', /^Name/, /^E-mail/, 'Thank you', 'Please fill this in.'] : ['提交', /^姓名/, /^邮箱/, '感谢您', '请填写此项。']

  test.describe(`forms, ${locale}`, () => {
    test('a form embedded in a foreign page becomes a lead, with no cookie and nothing stored', async ({ open, watch, baseURL }) => {
      const page = await open({ locale, role: 'admin' })
      const who = unique('Embedded')
      const foreign = await aForeignPage('', '', locale)
      foreign.server.close()
      const { address, snippet, path } = await aPublishedForm(page, locale, unique('Contact'), foreign.url)
      const clew = new URL(/src="([^"]+)"/.exec(snippet)?.[1] ?? '').origin
      const site = await aForeignPage(snippet, clew, locale)
      await go(page, `${path}?tab=settings`)
      await page.getByLabel(t('forms:settings.origins')).fill(site.url)
      await page.getByRole('button', { name: t('forms:settings.save') }).click()
      await expect(page.getByText(t('forms:settings.saved'))).toBeVisible()
      await page.getByRole('button', { name: t('forms:one.publish') }).click()
      await expect(page.getByText(t('forms:one.published'), { exact: true })).toBeVisible()

      const visitor = await open({ locale })
      await visitor.context().clearCookies()
      await visitor.goto(`${site.url}/?utm_source=google&gclid=Cl-1`)
      const form = visitor.getByRole('form')
      await form.getByRole('button', { name: send }).click()
      await expect(form.getByText(required).first()).toBeVisible()
      await expect(form.getByLabel(name)).toBeFocused()
      await expectAccessible(visitor)
      await form.getByLabel(name).fill(who)
      await form.getByLabel(email).fill(`${who.replace(' ', '.').toLowerCase()}@works.example`)
      await form.getByRole('checkbox').check()
      await form.getByRole('button', { name: send }).click()
      await expect(visitor.getByRole('status')).toContainText(thanks)
      await expect(visitor.getByRole('status').locator('code')).toHaveText(/^rcp_[0-9a-z]{39}$/)
      expect(await visitor.context().cookies(), 'cookies').toEqual([])
      expect(await visitor.evaluate(() => localStorage.length + sessionStorage.length), 'stored').toBe(0)
      // Everything asked beyond the foreign page is the script, the form and its submission.
      const asked = watch.outside.filter((url) => !url.startsWith(site.url) && !url.startsWith(baseURL ?? '-'))
      expect(asked).toEqual([])

      // Only after the page says that the visitor agreed, one key; under Global Privacy Control none, whatever the page says.
      const keys = () => visitor.evaluate(() => Object.keys(localStorage))
      const consent = (on: Page, yes: boolean) => on.evaluate((given) => { (window as unknown as { clew: { consent: (yes: boolean) => void } }).clew.consent(given) }, yes)
      await consent(visitor, true)
      expect(await keys()).toEqual(['clew_touch'])
      await consent(visitor, false)
      expect(await keys()).toEqual([])
      const careful = await open({ locale })
      await careful.addInitScript(() => { Object.defineProperty(navigator, 'globalPrivacyControl', { value: true }) })
      await careful.goto(`${site.url}/?gclid=Cl-2`)
      await expect(careful.getByRole('form')).toBeVisible()
      await consent(careful, true)
      expect(await careful.evaluate(() => localStorage.length), 'stored under GPC').toBe(0)
      watch.outside = []
      site.server.close()
      // The form's own page, in both lights, on a phone.
      for (const colorScheme of ['light', 'dark'] as const) {
        await visitor.emulateMedia({ colorScheme })
        await visitor.setViewportSize({ width: 390, height: 800 })
        await visitor.goto(address)
        await expectAccessible(visitor)
        expect(await visitor.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0)
      }

      await expect(async () => {
        await go(page, `/leads?q=${encodeURIComponent(who)}`)
        expect(numberIn(await heading(page).innerText())).toBe(1)
      }).toPass({ timeout: 15_000 })
    })

    test('the hosted page works without a script: problems, thanks, quarantine and release', async ({ open, watch }) => {
      const page = await open({ locale, role: 'admin' })
      const { address, path } = await aPublishedForm(page, locale, unique('Hosted'), 'https://www.acme.example')
      const who = unique('Hosted')
      const visitor = await open({ locale, javaScript: false })
      await visitor.goto(`${address}?utm_source=bing&msclkid=M-1`)
      await expect(visitor.locator('html')).toHaveAttribute('lang', locale)
      await visitor.getByRole('button', { name: send }).click()
      await expect(visitor.getByText(required).first()).toBeVisible()
      watch.errors = watch.errors.filter((error) => !error.includes('status of 422'))
      await visitor.getByLabel(name).fill(`${who} https://evil.example`)
      await visitor.getByLabel(email).fill(`${who.replace(' ', '.').toLowerCase()}@works.example`)
      await visitor.getByRole('checkbox').check()
      await visitor.getByRole('button', { name: send }).click()
      await expect(heading(visitor)).toHaveText(thanks)
      await expect(visitor.locator('code')).toHaveText(/^rcp_/)

      await expect(async () => {
        await go(page, `${path}?tab=quarantine`)
        await expect(page.getByText(who)).toBeVisible({ timeout: 1_000 })
      }).toPass({ timeout: 15_000 })
      await expect(page.getByText(t('forms:reason.links-in-name'))).toBeVisible()
      await expectAccessible(page)
      await page.getByRole('button', { name: new RegExp(`^${t('forms:quarantine.release')}`) }).click()
      await expect(page.getByText(t('forms:quarantine.emptyTitle'))).toBeVisible()
      await expect(async () => {
        await go(page, `/leads?q=${encodeURIComponent(who)}`)
        expect(numberIn(await heading(page).innerText())).toBe(1)
      }).toPass({ timeout: 15_000 })
    })
  })
}
