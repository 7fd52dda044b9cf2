import { resolve } from 'node:path'
import * as z from 'zod'
import { generatedSecret, repoRoot } from './secrets'
import { withSecretFiles, type Variables } from './secret-files'

const MINIMUM_SECRET = 32
const WEAK = /change.?me|password|secret|default|example|placeholder|your.?key|insecure/i

const flag = z.enum(['0', '1', 'true', 'false']).transform((value) => value === '1' || value === 'true')
const databaseUrl = z.string().regex(/^postgres(ql)?:\/\/[^\s]+$/, 'must look like postgres://user:password@host:5432/database')

const Settings = z.object({
  CLEW_ENV: z.enum(['trial', 'development', 'test', 'production'], 'must be trial, development, test or production').default('trial'),
  DATA_REGION: z.enum(['cn', 'eu', 'us', 'other'], 'must be cn, eu, us or other').default('other'),
  HOST: z.string().min(1).default('0.0.0.0'),
  PORT: z.coerce.number('must be a number').int('must be a whole number').min(0).max(65535, 'must be at most 65535').default(3000),
  APP_BASE_URL: z.url({ protocol: /^https?$/, error: 'must be an address such as https://clew.example.com' }).optional(),
  DATABASE_URL: databaseUrl.optional(),
  DATABASE_OWNER_URL: databaseUrl.optional(),
  DATABASE_WORKER_URL: databaseUrl.optional(),
  DATABASE_AUTH_URL: databaseUrl.optional(),
  DATABASE_DIRECT_URL: databaseUrl.optional(),
  METRICS_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
  CLEW_EGRESS_ALLOW: z.string().default('').transform(list),
  REDIS_URL: z.string().regex(/^rediss?:\/\//, 'must start with redis:// or rediss://').optional(),
  SESSION_SECRET: z.string().optional(),
  ENCRYPTION_KEY: z.string().optional(),
  CLEW_DATA_DIR: z.string().min(1).default('.data').transform((dir) => resolve(repoRoot, dir)),
  CLEW_DEMO: flag.optional(),
  SMTP_URL: z.string().regex(/^smtps?:\/\//, 'must start with smtp:// or smtps://').optional(),
  MAIL_FROM: z.string().regex(/@/, 'must be a mail address').default('Clew <clew@localhost>'),
  TRUST_PROXY: z.coerce.number('must be the number of proxies in front').int().min(0).max(10).default(0),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], 'must be trace, debug, info, warn, error, fatal or silent').default('info'),
  DEFAULT_LOCALE: z.enum(['en', 'zh-CN'], 'must be en or zh-CN').default('en'),
  DEFAULT_CURRENCY: z.string().regex(/^[A-Z]{3}$/, 'must be three capital letters such as CNY').default('CNY'),
  CHROMIUM_PATH: z.string().optional(),
})

/** Every setting of the installation, checked. Lists are rotatable: the first signs or encrypts, all verify or decrypt. */
export type Env = Omit<z.output<typeof Settings>, 'APP_BASE_URL' | 'SESSION_SECRET' | 'ENCRYPTION_KEY' | 'CLEW_DEMO'> & {
  APP_BASE_URL: string
  SESSION_SECRET: readonly string[]
  ENCRYPTION_KEY: readonly Buffer[]
  CLEW_DEMO: boolean
  production: boolean
}

/** Refused settings; `problems` holds one plain sentence each. Command lines print them and exit 2. */
export class EnvError extends Error {
  constructor(readonly problems: string[]) {
    super(`Clew cannot start:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`)
    this.name = 'EnvError'
  }
}

/**
 * Reads and checks the environment. Secrets that are missing are generated into the data folder, except
 * in production, where they are refused. @throws EnvError with every problem at once
 */
export function loadEnv(source: Variables = process.env): Env {
  const problems: string[] = []
  const parsed = Settings.safeParse(withSecretFiles(source, problems))
  if (!parsed.success) problems.push(...parsed.error.issues.map(sentence))
  const partial = parsed.success ? parsed.data : undefined
  const production = source.CLEW_ENV === 'production'
  if (production) problems.push(...productionProblems(withSecretFiles(source, [])))
  if (!partial || problems.length > 0) throw new EnvError([...new Set(problems)])

  const session = partial.SESSION_SECRET ?? generatedSecret(partial.CLEW_DATA_DIR, 'session-secret')
  const encryption = partial.ENCRYPTION_KEY ?? generatedSecret(partial.CLEW_DATA_DIR, 'encryption-key')
  const SESSION_SECRET = list(session)
  const ENCRYPTION_KEY = list(encryption).map((key) => encryptionKey(key, problems))
  SESSION_SECRET.filter((secret) => secret.length < MINIMUM_SECRET).forEach(() => problems.push(tooShort('SESSION_SECRET')))
  if (problems.length > 0) throw new EnvError([...new Set(problems)])
  return {
    ...partial,
    APP_BASE_URL: (partial.APP_BASE_URL ?? `http://localhost:${partial.PORT}`).replace(/\/+$/, ''),
    SESSION_SECRET,
    ENCRYPTION_KEY,
    CLEW_DEMO: !production && (partial.CLEW_DEMO ?? partial.CLEW_ENV === 'trial'),
    production,
  }
}

let memo: Env | undefined

/** The environment of this process, read once. @throws EnvError */
export function env(): Env {
  return (memo ??= loadEnv())
}

/** Lets the next `env()` read again; for the command line, which learns the database's address while it runs. */
export function forgetEnv(): void {
  memo = undefined
}

function productionProblems(source: Variables): string[] {
  const problems: string[] = []
  for (const name of ['SESSION_SECRET', 'ENCRYPTION_KEY', 'APP_BASE_URL'] as const) {
    if (!source[name]) problems.push(`${name} is required when CLEW_ENV=production.`)
  }
  for (const name of ['SESSION_SECRET', 'ENCRYPTION_KEY', 'METRICS_TOKEN'] as const) {
    if (list(source[name] ?? '').some(isWeak)) problems.push(`${name} looks like a default or a pattern; use random bytes, for example from: openssl rand -base64 32`)
  }
  const base = source.APP_BASE_URL ?? ''
  if (base.startsWith('http://') && !isLoopback(base)) problems.push('APP_BASE_URL must use https when CLEW_ENV=production.')
  if (source.CLEW_DEMO === '1' || source.CLEW_DEMO === 'true') problems.push('CLEW_DEMO cannot be on when CLEW_ENV=production.')
  if (source.NODE_OPTIONS?.includes('--inspect')) problems.push('NODE_OPTIONS must not open the debugger when CLEW_ENV=production.')
  if (source.SESSION_SECRET && source.SESSION_SECRET === source.ENCRYPTION_KEY) problems.push('SESSION_SECRET and ENCRYPTION_KEY must differ.')
  return problems
}

function encryptionKey(text: string, problems: string[]): Buffer {
  const key = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64')
  if (key.length !== 32) problems.push('ENCRYPTION_KEY must be 32 random bytes in base64 or hex, or several of them separated by commas.')
  return key
}

function isWeak(secret: string): boolean {
  return WEAK.test(secret) || new Set(secret).size < 10
}

function isLoopback(url: string): boolean {
  return /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])([:/]|$)/.test(url)
}

function tooShort(name: string): string {
  return `${name} must have at least ${MINIMUM_SECRET} characters.`
}

function list(text: string): string[] {
  return text.split(',').map((part) => part.trim()).filter((part) => part !== '')
}

function sentence(issue: z.core.$ZodIssue): string {
  return `${issue.path.join('.')} ${issue.message.replace(/^Invalid input: /, '').replace(/\.$/, '')}.`
}
