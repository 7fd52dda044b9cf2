import type { Locale } from '~/lib/locales'
import en from './form-words/en/form-words.json'
import zhCN from './form-words/zh-CN/form-words.json'

/** What a form says to whoever fills it in. Kept out of the browser's messages: strangers read it, not members. */
export type FormWords = typeof en

const words: Record<Locale, FormWords> = { en, 'zh-CN': zhCN }

export const formWords = (locale: Locale): FormWords => words[locale]
