import { createHmac } from 'node:crypto'
import { expect, forgive, go, heading, LOCALES, ready, signIn, test, unique, words } from '~tests/support/e2e'
import { join } from '~tests/support/e2e-join'

/** RFC 6238 with SHA-1, thirty seconds, six digits. */
function codeOf(secret: string, at = Date.now()): string {
  const bits = [...secret.replaceAll(/\s/g, '').toUpperCase()].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)))
  const mac = createHmac('sha1', key).update(counter).digest()
  const start = (mac.at(-1) ?? 0) & 15
  return String((mac.readUInt32BE(start) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

for (const locale of LOCALES) {
  const t = words(locale)

  test.describe(`administrator, people, ${locale}`, () => {
    test('invites a rep, who sees a rep’s pages, and loses them at once when deactivated', async ({ open, watch }) => {
      const [admin, guest] = [await open({ locale, role: 'admin' }), await open({ locale })]
      const who = await join(admin, guest, locale, 'rep')
      await expect(guest.getByRole('link', { name: t('shell:nav.queue'), exact: true }).last()).toBeVisible()
      await expect(guest.getByRole('link', { name: t('shell:nav.sources'), exact: true })).toHaveCount(0)
      await go(guest, '/leads')
      await expect(guest.locator('main')).toContainText(t('leads:list.empty'))
      expect((await guest.goto('/sources'))?.status()).toBe(403)
      forgive(watch, 403)

      await go(admin, '/settings/members')
      const row = admin.locator('main li', { hasText: who.email })
      await row.locator('summary').click()
      await row.getByRole('button', { name: t('orgs:members.deactivate'), exact: true }).click()
      await expect(row).toContainText(t('orgs:members.deactivated'))
      await guest.goto('/leads')
      await expect(guest).toHaveURL(/\/sign-in/)
    })

    test('an API key is made, used and revoked', async ({ open, request }) => {
      const page = await open({ locale, role: 'admin' })
      const name = unique('Key')
      await go(page, '/settings/keys')
      await page.getByLabel(t('orgs:keys.name')).fill(name)
      await page.locator('input[name=scopes][value="leads:read"]').check()
      await page.getByRole('button', { name: t('orgs:keys.create'), exact: true }).click()
      await expect(page.getByText(t('orgs:keys.shownOnce'))).toBeVisible()
      const key = await page.getByRole('status').locator('code').innerText()
      const ask = (path: string) => request.get(`/api/v1${path}`, { headers: { authorization: `Bearer ${key}` } })
      expect((await ask('/leads')).status()).toBe(200)
      const written = await request.post('/api/v1/leads', { headers: { authorization: `Bearer ${key}`, 'idempotency-key': name }, data: { full_name: 'Nobody' } })
      expect(written.status()).toBe(403)
      await go(page, '/settings/keys')
      const row = page.locator('main li', { hasText: name })
      await expect(row).toContainText(t('orgs:keys.active'))
      await row.getByRole('button', { name: t('orgs:keys.revoke') }).click()
      await expect(row).toContainText(t('orgs:keys.revoked'))
      expect((await ask('/leads')).status()).toBe(401)
    })

    test('a second factor is switched on, and asked for at the next sign-in', async ({ open, watch }) => {
      const [admin, guest, again] = [await open({ locale, role: 'admin' }), await open({ locale }), await open({ locale })]
      const who = await join(admin, guest, locale, 'marketer')
      await go(guest, '/settings/security')
      await guest.getByRole('link', { name: t('orgs:security.start') }).click()
      await guest.getByLabel(t('orgs:security.confirmPassword'), { exact: true }).fill(who.password)
      await guest.getByRole('button', { name: t('orgs:security.start') }).click()
      await expect(guest).toHaveURL(/two-factor$/)
      await ready(guest)
      const secret = await guest.locator('main code').first().innerText()
      await guest.getByRole('textbox', { name: t('orgs:security.setup.code') }).fill('000000')
      await guest.getByRole('button', { name: t('orgs:security.setup.confirm') }).click()
      await expect(guest.getByText(t('auth:refusal.code-wrong')).first()).toBeVisible()
      await guest.getByRole('textbox', { name: t('orgs:security.setup.code') }).fill(codeOf(secret))
      await guest.getByRole('button', { name: t('orgs:security.setup.confirm') }).click()
      await expect(heading(guest)).toHaveText(t('orgs:security.setup.onTitle'))
      const recovery = (await guest.locator('main ol code').first().innerText()).trim()

      await signIn(again, locale, who)
      await expect(heading(again)).toHaveText(t('auth:code.title'))
      expect((await again.request.get('/leads', { maxRedirects: 0 })).status()).toBe(302)
      await again.getByLabel(t('auth:code.label')).fill(recovery)
      await again.getByRole('button', { name: t('auth:code.submit') }).click()
      await expect(again).toHaveURL(/\/(?:queue|leads|funnel)/)
      watch.errors = watch.errors.filter((error) => !/status of 4\d\d/.test(error))
    })
  })
}
