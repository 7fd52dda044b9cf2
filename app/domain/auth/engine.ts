import { betterAuth } from 'better-auth/minimal'
import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import { twoFactor } from 'better-auth/plugins/two-factor'
import { sha256 } from '~/platform/crypto'
import { env } from '~/platform/env'
import { hashPassword, verifyPassword } from '~/platform/passwords'
import { database, type Db } from '~db/client.server'
import { account, session, twoFactor as twoFactorTable, user, verification } from '~db/schema/auth'
import { cookieName, isSecure, sessionDays } from './cookies'
import { keepHashed } from './recovery-codes'
import { sendResetMail } from './reset-mail'

// Asked at every use: in tests the database is the test's own transaction.
const accounts = new Proxy({} as Db, {
  get(_, property) {
    const db = database('auth')
    const value: unknown = Reflect.get(db, property)
    return typeof value === 'function' ? (value as (...args: unknown[]) => unknown).bind(db) : value
  },
})

// A secret's version comes from the secret itself, so that one put in front leaves the others their numbers.
const versioned = (secrets: readonly string[]) => secrets.map((value) => ({ value, version: sha256(`version ${value}`).readUInt32BE(0) }))

const aDay = 86_400

function build() {
  const settings = env()
  const cookie = (kind: 'session' | 'second') => ({ name: cookieName(kind), attributes: { secure: isSecure() } })
  return betterAuth({
    appName: 'Clew',
    baseURL: settings.APP_BASE_URL,
    trustedOrigins: [new URL(settings.APP_BASE_URL).origin],
    secrets: versioned(settings.SESSION_SECRET),
    database: drizzleAdapter(accounts, { provider: 'pg', schema: { user, session, account, verification, twoFactor: twoFactorTable }, transaction: true }),
    telemetry: { enabled: false },
    logger: { disabled: true },
    rateLimit: { enabled: false },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: 1,
      maxPasswordLength: 4_096,
      password: { hash: hashPassword, verify: ({ hash, password }) => verifyPassword(hash, password) },
      revokeSessionsOnPasswordReset: true,
      resetPasswordTokenExpiresIn: 3_600,
      sendResetPassword: async ({ user: { email, name }, token }) => sendResetMail({ address: email, name }, token),
    },
    verification: { storeIdentifier: 'hashed' },
    session: { expiresIn: sessionDays.absolute * aDay, disableSessionRefresh: true, freshAge: 0 },
    advanced: {
      useSecureCookies: false,
      cookiePrefix: 'clew',
      cookies: { session_token: cookie('session'), two_factor: cookie('second') },
      ipAddress: { ipAddressHeaders: [ipHeader] },
    },
    plugins: [twoFactor({ issuer: 'Clew', accountLockout: { enabled: false }, backupCodeOptions: { storeBackupCodes: keepHashed } })],
  })
}

/** Names the caller's address to better-auth; the front has worked it out, whatever the request claims. */
export const ipHeader = 'x-clew-ip'

let built: { for: string; engine: ReturnType<typeof build> } | undefined

/** better-auth for sign-in, sessions, verification and two-factor; no route of its own is mounted. */
export function engine(): ReturnType<typeof build> {
  const { APP_BASE_URL, SESSION_SECRET } = env()
  const settings = JSON.stringify([APP_BASE_URL, SESSION_SECRET])
  if (built?.for !== settings) built = { for: settings, engine: build() }
  return built.engine
}
