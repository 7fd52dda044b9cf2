import type { Locale } from '~/lib/locales'
import { randomToken } from '~/platform/crypto'
import { env } from '~/platform/env'
import { originOf, type FormDefinition } from '../definition'
import { html, trusted, type Html } from './html'
import { pageStyles } from './page-styles'

/** A page with the nonce its styles stand under. */
export type HostedPage = { text: string; nonce: string }

/** The frame of every page a stranger sees of a form. */
export function hostedPage({ locale, title, body, styles = trusted(''), isIndexed = false }: { locale: Locale; title: string; body: Html; styles?: Html; isIndexed?: boolean }): HostedPage {
  const nonce = randomToken(16)
  const page = html`<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title>
${!isIndexed && html`<meta name="robots" content="noindex">`}<link rel="icon" type="image/svg+xml" href="/favicon.svg">
<style nonce="${nonce}">${trusted(pageStyles)}${styles}</style></head><body>${body}</body></html>`
  return { text: page.html, nonce }
}

/**
 * Headers of such a page: no script at all, frames only where the form allows them. `form-action` names the page the
 * form sends people on to, because browsers apply it to redirects as well.
 */
export function hostedHeaders({ nonce }: HostedPage, form: Pick<FormDefinition, 'origins' | 'redirect'> | null, framedBy = form?.origins ?? []): Record<string, string> {
  const onward = form === null || form.redirect === '' ? '' : ` ${originOf(form.redirect) ?? ''}`
  const policy = [
    "default-src 'none'", `style-src 'nonce-${nonce}'`, "img-src 'self'", `form-action 'self'${onward}`, "base-uri 'none'", `frame-ancestors ${framedBy.length === 0 ? "'none'" : framedBy.join(' ')}`,
  ]
  return {
    'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': policy.join('; '), 'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'strict-origin-when-cross-origin',
    ...(env().APP_BASE_URL.startsWith('https:') ? { 'Strict-Transport-Security': 'max-age=15552000; includeSubDomains' } : {}),
    'Cache-Control': 'no-store', 'Cross-Origin-Opener-Policy': 'same-origin', ...(framedBy.length === 0 ? { 'X-Frame-Options': 'DENY' } : {}),
  }
}
