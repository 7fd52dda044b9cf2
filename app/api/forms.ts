import { Hono, type Context as Asked, type MiddlewareHandler } from 'hono'
import { allowsOrigin, hosted, shownForm, submitForm, type FormAnswer, type ShownForm } from '~/domain/capture'
import { isRefusal, type DomainError } from '~/domain/kernel'
import { admit, isSameOrigin, requestFacts } from '~/http'
import { localeOf } from '~/i18n/locale'
import type { Locale } from '~/lib/locales'

const MOST_HEADER = 2_000

/** Says to the browser of a page on the form's list that it may read the answer. Cookies play no part here. */
const forThePages: MiddlewareHandler = async (c, next) => {
  await next()
  const origin = c.req.header('origin')
  c.res.headers.append('Vary', 'Origin')
  if (origin === undefined || !(await allowsOrigin(keyOf(c), origin, requestFacts().now))) return
  c.res.headers.set('Access-Control-Allow-Origin', origin)
  c.res.headers.set('Access-Control-Expose-Headers', 'Clew-Receipt, Retry-After')
  if (c.req.method !== 'OPTIONS') return
  c.res.headers.set('Access-Control-Allow-Methods', 'GET, POST')
  c.res.headers.set('Access-Control-Allow-Headers', 'Content-Type')
  c.res.headers.set('Access-Control-Max-Age', '600')
}

/** A form for scripts, and the door of its submissions: urlencoded, multipart or JSON; a page or JSON comes back. */
export const forms = new Hono()
forms.use('/:formKey', forThePages)
forms.options('/:formKey', () => new Response(null, { status: 204 }))
forms.get('/:formKey', async (c) => {
  await admit('page', requestFacts().ip)
  const shown = await shownForm(keyOf(c), requestFacts().now, c.req.query('lang'), localeOf(c.req.raw))
  return c.json(hosted.formModel(shown), 200, { 'Cache-Control': 'no-store' })
})
forms.post('/:formKey', async (c) => {
  const wantsPage = (c.req.header('accept') ?? '').includes('text/html')
  try {
    const answer = await receive(c)
    return wantsPage ? asPage(answer) : asJson(answer)
  } catch (error) {
    if (!wantsPage || !isRefusal(error)) throw error
    return sorry(error, localeOf(c.req.raw), keyOf(c))
  }
})

const keyOf = (c: Asked): string => c.req.param('formKey') ?? ''

async function receive(c: Asked): Promise<FormAnswer> {
  const { ip, now, requestId } = requestFacts()
  await admit('form', ip)
  await admit('one-form', keyOf(c))
  const raw = new Uint8Array(await c.req.raw.arrayBuffer())
  const headers = Object.fromEntries([...c.req.raw.headers].map(([name, value]) => [name, value.slice(0, MOST_HEADER)]))
  return submitForm({ formKey: keyOf(c), raw, headers, isOwnPage: isSameOrigin(c.req.raw), ip, requestId, now })
}

function asJson(answer: FormAnswer): Response {
  const { words } = hosted.formModel(answer.shown)
  if (answer.kind === 'problems') {
    const errors = Object.entries(answer.problems).map(([name, code]) => ({ pointer: `/${name}`, code, detail: words.problem[code] }))
    return problem(422, { type: '/docs/problems/invalid', title: 'invalid', status: 422, errors })
  }
  const { receipt, awaitsConfirmation, shown: { form, locale } } = answer
  const text = awaitsConfirmation ? words.thanks.check : form.thanks[locale] || words.thanks.text
  return Response.json({ receipt, confirm: awaitsConfirmation, thanks: { title: words.thanks.title, text }, redirect: form.redirect === '' ? null : onward(answer.shown, receipt) }, { headers: { 'Cache-Control': 'no-store', 'Clew-Receipt': receipt } })
}

const problem = (status: number, body: object): Response => new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store' } })

function asPage(answer: FormAnswer): Response {
  const { shown } = answer
  if (answer.kind === 'problems') {
    const { entries, problems } = answer
    const page = hosted.formPage(hosted.formModel(shown), { entries, problems, page: entries['_page']?.[0] ?? '', referrer: entries['_referrer']?.[0] ?? '' })
    return new Response(page.text, { status: 422, headers: hosted.headers(page, shown.form) })
  }
  const { receipt, awaitsConfirmation } = answer
  const here = `/f/${shown.key}/thanks?${new URLSearchParams({ receipt, lang: shown.locale, ...(awaitsConfirmation ? { mail: '1' } : {}) }).toString()}`
  const location = shown.form.redirect === '' || awaitsConfirmation ? here : onward(shown, receipt)
  return new Response(null, { status: 303, headers: { Location: location, 'Cache-Control': 'no-store', 'Clew-Receipt': receipt } })
}

// Only ever the address stored in the form; what the submitter said has no part in it.
function onward({ form }: ShownForm, receipt: string): string {
  const url = new URL(form.redirect)
  url.searchParams.set('clew_receipt', receipt)
  return url.href
}

const reasons: Partial<Record<DomainError['code'], [number, Parameters<typeof hosted.sorryPage>[1]]>> = {
  'unknown-source': [404, 'gone'], 'source-paused': [410, 'closed'], 'not-allowed': [403, 'wrongSite'], 'too-many': [429, 'tooMany'], busy: [503, 'failed'],
}

function sorry(error: DomainError, locale: Locale, key: string): Response {
  const [status, why] = reasons[error.code] ?? [422, 'failed']
  const page = hosted.sorryPage(locale, why, key)
  const headers: Record<string, string> = status === 429 || status === 503 ? { 'Retry-After': String(error.params['retryAfter'] ?? 30) } : {}
  return new Response(page.text, { status, headers: { ...hosted.headers(page, null), ...headers } })
}
