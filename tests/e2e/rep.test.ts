import type { Page } from '@playwright/test'
import { account, expect, forgive, go, heading, LOCALES, numberIn, ready, signIn, test, words, type Locale } from '~tests/support/e2e'

const current = (page: Page) => page.locator('.q-row[aria-current="true"]')
const nameOf = (page: Page) => current(page).locator('.q-link').innerText()

async function openQueue(page: Page): Promise<void> {
  await go(page, '/queue')
  await expect(page.locator('.q-who h2')).toBeVisible()
}

for (const locale of LOCALES) {
  const t = words(locale)

  test.describe(`rep, ${locale}`, () => {
    test('signs in, sees who is next, and signs out', async ({ open }) => {
      const page = await open({ locale })
      await signIn(page, locale, account('rep', locale))
      await expect(page).toHaveURL(/\/queue$/)
      await ready(page)
      await expect(heading(page)).toContainText(t('queue:title', { count: 2, formatted: '' }).trim())
      expect(numberIn(await heading(page).innerText())).toBeGreaterThan(0)
      await expect(page.locator('.q-who h2')).toHaveText(await nameOf(page))
      await page.locator('.app .me summary').click()
      await page.getByRole('button', { name: t('shell:me.signOut') }).click()
      await expect(page.getByText(t('auth:signIn.signedOut'))).toBeVisible()
      await page.goto('/queue')
      await expect(page).toHaveURL(/\/sign-in\?next=/)
    })

    test('logs an outcome with two keys, is on the next lead, and takes it back with Z', async ({ open }) => {
      const page = await open({ locale, role: 'rep' })
      await openQueue(page)
      const done = page.locator('.q-bar a', { hasText: t('queue:done') }).locator('.tn')
      const before = Number(await done.innerText())
      const [first = '', second = ''] = await page.locator('.q-row .q-link').allInnerTexts()
      await page.keyboard.press('2')
      await expect(page.getByRole('button', { name: t('leads:outcome.no_answer') })).toHaveAttribute('aria-pressed', 'true')
      await page.keyboard.press('Enter')
      await expect(page.locator('.q-who h2')).toHaveText(second)
      await expect(page.locator('.q-done')).toContainText(first)
      await expect(done).toHaveText(String(before + 1))
      const toast = page.locator('.toast', { hasText: first })
      await expect(toast).toContainText(t('leads:outcome.no_answer'))
      const undone = page.waitForResponse((answer) => answer.url().includes('undoing') && answer.request().method() === 'POST')
      await page.keyboard.press('z')
      await expect(page.locator('.q-who h2')).toHaveText(first)
      await expect(done).toHaveText(String(before))
      expect((await undone).ok()).toBe(true)
      await page.reload()
      await ready(page)
      await expect(page.locator('.q-row .q-link', { hasText: first }).first()).toBeVisible()
      await expect(done).toHaveText(String(before))
    })

    test('goes through six leads without a hand off the keys', async ({ open }) => {
      const page = await open({ locale, role: 'rep' })
      await openQueue(page)
      const names = await page.locator('.q-row .q-link').allInnerTexts()
      let answered = 0
      page.on('response', (response) => { if (response.url().includes('/contacts')) answered += 1 })
      for (let done = 1; done <= 6; done += 1) {
        await page.keyboard.press('3')
        await page.keyboard.press('Enter')
        await expect(page.locator('.q-who h2')).toHaveText(names[done] ?? '')
        await expect(page.locator('.q-done')).toContainText(names[done - 1] ?? '')
      }
      await expect.poll(() => answered).toBe(6)
      await go(page, '/queue?tab=done')
      await expect(page.locator('.q-row .q-link', { hasText: names[5] ?? '' }).first()).toBeVisible()
    })

    test('moves with J and K, and no key fires while typing or composing', async ({ open }) => {
      const page = await open({ locale, role: 'rep' })
      await openQueue(page)
      const names = await page.locator('.q-row .q-link').allInnerTexts()
      await page.keyboard.press('j')
      await expect(page.locator('.q-who h2')).toHaveText(names[1] ?? '')
      await page.keyboard.press('j')
      await expect(page.locator('.q-who h2')).toHaveText(names[2] ?? '')
      await page.keyboard.press('k')
      await expect(page.locator('.q-who h2')).toHaveText(names[1] ?? '')

      const note = page.getByRole('textbox', { name: t('queue:notePlaceholder') })
      await page.keyboard.press('n')
      await expect(note).toBeFocused()
      await page.keyboard.type('2jkz 1d')
      await expect(note).toHaveValue('2jkz 1d')
      await expect(page.locator('.q-out [aria-pressed="true"]')).toHaveCount(0)
      await expect(page.locator('.q-who h2')).toHaveText(names[1] ?? '')
      // An input method sends these while its window is open; Enter takes a candidate and must send nothing.
      await note.evaluate((field) => {
        for (const key of ['j', '2', 'Enter']) field.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, isComposing: true, keyCode: 229 }))
      })
      await page.keyboard.press('Escape')
      await page.evaluate(() => {
        for (const key of ['j', '2']) document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, isComposing: true, keyCode: 229 }))
      })
      await expect(page.locator('.q-who h2')).toHaveText(names[1] ?? '')
      await expect(page.locator('.q-out [aria-pressed="true"]')).toHaveCount(0)
      await expect(page.locator('.toast')).toHaveCount(0)
    })

    test('takes a lead to won, with what each stage needs', async ({ open, watch }) => {
      const page = await open({ locale, role: 'rep' })
      await go(page, '/leads?owner=me&stage=inquiry&verdict=valid')
      const lead = await untouchedLead(page)
      await page.goto(lead)
      await ready(page)
      await winWithRefusals(page, locale)
      forgive(watch, 422)
      await expect(heading(page)).toContainText(t('leads:detail.titleWon', { name: '' }).trim())
      await expect(page.locator('.ld-revenue')).toContainText(/24[,.]?500/)
    })

    test('sees own leads only', async ({ open }) => {
      const [page, manager] = [await open({ locale, role: 'rep' }), await open({ locale, role: 'manager' })]
      await go(page, '/leads')
      await go(manager, '/leads')
      const [mine, all] = [numberIn(await heading(page).innerText()), numberIn(await heading(manager).innerText())]
      expect(mine).toBeLessThan(all)
      const me = account('rep', locale).name
      const owners = await page.locator('.tbl tbody tr td:nth-child(5)').allInnerTexts()
      expect(new Set(owners)).toEqual(new Set([me]))
      await go(manager, '/leads?owner=none')
      const stranger = await foreignLead(manager, me)
      const answer = await page.request.get(stranger)
      expect(answer.status()).toBe(404)
    })
  })
}

/** A lead of the list with nobody's contact yet, so that the first refusal is due. */
async function untouchedLead(page: Page): Promise<string> {
  const untouched = page.locator('.tbl tbody tr', { has: page.locator('td:nth-child(8)', { hasText: /^—$/ }) })
  const row = (await untouched.count()) > 0 ? untouched.first() : page.locator('.tbl tbody tr').last()
  return (await row.locator('a.row-link').getAttribute('href')) ?? ''
}

async function foreignLead(page: Page, me: string): Promise<string> {
  await go(page, '/leads')
  const row = page.locator('.tbl tbody tr').filter({ hasNot: page.locator('td:nth-child(5)', { hasText: me }) }).first()
  return (await row.locator('a.row-link').getAttribute('href')) ?? ''
}

async function winWithRefusals(page: Page, locale: Locale): Promise<void> {
  const t = words(locale)
  const dialog = page.getByRole('dialog')
  const press = (name: string) => dialog.getByRole('button', { name, exact: true }).click()
  const hasSpoken = (await page.locator('.q-time').innerText()).match(new RegExp(['connected', 'replied', 'met'].map((each) => t(`leads:outcome.${each}`)).join('|')))
  const start = page.locator('.ld-acts').getByRole('button', { name: t('leads:act.qualify'), exact: true })

  await start.click()
  await press(t('leads:act.qualify'))
  await expect(dialog.getByRole('alert')).toHaveText(t(hasSpoken === null ? 'leads:refusal.two-way-contact-missing' : 'leads:refusal.checklist-incomplete'))
  await press(t('common:action.cancel'))
  if (hasSpoken === null) {
    await page.locator('.ld-acts').getByRole('button', { name: t('leads:act.log'), exact: true }).click()
    await dialog.getByLabel(t('leads:form.outcome')).selectOption({ label: t('leads:outcome.connected') })
    await press(t('leads:act.save'))
    await expect(dialog).toHaveCount(0)
    await start.click()
    await press(t('leads:act.qualify'))
    await expect(dialog.getByRole('alert')).toHaveText(t('leads:refusal.checklist-incomplete'))
    await press(t('common:action.cancel'))
  }
  await start.click()
  for (const item of ['need', 'budget']) await dialog.getByRole('group', { name: t(`leads:check.${item}`) }).getByText(t('leads:check.yes'), { exact: true }).click()
  await press(t('leads:act.qualify'))
  await expect(heading(page)).toContainText(t('leads:stage.qualified'))

  await page.locator('.ld-acts').getByRole('button', { name: t('leads:act.grade'), exact: true }).click()
  await press(t('leads:act.grade'))
  await expect(dialog.getByRole('alert')).toBeVisible()
  await dialog.getByText('A', { exact: true }).click()
  await dialog.getByLabel(t('leads:form.amount')).fill('24500')
  await dialog.getByLabel(t('leads:form.monthLabel')).fill('2027-03')
  await press(t('leads:act.grade'))
  await expect(heading(page)).toContainText(t('leads:stage.graded'))

  await page.locator('.ld-acts').getByRole('button', { name: t('leads:act.win'), exact: true }).click()
  await press(t('leads:act.win'))
  await expect(dialog).toHaveCount(0)
}
