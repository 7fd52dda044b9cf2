import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { expect, go, heading, LOCALES, numberIn, test, unique, words } from '~tests/support/e2e'
import { join } from '~tests/support/e2e-join'

const countOf = (page: Page, label: string) => page.locator('main dl > div', { has: page.getByText(label, { exact: true }) }).locator('dd')

for (const locale of LOCALES) {
  const t = words(locale)

  test(`marketer, ${locale}: imports a file with a bad row, and the funnel shows the good ones`, async ({ open }) => {
    const page = await open({ locale, role: 'marketer' })
    const stem = unique('csv').replace(' ', '-')
    const channel = `Fair ${stem}`
    const today = new Date().toISOString().slice(0, 10)
    const rows = [
      ['Lead ID', 'Created At', 'Full Name', 'Email', 'Company', 'Channel'],
      [`${stem}-1`, today, 'Ada Import', `ada@${stem}-one.example`, `${stem} One`, channel],
      [`${stem}-2`, today, '导入 李雷', `lilei@${stem}-two.example`, `${stem} Two`, channel],
      [`${stem}-3`, 'not a day', 'Bad Row', `bad@${stem}-three.example`, `${stem} Three`, channel],
    ]
    await go(page, '/imports')
    await page.getByLabel(t('imports:upload.file')).setInputFiles({ name: `${stem}.csv`, mimeType: 'text/csv', buffer: Buffer.from(rows.map((row) => row.join(',')).join('\n'), 'utf8') })
    await page.getByRole('button', { name: t('imports:upload.submit') }).click()
    await expect(heading(page)).toHaveText(t('imports:sentence.checked', { file: `${stem}.csv`, rows: 3, ok: 2 }), { timeout: 30_000 })
    await expect(countOf(page, t('imports:count.rows'))).toHaveText('3')
    await expect(countOf(page, t('imports:count.failed'))).toHaveText('1')
    await expect(page.getByRole('region', { name: t('imports:noted.title') })).toContainText(t('imports:reason.date-unreadable'))

    await page.getByRole('checkbox', { name: t('imports:check.tick', { n: 1, what: t('imports:reason.date-unreadable') }) }).check()
    await page.getByRole('button', { name: t('imports:run', { n: 2 }) }).click()
    await expect(heading(page)).toHaveText(t('imports:sentence.done', { file: `${stem}.csv`, created: 2, updated: 0, failed: 1 }), { timeout: 30_000 })
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: t('imports:result') }).click()])
    const result = readFileSync(await download.path(), 'utf8')
    for (const name of ['Ada Import', '导入 李雷', 'Bad Row']) expect(result).toContain(name)

    await go(page, '/funnel?period=last-28-days&by=channel&view=cohort')
    const row = page.locator('.tbl-responsive tbody tr', { hasText: channel })
    await expect(row).toHaveCount(1)
    const number = row.locator('a.lnk').first()
    expect(numberIn(await number.innerText())).toBe(2)
    await number.click()
    await expect(page.locator('.tbl tbody tr')).toHaveCount(2)
  })

  test(`marketer, ${locale}: sees as far as the visibility rule, from the next request`, async ({ open }) => {
    const [admin, guest] = [await open({ locale, role: 'admin' }), await open({ locale })]
    await join(admin, guest, locale, 'marketer')
    const set = async (scope: string) => {
      await go(admin, '/settings/visibility')
      const form = admin.locator('form', { has: admin.locator('input[name=role][value=marketer]') })
      await form.locator('select[name=leads]').selectOption(scope)
      const saved = admin.waitForResponse((answer) => answer.request().method() === 'POST')
      await form.getByRole('button', { name: t('orgs:visibility.save') }).click()
      await saved
      await go(admin, '/settings/visibility')
      await expect(form.locator('select[name=leads]')).toHaveValue(scope)
    }
    await go(guest, '/leads')
    expect(numberIn(await heading(guest).innerText())).toBeGreaterThan(1000)
    await set('own')
    try {
      await go(guest, '/leads')
      await expect(guest.locator('main')).toContainText(t('leads:list.empty'))
    } finally {
      await set('all')
    }
    await go(guest, '/leads')
    expect(numberIn(await heading(guest).innerText())).toBeGreaterThan(1000)
  })
}
