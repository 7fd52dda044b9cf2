import type { Locale } from '~/lib/locales'
import en from './mail-words/en/mail-words.json'
import zhCN from './mail-words/zh-CN/mail-words.json'

/** What a mail and its page of unsubscription say to whoever gets them, and the templates that are offered. Strangers read it, not members. */
export type MailWords = typeof en

const words: Record<Locale, MailWords> = { en, 'zh-CN': zhCN }

export const mailWords = (locale: Locale): MailWords => words[locale]
