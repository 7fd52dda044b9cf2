import type { Page } from '@playwright/test'
import { account, expect, expectAccessible, go, LOCALES, ready, test, unique, words } from '~tests/support/e2e'

const nameAt = (page: Page) => page.locator('.q-who h2')
const names = (page: Page) => page.locator('.q-row .q-link').allInnerTexts()

/** The names from the lead at hand on: others come in while one looks, so it need not be the first. */
async function fromHere(page: Page): Promise<string[]> {
  const [all, here] = [await names(page), await nameAt(page).innerText()]
  return all.slice(Math.max(0, all.indexOf(here)))
}

/** The same from the first lead on that has a number to call. */
async function fromCallable(page: Page): Promise<string[]> {
  for (let looked = 0; looked < 20; looked += 1) {
    await expect(page.locator('.q-reach')).toBeVisible()
    const [here, next] = await fromHere(page)
    if (next === undefined || (await page.locator('#q-call').isVisible())) break
    await page.keyboard.press('j')
    // Two may have one name: the card of the next is there when its own reach is.
    if (next !== here) await expect(nameAt(page)).toHaveText(next)
  }
  return fromHere(page)
}

async function openQueue(page: Page, path = '/queue'): Promise<void> {
  await go(page, path)
  await expect(nameAt(page)).toBeVisible()
}

/** Numbers are not dialled in a test. */
const dialNothing = (page: Page) => page.addInitScript(() => { document.addEventListener('click', (event) => { if ((event.target as Element).closest('a[href^="tel:"]') !== null) event.preventDefault() }) })
const answered = (page: Page, door: string) => page.waitForResponse((answer) => answer.url().includes(door) && answer.request().method() === 'POST')

for (const locale of LOCALES) {
  const t = words(locale)

  test.describe(`queue, ${locale}`, () => {
    test('says why each lead stands where it stands, and the sum can be done again', async ({ open }) => {
      const page = await open({ locale, role: 'rep' })
      await openQueue(page)
      // A world told a moment ago is valued by the worker while the first pages are read.
      await expect(async () => {
        await openQueue(page)
        expect(await page.locator('.q-row .q-lost').count()).toBeGreaterThan(5)
      }).toPass({ timeout: 30_000 })
      const lost = (await page.locator('.q-row .q-lost').allInnerTexts()).map((text) => Number(text.replaceAll(/[^\d.]/g, '')))
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
      await dialNothing(page)
      await openQueue(page)
      const before = await fromCallable(page)
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

    test('whose queue is chosen before the page answers is looked into all the same', async ({ open }) => {
      const page = await open({ locale, role: 'manager' })
      let letIn = () => {}
      const held = new Promise<void>((resolve) => { letIn = resolve })
      await page.route('**/assets/*.js', async (route) => { await held; await route.continue() })
      await page.goto('/queue', { waitUntil: 'commit' })
      const choice = page.getByLabel(t('queue:of.label'))
      await choice.selectOption({ index: 1 })
      const wanted = await choice.inputValue()
      letIn()
      await expect(page).toHaveURL(new RegExp(`of=${wanted}`))
      await expect(page.locator('.q-of')).toBeVisible()
      const nobody = await page.request.get('/queue?of=mem', { headers: { accept: 'text/html' } })
      expect(nobody.status()).toBeGreaterThanOrEqual(400)
    })

    test('the organisation’s own outcomes stand on the pad with their keys, and say what they are called', async ({ open }) => {
      const [admin, page] = [await open({ locale, role: 'admin' }), await open({ locale, role: 'rep' })]
      const name = unique('Price')
      await go(admin, '/settings/outcomes')
      const form = admin.locator('form', { has: admin.getByRole('button', { name: t('orgs:outcomes.add'), exact: true }) })
      await form.locator('[name="labelEn"]').fill(name)
      await form.locator('[name="labelZh"]').fill(name)
      await form.locator('select[name="nextStep"]').selectOption('tomorrow')
      await form.getByRole('button', { name: t('orgs:outcomes.add'), exact: true }).click()
      await expect(admin.locator(`[data-outcome="${name}"]`)).toBeVisible()

      await openQueue(page)
      const pad = page.locator('.q-out button')
      expect((await pad.allInnerTexts()).slice(0, 6).map((text) => text.split('\n')[0])).toEqual(['connected', 'no_answer', 'busy', 'wrong_number', 'callback', 'wechat_added'].map((each) => t(`leads:outcome.${each}`)))
      const button = pad.filter({ hasText: name })
      const [first = '', second = ''] = await names(page)
      await page.keyboard.press(await button.locator('.kbd').innerText())
      await expect(button).toHaveAttribute('aria-pressed', 'true')
      await expect(page.locator('.q-steps [aria-pressed="true"]')).toHaveText(t('queue:step.tomorrow'))
      const logged = answered(page, '/queue/contacts')
      await page.keyboard.press('Enter')
      await expect(nameAt(page)).toHaveText(second)
      await expect(page.locator('.q-done')).toContainText(name)
      expect((await logged).ok()).toBe(true)
      await expect(page.locator('.toast', { hasText: first })).toContainText(name)
      await go(page, '/queue?tab=done')
      await expect(page.locator('.q-row', { hasText: first }).first()).toContainText(name)
      const archive = admin.locator(`[data-outcome="${name}"] button[name="isArchived"]`)
      await archive.click()
      await expect(archive).toHaveAttribute('value', 'false')
    })

    test('who calls is seen by another, until the outcome or until the page is left', async ({ open }) => {
      const [rep, manager] = [await open({ locale, role: 'rep' }), await open({ locale, role: 'manager' })]
      await dialNothing(rep)
      const me = account('rep', locale).name
      await go(manager, '/queue')
      await manager.getByLabel(t('queue:of.label')).selectOption({ label: (await manager.getByLabel(t('queue:of.label')).locator('option').allInnerTexts()).find((text) => text.startsWith(me)) ?? '' })
      await expect(manager.locator('.q-of')).toContainText(me)
      const calling = manager.locator('.q-row', { hasText: t('queue:isCalling', { name: me }) })
      await openQueue(rep)
      await fromCallable(rep)
      await rep.keyboard.press('c')
      await expect(calling).toHaveCount(1)
      await rep.keyboard.press('3')
      await rep.keyboard.press('Enter')
      await expect(calling).toHaveCount(0)
      await expect(rep.locator('.toast')).toBeVisible()
      const undone = answered(rep, 'undoing')
      await rep.keyboard.press('z')
      expect((await undone).ok()).toBe(true)
      const called = answered(rep, '/queue/calls')
      await rep.keyboard.press('c')
      expect((await called).ok()).toBe(true)
      await expect(calling).toHaveCount(1)
      await rep.goto('/tasks')
      await expect(calling).toHaveCount(0)
    })

    test('A gives one’s lead back with a reason; the queue goes on', async ({ open }) => {
      const page = await open({ locale, role: 'rep' })
      await openQueue(page)
      const [first = '', second = ''] = await names(page)
      await page.keyboard.press('a')
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel(t('leads:form.reason')).selectOption('too_many')
      const returned = answered(page, '/queue/return')
      await dialog.getByRole('button', { name: t('queue:assign.give') }).click()
      expect((await returned).ok()).toBe(true)
      await expect(nameAt(page)).toHaveText(second)
      await expect(page.locator('.toast', { hasText: first })).toBeVisible()
      await go(page, '/pool/lost')
      await expect(page.getByText(t('pool:reason.too_many')).first()).toBeVisible()
    })

    test('keys rest while an input method composes; the palette finds a lead by its pinyin', async ({ open }) => {
      const page = await open({ locale, role: 'rep' })
      await openQueue(page)
      const before = await names(page)
      const method = await page.context().newCDPSession(page)
      const compose = (text: string) => method.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
      await page.keyboard.press('n')
      const note = page.getByRole('textbox', { name: t('queue:notePlaceholder') })
      await expect(note).toBeFocused()
      await compose('jia2')
      await expect(note).toHaveValue('jia2')
      await page.keyboard.press('Escape')
      await method.send('Input.insertText', { text: '价格' })
      await expect(nameAt(page)).toHaveText(before[0] ?? '')
      await expect(page.locator('.q-out [aria-pressed="true"]')).toHaveCount(0)
      await expect(page.locator('.toast')).toHaveCount(0)

      await openQueue(page)
      await page.keyboard.press('ControlOrMeta+k')
      const search = page.getByRole('searchbox')
      await expect(search).toBeFocused()
      await compose('wang')
      await expect(search).toHaveValue('wang')
      const asked = page.waitForResponse((answer) => answer.url().includes('/search/records'))
      // The syllables are left as they stand, which is how a name is looked for by its pinyin.
      await method.send('Input.insertText', { text: locale === 'en' ? (before[0] ?? '').slice(0, 4) : 'wang' })
      expect((await asked).ok()).toBe(true)
      const found = page.getByRole('dialog').getByRole('menuitem').first()
      await expect(found).toBeVisible()
      await expect(found).toContainText(locale === 'en' ? (before[0] ?? '').slice(0, 4) : /[王汪旺]/)
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
      await expect(page).toHaveURL(/\/(?:leads|people|companies)\//)
    })

    test('keys can be moved and switched off, for the member', async ({ open }) => {
      const page = await open({ locale, role: 'rep' })
      await go(page, '/settings/shortcuts')
      await page.getByLabel(t('orgs:shortcuts.act.j')).fill('f')
      await page.getByRole('button', { name: t('orgs:shortcuts.save') }).click()
      await expect(page.locator('main').getByRole('status')).toBeVisible()
      await openQueue(page)
      const before = await fromHere(page)
      await page.keyboard.press('j')
      await expect(nameAt(page)).toHaveText(before[0] ?? '')
      await page.keyboard.press('f')
      await expect(nameAt(page)).toHaveText(before[1] ?? '')
      await go(page, '/settings/shortcuts')
      await page.getByLabel(t('orgs:shortcuts.act.j')).fill('j')
      await page.getByLabel(t('orgs:shortcuts.enabled')).uncheck()
      await page.getByRole('button', { name: t('orgs:shortcuts.save') }).click()
      await expect(page.locator('main').getByRole('status')).toBeVisible()
      await openQueue(page)
      const here = await nameAt(page).innerText()
      await page.keyboard.press('j')
      await expect(nameAt(page)).toHaveText(here)
      await go(page, '/settings/shortcuts')
      await page.getByLabel(t('orgs:shortcuts.enabled')).check()
      await page.getByRole('button', { name: t('orgs:shortcuts.save') }).click()
      await expect(page.locator('main').getByRole('status')).toBeVisible()
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
