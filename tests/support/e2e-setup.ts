import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findBrowser } from './browser'
import type { Account } from './e2e'

const START_MS = 240_000
const STOP_MS = 90_000
const KEPT_OUTPUT = 20_000

/**
 * Starts the built application as `npm start` does, with a demo world, on a free port and a data folder of its own,
 * and signs every demo account in once. With CLEW_E2E_URL and CLEW_E2E_ACCOUNTS_FILE it uses one that runs.
 */
export default async function setup(): Promise<() => Promise<void>> {
  process.env['CLEW_E2E_BROWSER'] = JSON.stringify(await findBrowser())
  const running = process.env['CLEW_E2E_URL']
  if (running !== undefined) {
    await shareAccounts(running, JSON.parse(readFileSync(process.env['CLEW_E2E_ACCOUNTS_FILE'] ?? '', 'utf8')) as Account[])
    return () => Promise.resolve()
  }
  const dataDir = mkdtempSync(join(tmpdir(), 'clew-e2e-'))
  const port = await freePort()
  const url = `http://localhost:${String(port)}`
  const app = spawn(process.execPath, ['--import', 'tsx', 'app/cli/start.ts'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...cleanEnvironment(), CLEW_ENV: 'trial', CLEW_DEMO: '1', CLEW_DATA_DIR: dataDir, PORT: String(port), APP_BASE_URL: url, LOG_LEVEL: 'warn' },
  })
  const end = async () => {
    await stop(app)
    rmSync(dataDir, { recursive: true, force: true })
  }
  try {
    await readyLine(app)
    const accounts = join(dataDir, 'secrets', 'demo-accounts.json')
    if (!existsSync(accounts)) throw new Error('The demo world was not loaded.')
    await shareAccounts(url, JSON.parse(readFileSync(accounts, 'utf8')) as Account[])
  } catch (error) {
    await end()
    throw error
  }
  process.env['CLEW_E2E_URL'] = url
  return end
}

/** The accounts with a session each: workers start from it instead of signing in again and again. */
async function shareAccounts(url: string, accounts: readonly Account[]): Promise<void> {
  const signedIn: Account[] = []
  for (const account of accounts) signedIn.push({ ...account, session: await sessionOf(url, account) })
  process.env['CLEW_E2E_ACCOUNTS'] = JSON.stringify(signedIn)
}

async function sessionOf(url: string, { email, password }: Account): Promise<{ name: string; value: string }[]> {
  const answer = await fetch(`${url}/sign-in`, { method: 'POST', redirect: 'manual', headers: { origin: url }, body: new URLSearchParams({ email, password }) })
  const lines = answer.headers.getSetCookie()
  if (lines.length === 0) throw new Error(`${email} could not sign in: ${String(answer.status)}`)
  return lines.map((line) => {
    const [name = '', ...value] = (line.split(';')[0] ?? '').split('=')
    return { name, value: value.join('=') }
  })
}

// A developer's own database, Redis or mail server must not be written to by tests.
function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(?:DATABASE_|REDIS_URL|SMTP_URL|NODE_ENV|VITEST|SESSION_SECRET|ENCRYPTION_KEY)/.test(name))
  return Object.fromEntries(kept) as NodeJS.ProcessEnv
}

function readyLine(app: ChildProcess): Promise<void> {
  let output = ''
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => { reject(new Error(`The application was not ready in time. It said:\n${output}`)) }, START_MS)
    const hear = (chunk: Buffer) => {
      output = (output + chunk.toString('utf8')).slice(-KEPT_OUTPUT)
      if (!output.includes('Clew is ready at')) return
      clearTimeout(late)
      resolve()
    }
    app.stdout?.on('data', hear)
    app.stderr?.on('data', hear)
    app.once('exit', (code) => {
      clearTimeout(late)
      reject(new Error(`The application ended with ${String(code)}. It said:\n${output}`))
    })
  })
}

async function stop(app: ChildProcess): Promise<void> {
  if (app.exitCode !== null || app.signalCode !== null) return
  const ended = new Promise<void>((resolve) => app.once('exit', () => { resolve() }))
  app.kill('SIGTERM')
  const kill = setTimeout(() => app.kill('SIGKILL'), STOP_MS)
  await ended
  clearTimeout(kill)
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject).listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => { resolve(typeof address === 'object' && address !== null ? address.port : 0) })
    })
  })
}
