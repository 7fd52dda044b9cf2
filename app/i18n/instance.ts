import { createInstance, type i18n as I18n, type Resource, type ResourceLanguage, type TFunction } from 'i18next'
import type { Locale } from '~/lib/locales'

export type Translate = TFunction<'common'>

/** A fresh instance per request on the server, one per page in the browser; never shared. */
export function createI18nFrom(locale: Locale, messages: ResourceLanguage): I18n {
  const instance = createInstance()
  const resources: Resource = { [locale]: messages }
  // No promise to wait for: every message is already here (initAsync: false).
  void instance.init({
    lng: locale,
    fallbackLng: false,
    resources,
    ns: Object.keys(messages),
    defaultNS: 'common',
    interpolation: { escapeValue: false },
    returnNull: false,
    initAsync: false,
  })
  return instance
}
