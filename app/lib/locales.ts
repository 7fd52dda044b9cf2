/** The languages Clew speaks. */
export const LOCALES = ['en', 'zh-CN'] as const
export type Locale = (typeof LOCALES)[number]

export const LOCALE_NAMES: Record<Locale, string> = { en: 'English', 'zh-CN': '简体中文' }

export function isLocale(value: unknown): value is Locale {
  return value === 'en' || value === 'zh-CN'
}
