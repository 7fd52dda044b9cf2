import { formWords } from '~/i18n/form-words.server'
import type { Locale } from '~/lib/locales'
import { inLanguage } from '../definition'
import type { ShownForm } from '../submit-form'
import { html, type Html } from './html'
import { hostedPage, type HostedPage } from './hosted-page'

const said = (locale: Locale, title: string, body: Html): HostedPage => hostedPage({ locale, title, body: html`<main><h1>${title}</h1>${body}</main>` })

/** What somebody sees after sending: the form's own words, whether a mail is on its way, and the receipt. */
export function thanksPage({ form, locale }: ShownForm, { receipt, awaitsConfirmation }: { receipt: string | null; awaitsConfirmation: boolean }): HostedPage {
  const { thanks } = formWords(locale)
  return said(locale, thanks.title, html`
    <p class="intro">${awaitsConfirmation ? thanks.check : inLanguage(form.thanks, locale) || thanks.text}</p>
    ${receipt !== null && html`<p><span class="hint">${thanks.receipt}</span><code>${receipt}</code><span class="hint">${thanks.receiptHint}</span></p>`}`)
}

/** The page behind the link in the mail. It asks for a press, because mail scanners open links. */
export function confirmPage({ key, locale }: ShownForm, token: string): HostedPage {
  const { confirm } = formWords(locale)
  return said(locale, confirm.title, html`<p>${confirm.text}</p><form method="post" action="/f/${key}/confirmation/${token}"><button type="submit">${confirm.button}</button></form>`)
}

export function confirmedPage({ locale }: ShownForm): HostedPage {
  const { confirm } = formWords(locale)
  return said(locale, confirm.done, html`<p>${confirm.doneText}</p>`)
}

/** What is said where a form cannot answer: nobody there, closed, sent too often, a link that is over. */
export function sorryPage(locale: Locale, why: 'gone' | 'closed' | 'expired' | 'tooMany' | 'failed' | 'wrongSite', formKey?: string): HostedPage {
  const words = formWords(locale)
  if (why === 'expired') return said(locale, words.confirm.expired, html`<p>${words.confirm.expiredText}</p>${formKey !== undefined && html`<p><a class="button" href="/f/${formKey}">${words.back}</a></p>`}`)
  const title = { closed: words.closedTitle, gone: words.goneTitle, tooMany: words.notSent, failed: words.notSent, wrongSite: words.notSent }[why]
  return said(locale, title, html`<p>${words[why]}</p>`)
}

/** A sentence and a line, with one button that posts to an address of ours or none: pages of other modules for strangers. */
export function saying(locale: Locale, title: string, text: string, act?: { action: string; label: string; isQuiet?: boolean }): HostedPage {
  return said(locale, title, html`<p>${text}</p>${act !== undefined && html`<form method="post" action="${act.action}"><button type="submit"${act.isQuiet === true && html` class="quiet"`}>${act.label}</button></form>`}`)
}
