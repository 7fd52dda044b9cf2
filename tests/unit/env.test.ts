import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { EnvError, loadEnv } from '~/platform/env'

let dataDir: string
beforeEach(() => (dataDir = mkdtempSync(join(tmpdir(), 'clew-env-'))))
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

const RANDOM = { session: 'q7Zt1mN5vK0xR3bY8cH2dL6fJ9gW4sPa', key: Buffer.from('0f1e2d3c4b5a69788796a5b4c3d2e1f00123456789abcdef0011223344556677', 'hex').toString('base64') }
const production = () => ({ CLEW_ENV: 'production', CLEW_DATA_DIR: dataDir, SESSION_SECRET: RANDOM.session, ENCRYPTION_KEY: RANDOM.key, APP_BASE_URL: 'https://clew.example.cn' })

function problemsOf(source: Record<string, string | undefined>): string[] {
  try {
    loadEnv(source)
    return []
  } catch (error) {
    if (error instanceof EnvError) return error.problems
    throw error
  }
}

describe('a local trial', () => {
  it('needs nothing, and keeps the secrets it makes to its owner', () => {
    const first = loadEnv({ CLEW_DATA_DIR: dataDir })
    expect(first).toMatchObject({ PORT: 3000, APP_BASE_URL: 'http://localhost:3000', CLEW_ENV: 'trial', CLEW_DEMO: true, production: false })
    expect(first.ENCRYPTION_KEY[0]).toHaveLength(32)
    expect(statSync(join(dataDir, 'secrets/session-secret')).mode & 0o777).toBe(0o600)
    expect(statSync(join(dataDir, 'secrets')).mode & 0o777).toBe(0o700)

    const second = loadEnv({ CLEW_DATA_DIR: dataDir })
    expect(second.SESSION_SECRET).toEqual(first.SESSION_SECRET)
    expect(second.ENCRYPTION_KEY).toEqual(first.ENCRYPTION_KEY)
  })

  it('takes empty variables for missing ones', () => {
    expect(loadEnv({ CLEW_DATA_DIR: dataDir, PORT: '', DATABASE_URL: '' })).toMatchObject({ PORT: 3000 })
  })

  it('leaves the demo out when told to', () => {
    expect(loadEnv({ CLEW_DATA_DIR: dataDir, CLEW_DEMO: '0' }).CLEW_DEMO).toBe(false)
  })
})

describe('refusals', () => {
  it('come all at once, a sentence each', () => {
    const problems = problemsOf({ CLEW_DATA_DIR: dataDir, PORT: 'abc', LOG_LEVEL: 'loud', DATABASE_URL: 'mysql://x', DEFAULT_CURRENCY: 'yuan', SMTP_URL_FILE: '/nowhere' })
    expect(problems).toHaveLength(5)
    for (const name of ['PORT', 'LOG_LEVEL', 'DATABASE_URL', 'DEFAULT_CURRENCY', 'SMTP_URL_FILE']) {
      expect(problems.some((problem) => problem.startsWith(`${name} `) && problem.endsWith('.'))).toBe(true)
    }
  })

  it('never repeat the value of a secret', () => {
    const text = problemsOf({ CLEW_DATA_DIR: dataDir, DATABASE_URL: 'mysql://u:hunter2@h/d', SESSION_SECRET: 'hunter3', ENCRYPTION_KEY: 'hunter4' }).join('\n')
    expect(text).not.toMatch(/hunter/)
  })

  it('refuses a short session secret and a key that is not 32 bytes', () => {
    expect(problemsOf({ CLEW_DATA_DIR: dataDir, SESSION_SECRET: 'short', ENCRYPTION_KEY: 'AAAA' })).toHaveLength(2)
  })
})

describe('production', () => {
  it('starts with strong secrets, without the demo', () => {
    expect(loadEnv(production())).toMatchObject({ production: true, CLEW_DEMO: false })
  })

  it('refuses missing secrets instead of making them', () => {
    const problems = problemsOf({ CLEW_ENV: 'production', CLEW_DATA_DIR: dataDir })
    for (const name of ['SESSION_SECRET', 'ENCRYPTION_KEY', 'APP_BASE_URL']) expect(problems.join(' ')).toContain(`${name} is required`)
  })

  it.each([
    ['a default secret', { SESSION_SECRET: 'changeme-changeme-changeme-changeme-changeme' }],
    ['a short secret', { SESSION_SECRET: 'q7Zt1mN5vK0x' }],
    ['a key of one repeated byte', { ENCRYPTION_KEY: Buffer.alloc(32).toString('base64') }],
    ['a plain http address', { APP_BASE_URL: 'http://clew.example.cn' }],
    ['the demo', { CLEW_DEMO: '1' }],
    ['an open debugger', { NODE_OPTIONS: '--inspect=0.0.0.0' }],
  ])('refuses %s', (_what, change) => {
    expect(problemsOf({ ...production(), ...change })).toHaveLength(1)
  })
})

describe('NAME_FILE', () => {
  it('reads secrets from files and refuses both forms at once', () => {
    const path = join(dataDir, 'secret')
    writeFileSync(path, `${RANDOM.session}\n`)
    expect(loadEnv({ CLEW_DATA_DIR: dataDir, SESSION_SECRET_FILE: path }).SESSION_SECRET).toEqual([RANDOM.session])
    expect(problemsOf({ CLEW_DATA_DIR: dataDir, SESSION_SECRET_FILE: path, SESSION_SECRET: RANDOM.session })).toHaveLength(1)
  })

  it('counts as set in production', () => {
    const path = join(dataDir, 'key')
    writeFileSync(path, RANDOM.key)
    expect(problemsOf({ ...production(), ENCRYPTION_KEY: undefined, ENCRYPTION_KEY_FILE: path })).toEqual([])
  })
})
