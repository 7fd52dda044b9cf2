import { expect, go, heading, LOCALES, ready, test, words } from '~tests/support/e2e'

for (const locale of LOCALES) {
  const t = words(locale)

  test.describe(`lists, ${locale}`, () => {
    test('filters, saves a view, changes it, and takes it away and back', async ({ open }) => {
      const page = await open({ locale, role: 'manager' })
      await go(page, '/leads')
      await page.getByText(t('lists:add'), { exact: true }).click()
      await page.getByRole('link', { name: t('lists:field.stage'), exact: true }).click()
      const editor = page.locator('.ll-editor')
      await editor.getByLabel(t('leads:stage.qualified'), { exact: true }).check()
      await editor.getByRole('button', { name: t('lists:apply') }).click()
      await expect(page).toHaveURL(/f=stage\.is\.qualified/)
      await page.getByText(t('lists:saveAs'), { exact: true }).click()
      await page.getByLabel(t('lists:viewName')).fill(`View ${locale}`)
      await page.locator('.ll-views').getByRole('button', { name: t('lists:save'), exact: true }).click()
      await expect(page.locator('.ll-view-name')).toHaveText(`View ${locale}`)
      await page.getByText(t('lists:manage'), { exact: true }).click()
      await page.getByRole('button', { name: t('lists:delete') }).click()
      await page.getByRole('button', { name: t('lists:undo') }).click()
      await expect(page.locator('.ll-view-name')).toHaveText(`View ${locale}`)
    })

    test('rests three leads at once and undoes it', async ({ open }) => {
      const page = await open({ locale, role: 'manager' })
      await go(page, '/leads?stage=inquiry&verdict=valid')
      // A second try finds the first three as the first one left them.
      const first = test.info().retry * 3
      for (const at of [0, 1, 2]) await page.locator('tbody .ll-tick').nth(first + at).click()
      await page.locator('.ll-sel select').selectOption('snooze')
      await page.getByRole('button', { name: t('lists:bulk.go') }).click()
      await page.getByLabel(t('lists:bulk.until')).fill('2099-01-01T09:00')
      await page.getByRole('button', { name: t('lists:bulk.preview') }).click()
      await page.locator('form[method=post] button.btn-next').click()
      await expect(heading(page)).toHaveText(t('lists:progress.done', { changed: '3', total: '3' }))
      await page.getByRole('button', { name: t('lists:undoAll', { count: 3, formatted: '3' }) }).click()
      await expect(heading(page)).toHaveText(t('lists:progress.undone', { undone: '3', total: '3' }))
    })

    test('selects on a phone: a long press begins, a tap goes on, and what can be done stands under the thumb', async ({ open }) => {
      const page = await open({ locale, role: 'manager', viewport: { width: 390, height: 844 } })
      await go(page, '/leads?stage=inquiry&verdict=valid')
      const cards = page.locator('.cards .card-row')
      const box = await cards.nth(1).boundingBox()
      const touch = await page.context().newCDPSession(page)
      const point = { x: Math.round((box?.x ?? 0) + 60), y: Math.round((box?.y ?? 0) + 20) }
      await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [point] })
      await expect(cards.nth(1).getByRole('checkbox')).toBeChecked()
      await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
      await expect(page).toHaveURL(/\/leads\?/)
      await cards.nth(2).tap()
      const bar = page.locator('.ll-sel')
      await expect(bar.getByRole('status')).toHaveText(t('common:table.selected', { count: 2, formatted: '2' }))
      const place = await bar.boundingBox()
      expect(Math.round((place?.y ?? 0) + (place?.height ?? 0))).toBe(844)
      await bar.locator('select').selectOption('snooze')
      await bar.getByRole('button', { name: t('lists:bulk.go') }).click()
      await expect(heading(page)).toHaveText(t('lists:bulk.title', { count: 2, formatted: '2' }))
      await page.goBack()
      await ready(page)
      await page.getByRole('button', { name: t('lists:pick'), exact: true }).click()
      await cards.nth(0).tap()
      await expect(cards.nth(0).getByRole('checkbox')).toBeChecked()
      await page.getByRole('button', { name: t('lists:pickDone'), exact: true }).click()
      await expect(cards.nth(0).getByRole('checkbox')).toHaveCount(0)
    })

    test('orders by name, says what reports ask for, and offers a file only to whom it is allowed', async ({ open }) => {
      const [page, rep] = [await open({ locale, role: 'manager' }), await open({ locale, role: 'rep' })]
      await go(page, '/leads?answered=no&sla=missed&hour=9')
      await expect(page.locator('.ll-chip')).toHaveCount(3)
      await page.getByRole('link', { name: t('leads:filter.remove', { name: t('lists:promise.missed') }) }).click()
      await expect(page).not.toHaveURL(/sla=/)
      await go(page, '/leads?stage=graded')
      await page.locator('th').first().getByRole('link').click()
      await expect(page).toHaveURL(/sort=name/)
      await expect(page.locator('th[aria-sort="ascending"]')).toContainText(t('leads:list.name'))
      await expect(page.getByRole('link', { name: t('leads:list.export') })).toBeVisible()
      await go(rep, '/leads')
      await expect(rep.getByRole('link', { name: t('leads:list.export') })).toHaveCount(0)
    })

    for (const width of [1440, 390]) {
      test(`moves a card by keyboard, ${width}`, async ({ open }) => {
        const page = await open({ locale, role: 'manager', viewport: { width, height: 844 } })
        await go(page, '/leads?layout=board&verdict=valid')
        const card = page.locator('.ll-card').first()
        await card.getByRole('button').focus()
        await page.keyboard.press('Enter')
        await page.getByRole('menuitem', { name: t('leads:stage.lost'), exact: true }).focus()
        await page.keyboard.press('Enter')
        await expect(page.getByRole('dialog').getByLabel(t('leads:form.reason'))).toBeVisible()
        await page.keyboard.press('Escape')
        await ready(page)
      })
    }
  })
}
