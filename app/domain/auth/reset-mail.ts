import { AsyncLocalStorage } from 'node:async_hooks'
import { createI18n } from '~/i18n/create.server'
import type { Locale } from '~/lib/locales'
import { sha256 } from '~/platform/crypto'
import { env } from '~/platform/env'
import { sendMailAside } from '~/platform/mail'
import { letter } from '~/platform/letter'

/** The language of the page that asked; better-auth's hook is not told. */
export const askedIn = new AsyncLocalStorage<Locale>()

/** Sends the link that sets a new password. It always leads to the configured address, whatever host was asked. */
export function sendResetMail(to: { name: string; address: string }, token: string): void {
  const t = createI18n(askedIn.getStore() ?? env().DEFAULT_LOCALE).getFixedT(null, 'auth')
  const link = `${env().APP_BASE_URL}/reset/${token}`
  const content = letter({ greeting: t('mail.greeting', { name: to.name }), lines: [t('mail.reset.text')], button: { label: t('mail.reset.button'), href: link }, after: [t('mail.reset.after')] })
  sendMailAside({ to, subject: t('mail.reset.subject'), ...content, intent: `reset ${sha256(token).toString('hex')}` })
}

/** Tells the owner that the password or the second factor was changed, so that a thief's change does not go unseen. */
export function sendChangeMail(to: { name: string; address: string }, what: 'password' | 'two-factor-on' | 'two-factor-off', now: Date, locale?: Locale): void {
  const t = createI18n(locale ?? env().DEFAULT_LOCALE).getFixedT(null, 'auth')
  const key = `mail.changed.${what}` as const
  const content = letter({ greeting: t('mail.greeting', { name: to.name }), lines: [t(key)], button: { label: t('mail.changed.button'), href: `${env().APP_BASE_URL}/forgot` }, after: [t('mail.changed.after')] })
  sendMailAside({ to, subject: t('mail.changed.subject'), ...content, intent: `changed ${what} ${to.address} ${now.toISOString()}` })
}
