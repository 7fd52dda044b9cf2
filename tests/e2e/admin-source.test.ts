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

    test('connects Google Ads, is warned that nobody outside reaches the address, and sees the platform’s test and a lead', async ({ open, request }) => {
      const page = await open({ locale, role: 'admin' })
      const source = await connect(page, locale, 'google-ads', { name: unique('Google') })
      await expect(page.getByText(t('sources:reach.this-machine'))).toBeVisible()
      const send = (more: object) => request.post(source.url, { data: { google_key: source.secret, api_version: '1.0', form_id: 1, campaign_id: 2, ...more } })
      const column = (id: string, value: string, name?: string) => ({ column_id: id, string_value: value, column_name: name })
      expect((await send({ lead_id: 'TeSter-1', is_test: true, user_column_data: [column('FULL_NAME', 'FirstName LastName')] })).status()).toBe(200)
      await expect(page.getByText(t('sources:made.arrived', { verdict: t('sources:verdict.test') }))).toBeVisible({ timeout: 15_000 })
      const person = unique('Googler')
      const mail = `${person.replace(' ', '-').toLowerCase()}@gmail.com`
      expect((await send({ lead_id: person, user_column_data: [column('EMAIL', mail), column('who', person, 'Who?')] })).status()).toBe(200)
      await page.getByRole('link', { name: t('sources:made.open') }).click()
      await ready(page)
      await expect(page.getByText(t('sources:verdict.processed'))).toBeVisible({ timeout: 15_000 })
      // The form's own question becomes the name, for what came as well.
      await go(page, `${new URL(page.url()).pathname}/fields`)
      await page.getByLabel('Who?').selectOption({ label: t('sources:field.name') })
      await page.getByRole('button', { name: t('sources:one.save') }).click()
      await page.getByRole('link', { name: t('sources:map.past') }).click()
      await expect(page.getByRole('listitem').filter({ hasText: t('sources:replay.one.filled') })).toHaveCount(1)
      await expect(page.locator('main')).toContainText(person)
      await page.getByRole('button', { name: t('sources:replay.confirm', { count: 2, n: '2' }) }).click()
      await expect(async () => {
        await go(page, `/leads?q=${encodeURIComponent(person)}`)
        expect(numberIn(await heading(page).innerText())).toBe(1)
      }).toPass({ timeout: 15_000 })
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
      await page.getByRole('link', { name: t('sources:delivery.replay') }).click()
      await expect(heading(page)).toHaveText(t('sources:replay.titleNone', { count: 1, looked: '1' }))
      await page.getByRole('button', { name: t('sources:replay.confirm', { count: 1, n: '1' }) }).click()
      await expect(page.getByText(t('sources:log.replayed', { count: 1, n: '1' }))).toBeVisible()
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
