import { expect, expectAccessible, go, heading, LOCALES, ready, test, words, type Locale } from '~tests/support/e2e'
import type { Page } from '@playwright/test'

const number = (text: string) => Number(text.replaceAll(/[^\d−-]/g, '').replace('−', '-'))

/** Opens a lead that has a cell; a second try takes another one than the first has changed. */
async function openScored(page: Page): Promise<string> {
  await go(page, '/leads?f=cell.set&f=stage.is.inquiry.qualified.graded&sort=cell&cols=company.cell')
  const row = page.locator('tbody tr').nth(test.info().retry)
  const cell = (await row.locator('.cell-mark .tn').innerText()).trim()
  await row.locator('.row-link').click()
  await expect(page.locator('#score')).toBeVisible()
  await ready(page)
  return cell
}

async function sumOf(page: Page, locale: Locale): Promise<{ fit: number; interest: number; total: number }> {
  const [fit = '', interest = '', total = ''] = (await page.locator('.sc-sum > span.tn').innerText()).split('·')
  expect(locale === 'en' ? fit : total).toMatch(locale === 'en' ? /^fit/ : /合计/)
  return { fit: number(fit), interest: number(interest), total: number(total) }
}

for (const locale of LOCALES) {
  const t = words(locale)

  test.describe(`a lead’s score, ${locale}`, () => {
    test('says its cell and why; is set by hand beside the card’s, ended, objected to, and explained to the customer', async ({ open }) => {
      const page = await open({ locale, role: 'manager' })
      const cell = await openScored(page)
      const panel = page.locator('#score')
      await expect(panel.locator('.sc-cell b')).toHaveText(cell)
      await expect(panel.locator('.sc-said')).toContainText(cell)
      const sum = await sumOf(page, locale)
      expect(sum.fit + sum.interest).toBe(sum.total)
      await panel.locator('.sc-more summary').first().click()
      const points = await panel.locator('.sc-lines td:nth-child(3)').allInnerTexts()
      expect(points.map(number).reduce((all, each) => all + each, 0)).toBe(sum.total)

      await expectAccessible(page)
      const other = cell === '11' ? '44' : '11'
      await panel.getByText(t('score:hand.set'), { exact: true }).click()
      await panel.locator(`input[name="cell"][value="${other}"]`).check()
      await panel.locator('select[name="reason"]').selectOption('strategic')
      await panel.getByRole('button', { name: t('score:hand.save') }).click()
      await expect(panel.locator('.sc-hand')).toContainText(t('score:hand.card', { cell }))
      await expect(panel.locator('.sc-hand')).toContainText(other)
      await expect(panel.locator('.sc-cell b')).toHaveText(cell)
      expect(await sumOf(page, locale)).toEqual(sum)
      await panel.getByRole('button', { name: t('score:hand.end') }).click()
      await expect(panel.locator('.sc-hand')).toHaveCount(0)

      await panel.getByRole('link', { name: t('score:explain.open') }).click()
      const text = page.locator('.sc-text')
      for (const [language, greeting] of [['English', 'Kind regards'], ['简体中文', '此致']] as const) {
        await page.getByRole('link', { name: language, exact: true }).click()
        await expect(text).toHaveValue(new RegExp(greeting))
        await expect(text).not.toHaveValue(/free-mail|decision_maker|channel-kind|undefined|\{\w+\}/)
      }
      await page.reload()
      await ready(page)
      await expectAccessible(page)
      await page.getByRole('button', { name: t('score:explain.copy') }).click()
      expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('此致')
      await page.locator('#main').getByRole('link', { name: t('score:explain.crumb'), exact: true }).click()
      await expect(panel).toBeVisible()

      await page.locator('.ld-people').getByRole('button', { name: t('score:profiling.leaveOut') }).first().click()
      await expect(panel.locator('.sc-sum')).toHaveCount(0)
      await expect(page.locator('.ld-people').getByRole('button', { name: t('score:profiling.takeIn') })).toHaveCount(1)
      await page.locator('.ld-people').getByRole('button', { name: t('score:profiling.takeIn') }).click()
      await expect(panel.locator('.sc-cell b')).toHaveText(cell)
      expect(await sumOf(page, locale)).toEqual(sum)
    })

    test('groups and filters the list by cell', async ({ open }) => {
      const page = await open({ locale, role: 'rep' })
      await go(page, '/leads?group=cell')
      const group = page.locator('.ll-group a').first()
      const name = await group.innerText()
      const cell = /\d\d/.exec(name)?.[0] ?? ''
      await group.click()
      await expect(page).toHaveURL(new RegExp(`f=cell\\.is\\.${cell}`))
      await expect(heading(page)).toBeVisible()
      await expect(page.locator('.ll-chips')).toContainText(cell)
    })
  })
}
