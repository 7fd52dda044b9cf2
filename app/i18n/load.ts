import type { i18n as I18n, ResourceLanguage } from 'i18next'
import type { Locale } from '~/lib/locales'

/** Whether a page says more than the words that are loaded with every page. */
export const needsRest = (pathname: string): boolean => pathname !== '/queue'

/** In the browser: the page's language only, and for the queue only its own words. */
export async function loadMessages(locale: Locale, pathname: string): Promise<ResourceLanguage> {
  const [{ work }, rest] = await Promise.all([locale === 'zh-CN' ? import('./messages/zh-CN/work') : import('./messages/en/work'), needsRest(pathname) ? restOf(locale) : {}])
  return { ...work, ...rest }
}

const restOf = async (locale: string): Promise<ResourceLanguage> => (await (locale === 'zh-CN' ? import('./messages/zh-CN/rest') : import('./messages/en/rest'))).rest

export const hasRest = (i18n: I18n): boolean => i18n.hasResourceBundle(i18n.language, 'sources')

/** Adds the other words to a page that began as the queue. */
export async function loadRest(i18n: I18n): Promise<void> {
  if (hasRest(i18n)) return
  for (const [namespace, messages] of Object.entries(await restOf(i18n.language))) i18n.addResourceBundle(i18n.language, namespace, messages)
}
