import { expect, LOCALES, ready, test, words } from '~tests/support/e2e'

for (const locale of LOCALES) {
  test(`the bell tells live, is read and taken back, ${locale}`, async ({ open }) => {
    const say = words(locale)
    const page = await open({ locale, role: 'marketer' })
    await page.goto('/funnel')
    await ready(page)
    const bell = page.locator('.app .bell')
    const unread = async () => Number(/\d+/.exec((await bell.getAttribute('aria-label')) ?? '')?.[0] ?? 0)
    const before = await unread()
    const other = await open({ locale, role: 'marketer' })
    await other.goto('/settings/notifications')
    await ready(other)
    await other.getByRole('button', { name: say('notices:settings.test') }).click()
    await expect(other.getByText(say('notices:settings.tested'))).toBeVisible()
    // No reload: the first page hears of it.
    await expect.poll(unread, { timeout: 20_000 }).toBeGreaterThan(before)
    await bell.click()
    const panel = page.getByRole('dialog', { name: say('shell:bell.title') })
    await expect(panel.locator('[data-kind="test"]')).toHaveCount(1)
    await panel.getByRole('button', { name: say('shell:bell.readAll') }).click()
    await expect(page.locator('.bell-count')).toHaveCount(0)
    await expect(page.locator('.toast')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(panel).toHaveCount(0)
    await page.keyboard.press('z')
    await expect(page.locator('.bell-count').first()).toHaveText(/^\d+\+?$/)
  })

  test(`what is chosen holds, without a script, ${locale}`, async ({ open }) => {
    const say = words(locale)
    const page = await open({ locale, role: 'manager', javaScript: false })
    await page.goto('/settings/notifications')
    await page.locator('select[name="channels.lead_lost.mail"]').selectOption('never')
    await page.locator('input[name="channels.lead_lost.browser"]').check()
    await page.getByRole('button', { name: say('notices:settings.save') }).click()
    await page.goto('/settings/notifications')
    await expect(page.locator('select[name="channels.lead_lost.mail"]')).toHaveValue('never')
    await expect(page.locator('input[name="channels.lead_lost.browser"]')).toBeChecked()
    await expect(page.locator('input[name="channels.sla_breached.app"]')).toBeChecked()
  })
}
