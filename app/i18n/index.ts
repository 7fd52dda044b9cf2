// Everything here is safe in the browser; the server's createI18n lives in create.server.ts,
// so that a page never carries both languages.
export { createI18nFrom, type Translate } from './instance'
export { isLocale, LOCALES, LOCALE_NAMES, type Locale } from '~/lib/locales'
export * from './format'
export * from './format-time'
