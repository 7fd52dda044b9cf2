import type { APIRequestContext, APIResponse, Page } from '@playwright/test'
import { Webhook } from 'standardwebhooks'
import { expect, go, heading, type Locale, words } from './e2e'

export type Connected = { name: string; url: string; secret: string }

/** Connects a source through the wizard, as an administrator would, and answers what the page showed. */
export async function connect(page: Page, locale: Locale, connector: 'standard' | 'google-ads', { name, owner }: { name: string; owner?: string }): Promise<Connected> {
  const t = words(locale)
  await go(page, '/sources/new')
  await page.getByRole('link', { name: `${t('sources:new.pick')} ${t(`sources:connector.${connector}`)}` }).click()
  await page.getByLabel(t('sources:new.name'), { exact: true }).fill(name)
  if (owner !== undefined) await page.getByLabel(t('sources:new.owner')).selectOption({ label: owner })
  await page.getByRole('button', { name: t('sources:new.create'), exact: true }).click()
  await expect(heading(page)).toHaveText(t('sources:made.title', { name, connector: t(`sources:connector.${connector}`) }))
  const [url = '', secret = ''] = await page.locator('main code').allInnerTexts()
  expect(url).toContain('/api/hooks/')
  return { name, url, secret }
}

/** Posts a body as Standard Webhooks 1.0 signs it. */
export function sendSigned(request: APIRequestContext, { url, secret }: Connected, id: string, body: string): Promise<APIResponse> {
  const at = new Date()
  const signature = new Webhook(secret).sign(id, at, body)
  const headers = { 'content-type': 'application/json', 'webhook-id': id, 'webhook-timestamp': String(Math.floor(at.getTime() / 1000)), 'webhook-signature': signature }
  return request.post(url, { data: body, headers })
}

/** A lead as JSON of the standard connector. */
export const leadBody = (fields: Record<string, unknown>): string => JSON.stringify({ type: 'lead.created', timestamp: new Date().toISOString(), data: fields })
