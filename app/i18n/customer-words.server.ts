import type { Locale } from '~/lib/locales'
import en from './customer-words/en/customer-words.json'
import zhCN from './customer-words/zh-CN/customer-words.json'

/** What a rep tells a customer who asks how they are scored. On the server: it is read in the customer's language, not the page's. */
export type CustomerWords = typeof en

const words: Record<Locale, CustomerWords> = { en, 'zh-CN': zhCN }

export const customerWords = (locale: Locale): CustomerWords => words[locale]
