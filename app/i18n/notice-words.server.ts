import type { Locale } from '~/lib/locales'
import en from './notice-words/en/notice-words.json'
import zhCN from './notice-words/zh-CN/notice-words.json'

/** The sentences of notifications, as they stand in Clew, in mails and in groups. Made on the server: the bell needs no words of its own. */
export type NoticeWords = typeof en
export type Counted = { one: string; many: string }

const words: Record<Locale, NoticeWords> = { en, 'zh-CN': zhCN }

export const noticeWords = (locale: Locale): NoticeWords => words[locale]

/** A sentence with its values in their places. */
export const said = (text: string, values: Readonly<Record<string, string | number>>): string => text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))

/** The sentence for one, or for several with `{count}`. */
export const counted = ({ one, many }: Counted, count: number, values: Readonly<Record<string, string | number>> = {}): string => said(count === 1 ? one : many, { ...values, count })
