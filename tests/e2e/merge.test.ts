import type { Page } from '@playwright/test'
import { expect, forgive, go, heading, LOCALES, test, words } from '~tests/support/e2e'

type Typed = { name: string; company: string; phone: string; email: string }

async function type(page: Page, { name, company, phone, email }: Typed): Promise<void> {
  await go(page, '/leads/new')
  await page.locator('input[name=name]').fill(name)
  await page.locator('input[name=company]').fill(company)
  await page.locator('input[name=phone]').fill(phone)
  await page.locator('input[name=email]').fill(email)
  await page.locator('form button[type=submit]').last().click()
}

for (const locale of LOCALES) {
  const t = words(locale)
  const mark = locale === 'en' ? 'Alder' : '桤木'
  const mail = locale === 'en' ? 'alder' : 'qimu'
  const digits = locale === 'en' ? '1' : '2'

  test.describe(`merge, ${locale}`, () => {
    test('two companies become one and are split again', async ({ open }) => {
      const page = await open({ locale, role: 'manager' })
      await type(page, { name: `${mark} One`, company: `${mark} Works`, phone: `+49151000000${digits}1`, email: `one@${mail}-works.example.org` })
      await page.waitForURL(/\/leads\/lead_/)
      const kept = await page.locator('a[href^="/companies/"]').first().getAttribute('href') ?? ''
      await type(page, { name: `${mark} Two`, company: `${mark} Systems`, phone: `+49151000000${digits}2`, email: `two@${mail}-systems.example.net` })
      await page.waitForURL(/\/leads\/lead_/)
      const second = page.url()
      await go(page, kept)
      await page.getByRole('link', { name: t('merging:mergeWith') }).click()
      await page.getByRole('searchbox', { name: t('merging:search.label') }).fill(`${mark} Systems`)
      await page.getByRole('button', { name: t('merging:search.find') }).click()
      await page.getByRole('link', { name: `${t('merging:search.pick')} ${mark} Systems` }).click()
      await expect(heading(page)).toContainText(t('merging:new.title', { kept: `${mark} Works`, gone: `${mark} Systems` }))
      await page.getByRole('button', { name: t('merging:new.do'), exact: true }).click()
      await page.waitForURL(`**${kept}`)
      await expect(page.getByText(t('merging:log.line', { kept: `${mark} Works`, gone: `${mark} Systems` }))).toBeVisible()
      await page.goto(second)
      await expect(page.getByText(t('leads:detail.duplicate'))).toBeVisible()
      await go(page, kept)
      await page.getByRole('link', { name: t('merging:log.splitOne', { gone: `${mark} Systems` }) }).click()
      await page.getByRole('button', { name: t('merging:split.do'), exact: true }).click()
      await page.waitForURL(`**${kept}`)
      await page.goto(second)
      await expect(page.getByText(t('leads:detail.duplicate'))).toHaveCount(0)
    })

    test('who is known is told of before anything is saved, without a script too', async ({ open, watch }) => {
      const page = await open({ locale, role: 'manager', javaScript: false })
      const typed = { name: `${mark} Three`, company: `${mark} Forge`, phone: `+49151000000${digits}3`, email: '' }
      for (const step of ['new', 'known']) {
        await page.goto('/leads/new')
        for (const [name, value] of Object.entries(typed)) await page.locator(`input[name=${name}]`).fill(value)
        await page.locator('form button[type=submit]').last().click()
        if (step === 'new') await page.waitForURL(/\/leads\/lead_/)
      }
      await expect(page.getByText(t('leads:add.knownPerson'))).toBeVisible()
      await expect(page.locator('input[name=company]')).toHaveValue(typed.company)
      forgive(watch, 409)
      await page.getByRole('button', { name: t('leads:add.anyway') }).click()
      await expect(heading(page)).toContainText(t('leads:add.joinedTitle'))
    })
  })
}
