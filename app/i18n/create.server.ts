import type { i18n as I18n } from 'i18next'
import { createI18nFrom } from './instance'
import type { Locale } from '~/lib/locales'
import { messages as en } from './messages/en'
import { messages as zhCN } from './messages/zh-CN'

const messages = { en, 'zh-CN': zhCN }

/** Every namespace of one language. Make one per request or mail, never share it. */
export function createI18n(locale: Locale): I18n {
  return createI18nFrom(locale, messages[locale])
}
