import { mailWords } from '~/i18n/mail-words.server'
import type { Locale } from '~/lib/locales'
import { env } from '~/platform/env'
import type { Mail } from '~/platform/mail'

/** Everything a mail is made of. `token` opens its page of unsubscription. */
export type Written = { mailId: string; to: { name: string; address: string }; subject: string; body: string; locale: Locale; token: string; sender: { name: string; email: string; organisation: string } }

/** The page on which whoever got the mail can stop mails. Its language is in the address: the page asks nobody whose it is. */
export const unsubscribeLink = (token: string, locale: Locale): string => `${env().APP_BASE_URL}/u/${token}?l=${locale === 'en' ? 'en' : 'zh'}`

/** The mail as it leaves: plain text, the same as simple HTML, and the headers of RFC 8058. Made from the same parts it is the same mail. */
export function writtenMail({ mailId, to, subject, body, locale, token, sender }: Written): Mail {
  const link = unsubscribeLink(token, locale)
  const footer = mailWords(locale).footer.replace('{org}', () => sender.organisation)
  const text = tidy(body)
  return {
    to, subject: oneLine(subject), text: `${text}\n\n-- \n${footer}\n${link}\n`, html: htmlOf(text, footer, link, locale), intent: `mail ${mailId}`, messageName: mailId,
    fromName: sender.name, replyTo: { name: sender.name, address: sender.email },
    headers: { 'List-Unsubscribe': `<${link}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click', 'Auto-Submitted': 'no' },
  }
}

const oneLine = (text: string): string => text.replace(/\s+/gu, ' ').trim()
const tidy = (text: string): string => text.replaceAll(/[ \t\r]+$/gmu, '').replace(/^\n+/, '').trimEnd()

function htmlOf(text: string, footer: string, link: string, locale: Locale): string {
  const paragraphs = text.split(/\n{2,}/u).map((paragraph) => `<p style="margin:0 0 1em">${escaped(paragraph).replaceAll('\n', '<br>')}</p>`).join('')
  return `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"></head><body style="margin:0;padding:16px;font:15px/1.6 -apple-system,'Segoe UI','PingFang SC','Microsoft YaHei','Noto Sans SC',sans-serif;color:#1f1c19">${paragraphs}`
    + `<p style="margin:2em 0 0;font-size:12px;color:#6b6660">${escaped(footer)} <a href="${escaped(link)}" style="color:#6b6660">${escaped(link)}</a></p></body></html>`
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;')
