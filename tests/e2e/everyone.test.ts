import { account, expect, forgive, go, heading, LOCALES, ready, test, words } from '~tests/support/e2e'

for (const locale of LOCALES) {
  const t = words(locale)

  test.describe(`everyone, ${locale}`, () => {
    test('switches language, theme and density, and each stays', async ({ open }) => {
      const page = await open({ locale, role: 'rep' })
      await go(page, '/leads')
      const html = page.locator('html')
      const menu = page.locator('.app .me')
      await menu.locator('summary').click()
      await menu.getByRole('button', { name: t('shell:me.dark'), exact: true }).click()
      await expect(html).toHaveAttribute('data-theme', 'dark')
      await menu.getByRole('button', { name: t('shell:me.compact'), exact: true }).click()
      await expect(html).toHaveAttribute('data-density', 'compact')
      const other = locale === 'en' ? 'zh-CN' : 'en'
      await menu.locator(`button[name=locale][value="${other}"]`).click()
      await expect(html).toHaveAttribute('lang', other)
      await expect(page.getByRole('link', { name: words(other)('shell:nav.leads'), exact: true })).toBeVisible()
      await expect(page).toHaveURL(/\/leads$/)
      await expect(html).toHaveAttribute('data-theme', 'dark')
      await page.reload()
      await expect(html).toHaveAttribute('data-density', 'compact')
    })

    test('the palette goes places and lists its keys; ? lists all keys', async ({ open }) => {
      const page = await open({ locale, role: 'manager' })
      await go(page, '/leads')
      await page.keyboard.press('Control+k')
      const palette = page.getByRole('dialog')
      await expect(palette.getByPlaceholder(t('shell:palette.placeholder'))).toBeFocused()
      await page.keyboard.type(t('shell:nav.funnel'))
      await page.keyboard.press('Enter')
      await expect(page).toHaveURL(/\/funnel/)
      await ready(page)
      await page.keyboard.press('Shift+?')
      await expect(page.getByRole('dialog')).toContainText(t('shell:keys.palette'))
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toHaveCount(0)
      await page.keyboard.press('g')
      await page.keyboard.press('l')
      await expect(page).toHaveURL(/\/leads/)
    })

    test('what does not exist, or is not theirs, is said in words', async ({ open, watch }) => {
      const page = await open({ locale, role: 'rep' })
      for (const path of ['/nowhere', '/leads/lead_00000000000000000000000000', '/leads/nonsense']) {
        const answer = await page.goto(path)
        expect(answer?.status(), path).toBe(404)
        await expect(heading(page)).toHaveText(t('errors:title.404'))
        await expect(page.getByRole('link', { name: t('errors:home') })).toBeVisible()
      }
      expect((await page.goto('/settings/keys'))?.status()).toBe(403)
      await expect(heading(page)).toHaveText(t('errors:title.403'))
      forgive(watch, 404)
      forgive(watch, 403)
    })

    test('signs in, moves a stage and changes settings without a script', async ({ open }) => {
      const page = await open({ locale, javaScript: false })
      const who = account('manager', locale)
      await page.goto('/sign-in')
      await page.locator('input[name=email]').fill(who.email)
      await page.locator('input[name=password]').fill(who.password)
      await page.locator('form button[type=submit].btn-next').click()
      await expect(page).toHaveURL(/\/(?:funnel|leads|queue)/)

      await page.goto('/settings')
      await page.getByLabel(t('orgs:profile.name'), { exact: true }).fill(`${who.name} `)
      await page.locator('main form').filter({ has: page.getByLabel(t('orgs:profile.name'), { exact: true }) }).locator('button[type=submit]').click()
      await expect(page.getByText(t('orgs:profile.saved'))).toBeVisible()

      await page.goto('/leads?stage=qualified&verdict=valid')
      await page.locator('.tbl tbody a.row-link').first().click()
      await expect(heading(page)).toContainText(t('leads:stage.qualified'))
      const form = page.locator('main form[action$="/stage?plain"]').filter({ has: page.locator('[name=to][value=graded]') }).first()
      await form.locator('button[type=submit]').click()
      await expect(page.getByRole('alert')).toBeVisible()
      await form.getByText('D', { exact: true }).click()
      await form.locator('[name=amount]').fill('1200')
      await form.locator('button[type=submit]').click()
      await expect(heading(page)).toContainText(t('leads:stage.graded'))
    })
  })
}

const zh = words('zh-CN')

test('the palette finds a lead by Chinese name, by pinyin, by its initials and by Latin letters', async ({ open }) => {
  const page = await open({ locale: 'zh-CN', role: 'manager' })
  await go(page, '/leads')
  const name = (await page.locator('.tbl tbody a.row-link').allInnerTexts()).find((each) => /^[\u4e00-\u9fff]{2,3}$/.test(each)) ?? ''
  const { pinyin } = await import('pinyin-pro')
  const syllables = pinyin(name, { toneType: 'none', type: 'array', surname: 'head' })
  for (const typed of [name, syllables.join(''), syllables.map((each) => each[0] ?? '').join('')]) {
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').getByPlaceholder(zh('shell:palette.placeholder')).fill(typed)
    await expect(page.getByRole('dialog').getByRole('menuitem').first(), typed).toBeVisible()
    await expect(page.getByRole('dialog').getByRole('group', { name: zh('shell:palette.records') }), typed).toBeVisible()
    const found = page.getByRole('dialog').getByRole('group', { name: zh('shell:palette.records') }).getByRole('menuitem')
    if (typed.length > 2) await expect(found.filter({ hasText: name }).first(), typed).toBeVisible()
    else await expect(found.first()).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
  }
  const hamburg = await open({ locale: 'en', role: 'manager' })
  await go(hamburg, '/leads')
  const latin = (await hamburg.locator('.tbl tbody a.row-link').first().innerText()).trim()
  await hamburg.keyboard.press('Control+k')
  await hamburg.getByRole('dialog').getByPlaceholder(words('en')('shell:palette.placeholder')).fill(latin.slice(0, -1))
  const hit = hamburg.getByRole('dialog').getByRole('menuitem', { name: new RegExp(latin) }).first()
  await expect(hit).toBeVisible()
  await hit.click()
  await expect(hamburg).toHaveURL(/\/leads\/lead_/)
  await expect(heading(hamburg)).toContainText(latin)
})
