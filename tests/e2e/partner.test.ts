import { expect, forgive, go, heading, LOCALES, numberIn, test, unique, words } from '~tests/support/e2e'

for (const locale of LOCALES) {
  const t = words(locale)

  test.describe(`partner, ${locale}`, () => {
    test('submits a lead and sees its state', async ({ open, watch }) => {
      const page = await open({ locale, role: 'partner' })
      await go(page, '/')
      await expect(page).toHaveURL(/\/partner$/)
      const before = numberIn(await heading(page).innerText())
      const company = unique('Partnerfirma')
      const button = page.getByRole('button', { name: t('partner:form.send') })
      await button.click()
      await expect(page.getByRole('alert').first()).toBeVisible()
      await page.getByLabel(t('partner:form.company')).fill(company)
      await page.getByLabel(t('partner:form.email')).fill(`hello@${company.replace(' ', '-').toLowerCase()}.example`)
      await page.getByLabel(t('partner:form.phone')).fill(locale === 'en' ? '+494066969123' : '+8616199990000')
      await button.click()
      await expect(heading(page)).toHaveText(t('partner:title', { count: before + 1, formatted: (before + 1).toLocaleString('en') }))
      const row = page.locator('.pp-list li', { hasText: company })
      await expect(row).toContainText(t('partner:state.inquiry'))
      forgive(watch, 422)
    })

    test('is told in words that the leads are not theirs', async ({ open, watch }) => {
      const page = await open({ locale, role: 'partner' })
      for (const path of ['/leads', '/queue', '/funnel', '/settings/members']) {
        const answer = await page.goto(path)
        expect(answer?.status(), path).toBe(403)
        await expect(heading(page)).toHaveText(t('errors:title.403'))
        await expect(page.getByText(t('errors:hint.403'))).toBeVisible()
      }
      await expect(page.getByRole('link', { name: t('shell:nav.leads'), exact: true })).toHaveCount(0)
      forgive(watch, 403)
    })
  })
}
