import { chromium, type Page } from '@playwright/test'
import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { sign } from '~/domain/capture/connectors/standard/verify-standard'
import { startInstallation, type Installation } from '../chaos/installation'
import { findBrowser } from '../support/browser'
import { sendSteadily } from './send'

const SAMPLES = Number(process.env['BENCH_SAMPLES'] ?? 100)
const BESIDE_PER_SECOND = Number(process.env['BENCH_BESIDE'] ?? 50)
const EVERY_MS = 250
const LATEST_MS = 20_000
const LAUNCH = ['--no-first-run', '--disable-background-networking']

type Source = { hookUrl: string; secret: string }
/** Names seen on the open page, each with the moment, in the milliseconds of the machine's clock. */
type Seen = { seen?: Record<string, number> }
// Text, because what the loader adds to a function is not there in the page.
const WATCH = `{
  const seen = (window.seen = {})
  // What is not painted yet is not in innerText, and no mutation tells when it is.
  const look = () => { for (const [name] of document.body.innerText.matchAll(/Live\\d+/g)) seen[name] ??= Date.now() }
  setInterval(look, 20)
}`

/**
 * How long it takes from the answer to a webhook until the lead stands on a rep's open queue page, while leads for
 * nobody in particular keep web and worker busy. A browser watches; sender, database and browser share the machine.
 */
export async function run(): Promise<void> {
  const browser = await findBrowser()
  const running = await startInstallation(180_000)
  const chrome = await chromium.launch({ executablePath: browser.executablePath, args: [...browser.args, ...LAUNCH], env: { ...(process.env as Record<string, string>), ...browser.env } })
  try {
    const { own, beside, email, password } = await furnish(running)
    const page = await openQueue(await chrome.newPage({ baseURL: running.address }), email, password)
    for (const [name, perSecond] of [['nothing else to do', 0], [`${String(BESIDE_PER_SECOND)} other leads a second`, BESIDE_PER_SECOND]] as const) {
      const seconds = Math.ceil((SAMPLES * EVERY_MS) / 1000)
      const busy = perSecond === 0 ? null : sendSteadily({ address: beside.hookUrl, secret: beside.secret, name: 'beside' }, perSecond, seconds)
      const times = await measure(page, own, perSecond)
      const others = await busy
      report(name, times, others === null ? '' : `; ${String(others.acked)} others answered, p99 ${others.p99.toFixed(0)} ms`)
    }
  } finally {
    await chrome.close()
    await running.stop()
  }
}

async function furnish(running: Installation): Promise<{ own: Source; beside: Source; email: string; password: string }> {
  const { orgId } = await running.clew<{ orgId: string }>('org', 'create', '--name', 'Live')
  const [email, password] = ['rep@live.example', randomBytes(12).toString('hex')]
  const { memberId } = await running.clewGiven<{ memberId: string }>(`${password}\n`, 'user', 'create', '--org', orgId, '--email', email, '--name', 'Li Na', '--role', 'rep', '--password-stdin')
  const source = (name: string, ...more: string[]) => running.clew<Source>('source', 'create', '--org', orgId, '--channel', name, '--connector', 'standard', '--name', name, ...more)
  return { own: await source('Own', '--set', `owner=${memberId}`), beside: await source('Beside'), email, password }
}

async function openQueue(page: Page, email: string, password: string): Promise<Page> {
  await page.goto('/sign-in')
  await page.locator('input[name="email"]').fill(email)
  await page.locator('input[name="password"]').fill(password)
  await page.locator('form button[type="submit"]').first().click()
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
  await page.goto('/queue')
  await page.waitForLoadState('networkidle', { timeout: 3_000 }).catch(() => undefined)
  await page.evaluate(WATCH)
  return page
}

async function measure(page: Page, source: Source, round: number): Promise<(number | null)[]> {
  const answered = new Map<string, number>()
  for (let at = 0; at < SAMPLES; at += 1) {
    const next = sleep(EVERY_MS)
    const name = `Live${String(1_000_000 + round * 1000 + at)}`
    await post(source, name)
    answered.set(name, Date.now())
    await next
  }
  const deadline = Date.now() + LATEST_MS
  for (;;) {
    const seen = await page.evaluate(() => (window as Seen).seen ?? {})
    const times = [...answered].map(([name, at]) => (seen[name] === undefined ? null : Math.max(0, seen[name] - at)))
    if (!times.includes(null) || Date.now() > deadline) return times
    await sleep(200)
  }
}

async function post({ hookUrl, secret }: Source, name: string): Promise<void> {
  const body = Buffer.from(JSON.stringify({ type: 'lead.submitted', data: { external_id: name, full_name: name, email: `hello@${name.toLowerCase()}.example`, message: 'Please call' } }))
  const timestamp = String(Math.floor(Date.now() / 1000))
  const answer = await fetch(hookUrl, { method: 'POST', body, headers: { 'content-type': 'application/json', 'webhook-id': `msg_${name}`, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${sign(secret, `msg_${name}`, timestamp, body)}` } })
  if (!answer.ok) throw new Error(`the webhook was answered ${String(answer.status)}`)
}

function report(name: string, times: readonly (number | null)[], more: string): void {
  const shown = times.filter((each) => each !== null).sort((a, b) => a - b)
  const at = (share: number) => (shown[Math.min(shown.length - 1, Math.floor(shown.length * share))] ?? Number.NaN).toFixed(0)
  process.stdout.write(`${name}: ${String(shown.length)} of ${String(times.length)} leads seen on the open page, p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, slowest ${at(1)} ms${more}\n`)
}
