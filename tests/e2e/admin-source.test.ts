import { expect, go, heading, LOCALES, numberIn, ready, test, unique, words } from '~tests/support/e2e'
import { connect, leadBody, sendSigned } from '~tests/support/e2e-sources'

for (const locale of LOCALES) {
  const t = words(locale)

  test.describe(`administrator, sources, ${locale}`, () => {
    test('connects a source, sees the secret once, and the page tells when the first lead is there', async ({ open, request }) => {
      const page = await open({ locale, role: 'admin' })
      const source = await connect(page, locale, 'standard', { name: unique('Wizard') })
      await expect(page.getByText(t('sources:made.once'))).toBeVisible()
      await expect(page.getByText(t('sources:made.waiting'))).toBeVisible()
      const name = unique('First')
      const sent = await sendSigned(request, source, `msg_${name.replace(' ', '')}`, leadBody({ external_id: name, full_name: name, email: `first@${name.replace(' ', '-').toLowerCase()}.example` }))
      expect(sent.status()).toBeLessThan(300)
      await expect(page.getByText(t('sources:made.arrived', { verdict: t('sources:verdict.processed') }))).toBeVisible({ timeout: 15_000 })
      await page.getByRole('link', { name: t('sources:made.open') }).click()
      await expect(page.locator('main')).toContainText(source.url)
      await expect(page.locator('main')).not.toContainText(source.secret)
      await page.getByRole('button', { name: t('sources:one.test') }).click()
      await expect(page.getByRole('status').filter({ hasText: /\d{3}/ })).toBeVisible()
    })

    test('opens a delivery and replays it: no second lead', async ({ open, request }) => {
      const page = await open({ locale, role: 'admin' })
      const source = await connect(page, locale, 'standard', { name: unique('Replay') })
      const name = unique('Replayed')
      const body = leadBody({ external_id: name, full_name: name, email: `again@${name.replace(' ', '-').toLowerCase()}.example` })
      await sendSigned(request, source, `msg_${name.replace(' ', '')}`, body)
      await page.getByRole('link', { name: t('sources:made.see') }).click({ timeout: 15_000 })
      await ready(page)
      await expect(heading(page)).toContainText(source.name)
      await expect(page.getByRole('region', { name: t('sources:delivery.body') })).toContainText(name)
      await page.getByRole('button', { name: t('sources:delivery.replay') }).click()
      await expect(page.getByText(t('sources:delivery.replayed'))).toBeVisible()
      // The same reading changes nothing, so there is nothing to wait for but work that was asked for later.
      const later = unique('Later')
      await sendSigned(request, source, `msg_${later.replace(' ', '')}`, leadBody({ external_id: later, full_name: later }))
      await expect(async () => {
        await go(page, `/leads?q=${encodeURIComponent(later)}`)
        expect(numberIn(await heading(page).innerText())).toBe(1)
      }).toPass({ timeout: 15_000 })
      await go(page, `/leads?q=${encodeURIComponent(name)}`)
      expect(numberIn(await heading(page).innerText())).toBe(1)
      await go(page, `/deliveries`)
      await expect(page.locator('.tbl tbody tr', { hasText: source.name })).toHaveCount(2)
    })

    test('a wrong signature is refused and kept in the log', async ({ open, request }) => {
      const page = await open({ locale, role: 'admin' })
      const source = await connect(page, locale, 'standard', { name: unique('Forged') })
      const forged = await sendSigned(request, { ...source, secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' }, 'msg_forged', leadBody({ full_name: 'Forger' }))
      expect(forged.status()).toBe(401)
      await go(page, '/deliveries?state=rejected')
      await expect(page.locator('.tbl tbody')).toContainText(t('sources:issue.signature-wrong'))
    })
  })
}
