import type { Page } from '@playwright/test'
import { expect, go, unique, words, type Locale } from './e2e'

const PASSWORD = 'seven quiet herons cross the harbour'

/** Invites somebody, opens the mail and accepts in a browser of their own. */
export async function join(admin: Page, guest: Page, locale: Locale, role: string): Promise<{ email: string; password: string; name: string }> {
  const t = words(locale)
  const name = unique('Guest')
  const email = `${name.replace(' ', '.').toLowerCase()}@invited.example`
  await go(admin, '/settings/members')
  await admin.getByLabel(t('orgs:members.email')).fill(email)
  await admin.locator('form').filter({ has: admin.getByLabel(t('orgs:members.email')) }).getByLabel(t('orgs:members.role')).selectOption(role)
  await admin.getByRole('button', { name: t('orgs:members.send') }).click()
  await expect(admin.getByText(t('orgs:members.sent', { email }))).toBeVisible()

  const mail = guest.locator('li', { hasText: email }).getByRole('link')
  await expect(async () => {
    await guest.goto('/dev/mailbox')
    await expect(mail).toBeVisible({ timeout: 500 })
  }).toPass({ timeout: 20_000 })
  await mail.click()
  await guest.locator('article a[href*="/invitations/"]').first().click()
  await guest.getByLabel(t('auth:invitation.name')).fill(name)
  await guest.getByLabel(t('auth:password.new'), { exact: true }).fill(PASSWORD)
  await guest.locator('button[type=submit].btn-next').click()
  await expect(guest).toHaveURL(/\/(?:queue|leads|funnel)/)
  return { email, password: PASSWORD, name }
}
