import { mailWords } from '~/i18n/mail-words.server'
import type { Locale } from '~/lib/locales'
import { hosted } from '../capture'

type Page = ReturnType<typeof hosted.sorryPage>
/** A token as it stands in an address; anything else says nothing. */
const tokenIn = (text: string): string => (/^[\w-]{43}$/.test(text) ? text : 'none')
const suffix = (locale: Locale): string => (locale === 'en' ? '?l=en' : '?l=zh')

/**
 * The pages behind the link in a mail. They ask nobody whose token it is: known, unknown and made up look the same. The
 * first one changes nothing, because mail scanners open links.
 */
export const unsubscribePages = {
  ask(locale: Locale, token: string): Page {
    const { page } = mailWords(locale)
    return hosted.saying(locale, page.title, page.text, { action: `/u/${tokenIn(token)}${suffix(locale)}`, label: page.button })
  },
  done(locale: Locale, token: string): Page {
    const { page } = mailWords(locale)
    return hosted.saying(locale, page.done, page.doneText, { action: `/u/${tokenIn(token)}/return${suffix(locale)}`, label: page.back, isQuiet: true })
  },
  again: (locale: Locale): Page => hosted.saying(locale, mailWords(locale).page.again, mailWords(locale).page.againText),
  headers: (page: Page): Record<string, string> => ({ ...hosted.headers(page, null), 'Referrer-Policy': 'no-referrer' }),
}
