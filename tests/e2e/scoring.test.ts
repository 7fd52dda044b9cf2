import type { Page } from '@playwright/test'
import { expect, expectAccessible, forgive, go, heading, LOCALES, numberIn, test, words } from '~tests/support/e2e'

type Say = ReturnType<typeof words>


/** A new draft from a way that the list offers; answers its address. */
async function newDraft(page: Page, way: string): Promise<string> {
  await go(page, '/scoring')
  await page.locator('.sc-new > summary').click()
  await page.locator('.sc-new form').filter({ hasText: way }).getByRole('button').click()
  await expect(page).toHaveURL(/\/scoring\/scd_[0-9a-z]+$/)
  await expect(page.locator('.sc-keep')).toBeVisible()
  return new URL(page.url()).pathname
}

const lines = (page: Page) => page.locator('.sc-line .sc-acts')

async function addLine(page: Page, t: Say, kind: string, points: string): Promise<void> {
  await page.locator('section[aria-labelledby="of-interest"] select[name="add"]').selectOption(kind)
  await page.locator('section[aria-labelledby="of-interest"]').getByRole('button', { name: t('scoring:line.next') }).click()
  await page.locator('.sc-form input[name="points"]').fill(points)
  await page.locator('.sc-form').getByRole('button', { name: t('scoring:line.add') }).click()
}

const save = (page: Page, t: Say) => page.locator('.sc-keep').getByRole('button', { name: t('scoring:edit.save') })
const told = (page: Page) => page.locator('.sc-keep [role="status"]')

for (const locale of LOCALES) {
  const t = words(locale)

  test.describe(`score card, ${locale}`, () => {
    test('is built, tested, published and scores every lead', async ({ open }) => {
      test.setTimeout(180_000)
      const page = await open({ locale, role: 'manager' })
      const path = await newDraft(page, t('scoring:template.general.name'))
      const before = await lines(page).count()
      await addLine(page, t, 'asked-again', '7')
      await expect(lines(page)).toHaveCount(before + 1)
      await expect(told(page)).toHaveText(t('scoring:edit.unsaved'))
      await page.getByLabel(t('scoring:edit.note')).fill('e2e')
      await save(page, t).click()
      await expect(told(page)).toHaveText(t('scoring:edit.saved'))
      await page.locator('.sc-keep').getByRole('link', { name: t('scoring:report.open') }).click()
      await expect(page.locator('#publish')).toContainText(t('scoring:publish.not.card-not-tested'))
      // Of what was won there are too few in the small world; what qualified can be judged.
      await page.getByLabel(t('scoring:test.outcome')).selectOption('qualified')
      await page.getByRole('button', { name: t('scoring:test.run') }).click()
      await expect(page.locator('.sc-quality tbody tr')).toHaveCount(6, { timeout: 90_000 })
      await expect(page.locator('.sc-deciles tbody tr')).toHaveCount(10)
      await expect(heading(page)).toContainText('%')
      // Afresh: what a pressed button has announced points for some seconds at a button that is gone.
      await go(page, `${path}/report`)
      await expectAccessible(page)
      await page.locator('#publish').getByRole('checkbox').check()
      await page.locator('#publish').getByRole('button', { name: t('scoring:publish.do') }).click()
      await expect(page).toHaveURL(/\/scoring$/)
      // The page follows by itself: the bar goes, and the sentence counts what was scored.
      await expect(page.locator('[role="progressbar"]')).toHaveCount(0, { timeout: 120_000 })
      await expect.poll(async () => page.locator('.cell-map a').count(), { timeout: 30_000 }).toBeGreaterThan(3)
      await go(page, '/scoring')
      await expectAccessible(page)
      await go(page, path)
      await expect(page.locator('.sc-keep')).toHaveCount(0)
      await expect(page.locator('main')).toContainText(t('scoring:card.readOnly'))
    })

    test('a cell opens as many leads as it says, and each says its cell', async ({ open }) => {
      const page = await open({ locale, role: 'manager' })
      await expect(async () => {
        await go(page, '/scoring')
        const cell = page.locator('.cell-map a').first()
        const said = numberIn(await cell.locator('b').innerText())
        await go(page, (await cell.getAttribute('href')) ?? '')
        expect(numberIn(await heading(page).innerText())).toBe(said)
      }).toPass({ timeout: 40_000 })
      const [cell = ''] = /(?<=cell\.is\.)\d\d/.exec(page.url()) ?? []
      await go(page, (await page.locator('.tbl tbody a.row-link').first().getAttribute('href')) ?? '')
      await expect(page.getByRole('img', { name: t('common:score.cell', { cell, fit: cell[0], interest: cell[1] }) }).first()).toBeVisible()
    })

    test('says what is wrong beside the line, undoes, and guards what is unsaved', async ({ open, watch }) => {
      const page = await open({ locale, role: 'manager' })
      const path = await newDraft(page, t('scoring:new.empty'))
      await addLine(page, t, 'reply', '0')
      await expect(page.locator('.sc-line').filter({ hasText: t('scoring:say.reply') })).toContainText(t('scoring:fault.no-points'))
      await save(page, t).click()
      await expect(page.getByRole('alert')).toContainText(t('scoring:refusal.card-faulty'))
      forgive(watch, 422)
      await page.locator('.app > .nav a[href="/leads"]').click()
      const guard = page.getByRole('alertdialog')
      await expect(guard).toContainText(t('scoring:guard.text'))
      await guard.getByRole('button', { name: t('common:action.cancel') }).click()
      await expect(page).toHaveURL(new RegExp(`${path}$`))
      await page.locator('.sc-keep').getByRole('button', { name: t('scoring:edit.undo') }).click()
      await expect(lines(page)).toHaveCount(0)
      await expect(told(page)).toHaveText(t('scoring:edit.saved'))
      await page.getByRole('button', { name: t('scoring:card.discard') }).click()
      await expect(page).toHaveURL(/\/scoring$/)
    })

    test('without a script a line is added and taken away', async ({ open }) => {
      const page = await open({ locale, role: 'manager', javaScript: false })
      await page.goto('/scoring')
      await page.locator('.sc-new > summary').click()
      await page.locator('.sc-new form').filter({ hasText: t('scoring:new.empty') }).getByRole('button').click()
      const interest = page.locator('section[aria-labelledby="of-interest"]')
      await interest.locator('select[name="add"]').selectOption('webinar')
      await interest.getByRole('button', { name: t('scoring:line.next') }).click()
      await page.locator('.sc-form input[name="minutes"]').fill('30')
      await page.locator('.sc-form input[name="points"]').fill('12')
      await page.locator('.sc-form').getByRole('button', { name: t('scoring:line.add') }).click()
      await expect(interest.locator('.sc-line')).toContainText(t('scoring:say.webinar', { count: 30 }))
      await interest.getByRole('button', { name: t('scoring:line.removeOf', { line: t('scoring:say.webinar', { count: 30 }) }) }).click()
      await expect(interest.locator('.sc-line')).toHaveCount(0)
      await page.getByRole('button', { name: t('scoring:card.discard') }).click()
      await expect(page).toHaveURL(/\/scoring$/)
    })

    test('is built on a phone', async ({ open }) => {
      const page = await open({ locale, role: 'admin', viewport: { width: 390, height: 844 } })
      await newDraft(page, t('scoring:new.empty'))
      await addLine(page, t, 'asked-again', '5')
      await expect(lines(page)).toHaveCount(1)
      expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0)
      await save(page, t).click()
      await expect(told(page)).toHaveText(t('scoring:edit.saved'))
      await page.getByRole('button', { name: t('scoring:card.discard') }).click()
    })

    test('is learned from outcomes, or says what is missing', async ({ open }) => {
      test.setTimeout(120_000)
      const page = await open({ locale, role: 'manager' })
      await go(page, '/scoring/learning')
      await page.getByRole('button', { name: t('scoring:learn.submit') }).click()
      const learned = page.locator('section[aria-labelledby="of-fit"] .sc-line').first()
      const missing = page.getByText(t('scoring:missing.title'))
      await expect(learned.or(missing).first()).toBeVisible({ timeout: 90_000 })
      if (await learned.isVisible()) await go(page, page.url())
      await expectAccessible(page)
    })
  })
}

test('whoever may not set the organisation up is refused', async ({ open, watch }) => {
  const page = await open({ locale: 'en', role: 'rep' })
  const answer = await page.goto('/scoring')
  expect(answer?.status()).toBe(403)
  forgive(watch, 403)
})
