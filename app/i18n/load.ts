import type { ResourceLanguage } from 'i18next'
import type { Locale } from '~/lib/locales'

/** In the browser: one chunk per language, only the page's own. */
export async function loadMessages(locale: Locale): Promise<ResourceLanguage> {
  const loaded = locale === 'zh-CN' ? await import('./messages/zh-CN') : await import('./messages/en')
  return loaded.messages
}
