import type { Page } from '@playwright/test'
import { expect, expectAccessible, go, LOCALES, ready, test, words } from '~tests/support/e2e'

const nameAt = (page: Page) => page.locator('.q-who h2')
const names = (page: Page) => page.locator('.q-row .q-link').allInnerTexts()

async function openQueue(page: Page, path = '/queue'): Promise<void> {
  await go(page, path)
  await expect(nameAt(page)).toBeVisible()
}

for (const locale of LOCALES) {
  const t = words(locale)

  test.describe(`queue, ${locale}`, () => {
    test('says why each lead stands where it stands, and the sum can be done again', async ({ open }) => {
      const page = await open({ locale, role: 'rep' })
      await openQueue(page)
      const lost = (await page.locator('.q-row .q-lost').allInnerTexts()).map((text) => Number(text.replaceAll(/[^\d.]/g, '')))
      expect(lost.length).toBeGreaterThan(5)
      // Small ones are valued anew while one looks; what comes next stands in order.
      const first = lost.slice(0, 10)
      expect(first).toEqual([...first].sort((a, b) => b - a))
      await page.keyboard.press(' ')
      const because = page.locator('.q-because')
      await expect(because).toHaveAttribute('open', '')
      await expect(because.locator('dt').first()).toHaveText(t('queue:because.amount'))
      const shown = await because.locator('summary b').innerText()
      await expect(because.locator('p').first()).toContainText(`= ${shown}`)
      await expectAccessible(page)
    })

    test('after a call, says what happened or keeps a draft before going on', async ({ open }) => {
      const page = await open({ locale, role: 'rep' })
      await page.addInitScript(() => { document.addEventListener('click', (event) => { if ((event.target as Element).closest('a[href^="tel:"]') !== null) event.preventDefault() }) })
      await openQueue(page)
      const before = await names(page)
      const called = page.waitForResponse((answer) => answer.url().includes('/queue/calls') && answer.request().method() === 'POST')
      await page.keyboard.press('c')
      expect((await called).ok()).toBe(true)
      await expect(page.getByRole('timer')).toBeVisible()
      await page.keyboard.press('j')
      await expect(page.locator('.q-gate')).toContainText(t('queue:gate.say'))
      await expect(nameAt(page)).toHaveText(before[0] ?? '')
      await page.keyboard.press('1')
      await page.keyboard.press('Escape')
      await expect(nameAt(page)).toHaveText(before[1] ?? '')
      await page.keyboard.press('k')
      await expect(nameAt(page)).toHaveText(before[0] ?? '')
      await expect(page.getByRole('button', { name: t('leads:outcome.connected') })).toHaveAttribute('aria-pressed', 'true')
      const logged = page.waitForResponse((answer) => answer.url().includes('/queue/contacts'))
      await page.keyboard.press('Enter')
      await expect(nameAt(page)).toHaveText(before[1] ?? '')
      await logged
      await expect(page.locator('.toast', { hasText: before[0] ?? '' })).toBeVisible()
      await page.keyboard.press('z')
      await expect(nameAt(page)).toHaveText(before[0] ?? '')
    })

    test('snoozes to tomorrow with the keys, finds it under Future, and takes it back', async ({ open }) => {
      const page = await open({ locale, role: 'rep' })
      await openQueue(page)
      const [first = '', second = ''] = await names(page)
      await page.keyboard.press('s')
      await page.getByRole('dialog').getByRole('button', { name: t('queue:step.days3') }).press('Enter')
      await expect(nameAt(page)).toHaveText(second)
      const back = page.waitForResponse((answer) => answer.url().includes('/queue/rest') && (answer.request().postData() ?? '') === 'until=')
      await expect(page.locator('.toast', { hasText: first })).toBeVisible()
      await page.keyboard.press('z')
      await expect(nameAt(page)).toHaveText(first)
      await back
    })

    test('a manager looks into a rep’s queue, under a banner', async ({ open }) => {
      const page = await open({ locale, role: 'manager' })
      await go(page, '/queue')
      const choice = page.getByLabel(t('queue:of.label'))
      const options = await choice.locator('option').allInnerTexts()
      expect(options.length).toBeGreaterThan(1)
      await choice.selectOption({ index: 1 })
      await expect(page).toHaveURL(/of=mem_/)
      await expect(page.locator('.q-of')).toContainText((options[1] ?? '').split(' · ')[0] ?? '')
      const stranger = await page.request.get(`/queue?of=mem_01h${'0'.repeat(23)}`, { headers: { accept: 'text/html' } })
      expect(stranger.status()).toBe(404)
    })

    test('keys can be moved and switched off, for the member', async ({ open }) => {
      const page = await open({ locale, role: 'rep' })
      await go(page, '/settings/shortcuts')
      await page.getByLabel(t('orgs:shortcuts.act.j')).fill('f')
      await page.getByRole('button', { name: t('orgs:shortcuts.save') }).click()
      await expect(page.getByRole('status')).toBeVisible()
      await openQueue(page)
      const before = await names(page)
      await page.keyboard.press('j')
      await expect(nameAt(page)).toHaveText(before[0] ?? '')
      await page.keyboard.press('f')
      await expect(nameAt(page)).toHaveText(before[1] ?? '')
      await go(page, '/settings/shortcuts')
      await page.getByLabel(t('orgs:shortcuts.act.j')).fill('j')
      await page.getByLabel(t('orgs:shortcuts.enabled')).uncheck()
      await page.getByRole('button', { name: t('orgs:shortcuts.save') }).click()
      await expect(page.getByRole('status')).toBeVisible()
      await openQueue(page)
      await page.keyboard.press('j')
      await expect(nameAt(page)).toHaveText((await names(page))[0] ?? '')
      await go(page, '/settings/shortcuts')
      await page.getByLabel(t('orgs:shortcuts.enabled')).check()
      await page.getByRole('button', { name: t('orgs:shortcuts.save') }).click()
      await expect(page.getByRole('status')).toBeVisible()
    })

    test('on a phone the card is the page: nothing runs over, controls are large enough', async ({ open }) => {
      const page = await open({ locale, role: 'rep' })
      await page.setViewportSize({ width: 390, height: 844 })
      await openQueue(page)
      await ready(page)
      expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0)
      const small = await page.locator('main button:visible, main a:visible, main select:visible, main summary:visible').evaluateAll((all) => all.map((each) => ({ box: each.getBoundingClientRect(), text: each.textContent ?? '' })).filter(({ box }) => box.height < 24 || box.width < 24).map(({ text }) => text))
      expect(small).toEqual([])
      const sizes = await page.locator('main input:visible, main select:visible').evaluateAll((all) => all.map((each) => Number.parseFloat(getComputedStyle(each).fontSize)))
      expect(Math.min(...sizes)).toBeGreaterThanOrEqual(16)
      await expect(page.locator('.btn-next:visible')).toHaveCount(1)
    })
  })
}
