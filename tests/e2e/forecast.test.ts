import { account, expect, go, heading, LOCALES, numberIn, test, words } from '~tests/support/e2e'

for (const locale of LOCALES) {
  const t = words(locale)

  test.describe(`forecast, ${locale}`, () => {
    test('says what is expected; every count of leads opens as many; it is cut, filtered and exported', async ({ open }) => {
      test.setTimeout(120_000)
      const page = await open({ locale, role: 'manager' })
      // Others work in the same world meanwhile: a difference counts when it is there to stay.
      await expect(async () => {
        await go(page, '/forecast')
        const links = await page.locator('.tbl a[href^="/forecast/leads"]').evaluateAll((all) => all.map((link) => ({ href: link.getAttribute('href') ?? '', text: link.textContent ?? '' })))
        const counts = links.filter(({ text, href }) => !href.includes('won=1') && !href.includes('step=') && !text.includes('.'))
        expect(counts.length).toBeGreaterThan(5)
        const wrong: string[] = []
        for (const { href, text } of counts) {
          const said = /<h1[^>]*>(.*?)<\/h1>/.exec(await (await page.request.get(href)).text())?.[1] ?? ''
          if (numberIn(said) !== numberIn(text)) wrong.push(`${href}: shown ${text}, opened ${said}`)
        }
        expect(wrong).toEqual([])
      }).toPass({ timeout: 100_000 })
      await page.locator('.bar').getByRole('link', { name: t('forecast:by.channel'), exact: true }).click()
      await expect(page).toHaveURL(/by=channel/)
      await page.locator('select[name=owner]').selectOption({ label: account('rep', locale).name })
      await page.getByRole('button', { name: t('forecast:show'), exact: true }).click()
      await expect(page).toHaveURL(/owner=mem_/)
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: t('forecast:export'), exact: true }).click()])
      expect(download.suggestedFilename()).toMatch(/^forecast_channel_.*\.csv$/)
    })

    test('a suggestion stands beside the grade, leaves it alone, and is counted with it', async ({ open }) => {
      const page = await open({ locale, role: 'manager' })
      await go(page, '/leads?stage=qualified&verdict=valid')
      const href = await page.locator('.tbl tbody a.row-link').last().getAttribute('href')
      await go(page, href ?? '')
      await page.locator('.ld-acts').getByRole('button', { name: t('leads:act.grade'), exact: true }).click()
      const dialog = page.getByRole('dialog')
      await expect(dialog.getByRole('status').filter({ hasText: 'Clew' })).toBeVisible()
      await dialog.locator('input[name=grade][value=B]').check({ force: true })
      await dialog.locator('input[name=amount]').fill('12000')
      await dialog.locator('input[name=month]').fill('2027-03')
      await dialog.getByRole('button', { name: t('leads:act.grade'), exact: true }).click()
      await expect(dialog).toHaveCount(0)
      await expect(page.locator('.ld-state')).toContainText(t('leads:grade.B'))
      await go(page, '/leads?verdict=valid&grading=given-B')
      await expect.poll(async () => numberIn(await heading(page).innerText())).toBeGreaterThan(0)
      await go(page, '/forecast')
      await expect(page.locator('a[href*="grading=any"]').first()).toBeVisible()
    })
  })
}
