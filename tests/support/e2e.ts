import { AxeBuilder } from '@axe-core/playwright'
import { type APIRequestContext, type BrowserContext, type BrowserContextOptions, expect, type Page, test as base } from '@playwright/test'
import { createInstance } from 'i18next'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Somebody who may sign in to the demo world of this run. */
export type Account = { organisation: string; name: string; role: string; email: string; password: string; session?: { name: string; value: string }[] }

export type Locale = 'en' | 'zh-CN'
/** English is looked at in Hamburg, Chinese in Hangzhou: no test of one meets a row of the other. */
export const LOCALES: readonly Locale[] = ['en', 'zh-CN']
const DOMAIN: Record<Locale, string> = { en: 'nordhafen.example', 'zh-CN': 'lantu.example' }

type Watch = { errors: string[]; outside: string[] }
export type Who = {
  locale: Locale
  /** a role of the demo world; absent: nobody is signed in */
  role?: string
  theme?: 'light' | 'dark'
  viewport?: { width: number; height: number }
  javaScript?: boolean
}
type Fixtures = { watch: Watch; open: (who: Who) => Promise<Page> }

/**
 * Playwright's `test` with `open`, which answers a page of somebody. It also fails when a page logs an error, breaks
 * the content policy, throws, or asks for anything beyond this machine. A test that expects an error empties `watch.errors`.
 */
export const test = base.extend<Fixtures>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of the first parameter
  watch: [async ({}, use) => {
    const watch: Watch = { errors: [], outside: [] }
    await use(watch)
    expect(watch.errors, 'errors on the page').toEqual([])
    expect(watch.outside, 'requests beyond this machine').toEqual([])
  }, { auto: true }],
  open: async ({ browser, watch, baseURL }, use) => {
    const contexts: BrowserContext[] = []
    await use(async (who) => {
      const context = await browser.newContext(optionsOf(who, baseURL ?? ''))
      contexts.push(context)
      // The page asks before it is left with something unsent; a journey that leaves has meant to.
      context.on('dialog', (dialog) => void (dialog.type() === 'beforeunload' ? dialog.accept() : dialog.dismiss()))
      listen(context, watch, baseURL ?? '-')
      await context.addCookies(cookiesOf(who, baseURL ?? ''))
      return context.newPage()
    })
    await Promise.all(contexts.map((context) => context.close()))
  },
})

export { expect } from '@playwright/test'

/** Takes from the watch what a refusal that the test asked for has logged. */
export function forgive(watch: Watch, status: number): void {
  watch.errors = watch.errors.filter((error) => !error.includes(`status of ${String(status)}`))
}

function optionsOf({ locale, viewport, javaScript = true }: Who, baseURL: string): BrowserContextOptions {
  const isPhone = viewport !== undefined && viewport.width < 500
  return {
    baseURL, locale: locale === 'en' ? 'en-GB' : 'zh-CN', timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce', javaScriptEnabled: javaScript,
    viewport: viewport ?? { width: 1440, height: 900 }, hasTouch: isPhone, isMobile: isPhone, permissions: ['clipboard-read', 'clipboard-write'],
  }
}

function cookiesOf({ locale, role, theme = 'light' }: Who, url: string): { name: string; value: string; url: string }[] {
  const session = role === undefined ? [] : (account(role, locale).session ?? [])
  return [...session, { name: 'clew_locale', value: locale }, { name: 'clew_theme', value: theme }].map((cookie) => ({ ...cookie, url }))
}

function listen(context: BrowserContext, watch: Watch, baseURL: string): void {
  context.on('console', (message) => { if (message.type() === 'error' && !message.text().includes('AbortError')) watch.errors.push(message.text()) })
  // The router drops what it had asked when something newer is sent; that is no error of the page.
  context.on('weberror', (error) => { if (!String(error.error()).includes('AbortError')) watch.errors.push(String(error.error())) })
  context.on('request', (request) => {
    if (!/^(?:data|blob|about):/.test(request.url()) && !request.url().startsWith(baseURL)) watch.outside.push(request.url())
  })
}

/** The demo accounts of this run, by role if one is named. */
export function accounts(role?: string): Account[] {
  const all = JSON.parse(process.env['CLEW_E2E_ACCOUNTS'] ?? '[]') as Account[]
  return role === undefined ? all : all.filter((each) => each.role === role)
}

/** The one of a role in the world of a language. */
export function account(role: string, locale: Locale): Account {
  const found = accounts(role).find(({ email }) => email.endsWith(DOMAIN[locale]))
  if (found === undefined) throw new Error(`No ${role} in the world of ${locale}.`)
  return found
}

type Say = (key: string, values?: Record<string, unknown>) => string
const said = new Map<Locale, Say>()

/** What the application says in a language: `words('en')('leads:act.qualify')`. An unknown key is an error. */
export function words(locale: Locale): Say {
  const known = said.get(locale)
  if (known !== undefined) return known
  const folder = join(process.cwd(), 'app/i18n/messages', locale)
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'))
  const messages = Object.fromEntries(files.map((file) => [file.slice(0, -5), JSON.parse(readFileSync(join(folder, file), 'utf8')) as object]))
  const i18n = createInstance({ lng: locale, resources: { [locale]: messages }, interpolation: { escapeValue: false }, initAsync: false })
  void i18n.init()
  const say: Say = (key, values = {}) => {
    if (!i18n.exists(key, values)) throw new Error(`${locale} does not say ${key}`)
    return (i18n.t as Say)(key, values)
  }
  said.set(locale, say)
  return say
}

/** Waits until the scripts of the page have taken over, effects and all: before that a key or a press is lost. */
export async function ready(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    type Root = { stateNode: { current: { memoizedState: { isDehydrated?: boolean } | null } } }
    const name = Object.keys(document).find((key) => key.startsWith('__reactContainer'))
    if (name === undefined) return false
    return (document as unknown as Record<string, Root>)[name]?.stateNode.current.memoizedState?.isDehydrated === false
  })
  await page.evaluate(() => new Promise((done) => { requestAnimationFrame(() => { setTimeout(done, 0) }) }))
}

/** Opens an address and waits until it answers to keys. */
export async function go(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await ready(page)
}

export const heading = (page: Page) => page.getByRole('heading', { level: 1 })

/** The first number of a sentence such as "1,178 leads". */
export const numberIn = (text: string): number => Number((/\d[\d,]*/.exec(text)?.[0] ?? '').replaceAll(',', ''))

/** Signs in by the form, as somebody without a session would. */
export async function signIn(page: Page, locale: Locale, who: { email: string; password: string }): Promise<void> {
  const t = words(locale)
  await page.goto('/sign-in')
  await page.getByLabel(t('auth:signIn.email')).fill(who.email)
  await page.getByLabel(t('auth:signIn.password'), { exact: true }).fill(who.password)
  await page.getByRole('button', { name: t('auth:signIn.submit') }).click()
}

/** A name nothing else in this run has. */
export const unique = (stem: string): string => `${stem} ${Math.random().toString(36).slice(2, 8)}`

/** Posts as a platform would: no cookie, no origin. */
export function post(request: APIRequestContext, url: string, body: string, headers: Record<string, string> = {}) {
  return request.post(url, { data: body, headers: { 'content-type': 'application/json', ...headers } })
}

/**
 * Nothing that axe calls serious or critical. Of a long list the first rows are looked at: the others are made alike.
 * `only` looks at some rules: colours, where nothing else can have changed.
 */
export async function expectAccessible(page: Page, only?: 'colours'): Promise<void> {
  const builder = new AxeBuilder({ page }).exclude(':is(tr, li, [role="row"], [role="option"]):nth-child(n+13)')
  const asked = only === undefined ? builder.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']) : builder.withRules(['color-contrast', 'link-in-text-block'])
  const { violations } = await asked.analyze()
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(grave.map(({ id, nodes }) => ({ id, at: nodes.map((node) => node.target.join(' ')).slice(0, 5) }))).toEqual([])
}
