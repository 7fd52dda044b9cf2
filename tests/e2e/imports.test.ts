import { expect, go, heading, LOCALES, test, unique, words } from '~tests/support/e2e'

for (const locale of LOCALES) {
  const t = words(locale)

  test(`marketer, ${locale}: imports a Pipedrive export and undoes it`, async ({ open }) => {
    const page = await open({ locale, role: 'marketer' })
    const stem = unique('pd').replace(' ', '-')
    const day = new Date(Date.now() - 5 * 86_400_000).toISOString().slice(0, 10)
    const rows = [
      ['Deal - ID', 'Deal - Deal created', 'Deal - Source channel', 'Person - Name', 'Person - Email - Work', 'Person - Phone - Mobile', 'Organization - Name', 'Deal - Status', 'Deal - Owner', 'Person - Marketing status'],
      [`${stem}-1`, day, `Pipe ${stem}`, '王 导入', `wang@${stem}-a.example`, '', `${stem} A`, 'open', `Nobody ${stem}`, 'subscribed'],
      [`${stem}-2`, day, `Pipe ${stem}`, 'Ann Undo', `ann@${stem}-b.example`, '', `${stem} B`, 'open', '', 'unsubscribed'],
    ]
    await go(page, '/imports')
    await page.getByLabel(t('imports:upload.paste')).fill(rows.map((row) => row.join('\t')).join('\n'))
    await page.getByRole('button', { name: t('imports:upload.submit') }).click()
    await expect(heading(page)).toHaveText(t('imports:sentence.checked', { file: 'pasted.csv', rows: 2, ok: 2 }), { timeout: 30_000 })
    await expect(page.locator('tbody tr', { hasText: 'Deal - Source channel' })).toContainText(t('imports:mapping.why.pipedrive'))
    await expect(page.getByText(t('imports:mapping.consent', { columns: 'Person - Marketing status' }))).toBeVisible()

    // The owner is nobody here: either that is said to be right, or somebody is chosen.
    await page.getByLabel(`Nobody ${stem}`).selectOption('nobody')
    await page.getByRole('button', { name: t('imports:mapping.recheck') }).click()
    await expect(page.getByRole('checkbox')).toHaveCount(0, { timeout: 30_000 })
    await page.getByRole('button', { name: t('imports:run', { n: 2 }) }).click()
    await expect(heading(page)).toHaveText(t('imports:sentence.done', { file: 'pasted.csv', created: 2, updated: 0, failed: 0 }), { timeout: 30_000 })
    const address = page.url()
    await go(page, `/leads?q=${encodeURIComponent(`${stem} A`)}`)
    await expect(page.getByText('王 导入').first()).toBeVisible()

    await go(page, new URL(address).pathname)
    await page.getByRole('button', { name: t('imports:door.undo') }).click()
    await expect(heading(page)).toHaveText(t('imports:sentence.undone', { file: 'pasted.csv' }), { timeout: 30_000 })
    await expect(page.getByText(t('imports:undo.all'))).toBeVisible()
    await go(page, `/leads?q=${encodeURIComponent(`${stem} A`)}`)
    await expect(page.getByText('王 导入')).toHaveCount(0)
  })
}
