import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { changePassword, listSessions, revokeOtherSessions, revokeSession, sessionOf, signIn, signOut } from '~/domain/auth'
import { isRefusal } from '~/domain/kernel'
import { settleMail } from '~/platform/mail'
import { database } from '~db/client.server'
import { aBrowser, anAccount, GOOD, OTHER, signedInBrowser } from './accounts'

const DAY = 86_400_000

it('signs in with the right password and knows who it is, in one query', async () => {
  const account = await anAccount()
  const browser = await signedInBrowser(account)
  const { headers, now } = browser.visit()
  expect(await sessionOf(headers, now)).toMatchObject({ userId: account.userId, email: account.email, name: account.name, isOperator: false, twoFactorEnabled: false })
})

it('refuses unknown accounts and wrong passwords with the same words', async () => {
  const account = await anAccount()
  const wrong: unknown = await signIn({ email: account.email, password: OTHER }, aBrowser().visit()).catch((error: unknown) => error)
  const unknown: unknown = await signIn({ email: 'nobody-here@example.com', password: OTHER }, aBrowser().visit()).catch((error: unknown) => error)
  expect(isRefusal(wrong, 'wrong-credentials')).toBe(true)
  expect(JSON.stringify(unknown)).toBe(JSON.stringify(wrong))
})

it('keeps passwords as Argon2id of at least 19 MiB and two passes', async () => {
  const account = await anAccount()
  const [row] = await database('auth').execute<{ password: string }>(sql`select password from auth.account where user_id = ${account.userId}`)
  expect(row?.password).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
})

it('sets session cookies out of reach of scripts and other sites', async () => {
  const account = await anAccount()
  const { cookies } = await signIn(account, aBrowser().visit())
  expect(cookies).toHaveLength(2)
  for (const cookie of cookies) {
    expect(cookie).toMatch(/HttpOnly/i)
    expect(cookie).toMatch(/SameSite=Lax/i)
    expect(cookie).toMatch(/Path=\//i)
  }
})

it('takes full-width letters for the same password', async () => {
  const account = await anAccount()
  const wide = [...GOOD].map((letter) => (letter === ' ' ? ' ' : String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0))).join('')
  expect((await signIn({ email: account.email.toUpperCase(), password: wide }, aBrowser().visit())).state).toBe('signed-in')
})

it('ends a session after seven idle days, and after thirty days however busy', async () => {
  const account = await anAccount()
  const { headers, now } = (await signedInBrowser(account)).visit()
  for (let day = 5; day < 30; day += 5) expect(await sessionOf(headers, new Date(now.getTime() + day * DAY)), `day ${day}`).not.toBeNull()
  expect(await sessionOf(headers, new Date(now.getTime() + 30 * DAY + 5_000))).toBeNull()
  const idle = (await signedInBrowser(account)).visit()
  expect(await sessionOf(idle.headers, new Date(idle.now.getTime() + 7 * DAY + 5_000))).toBeNull()
})

it('takes no session that was altered, cut or signed by somebody else', async () => {
  const account = await anAccount()
  const browser = await signedInBrowser(account)
  const value = browser.jar.get('clew_session') ?? ''
  for (const bad of [value.slice(0, -1), `x${value}`, value.replace(/^./, (letter) => (letter === 'A' ? 'B' : 'A')), value.split('.')[0] ?? '', '']) {
    expect(await sessionOf(new Headers({ cookie: `clew_session=${bad}` }), new Date())).toBeNull()
  }
})

it('gives a new session at every sign-in and ends it at sign-out', async () => {
  const account = await anAccount()
  const browser = await signedInBrowser(account)
  const first = browser.jar.get('clew_session')
  browser.take((await signIn(account, browser.visit())).cookies)
  expect(browser.jar.get('clew_session')).not.toBe(first)
  const { headers, now } = browser.visit()
  await signOut(headers)
  expect(await sessionOf(headers, now)).toBeNull()
})

it('lists sessions, ends one, ends the others', async () => {
  const account = await anAccount()
  const here = await signedInBrowser(account)
  const there = await signedInBrowser(account, '198.51.100.4')
  await signedInBrowser(account)
  const session = await sessionOf(here.visit().headers, new Date())
  if (session === null) throw new Error('not signed in')
  const open = await listSessions(session, new Date())
  expect(open.map(({ current }) => current).sort()).toEqual([false, false, true])
  const other = open.find(({ ipAddress }) => ipAddress === '198.51.100.4')
  await revokeSession(session, other?.id ?? '')
  expect(await sessionOf(there.visit().headers, new Date())).toBeNull()
  expect(await revokeOtherSessions(session)).toBe(1)
  expect(await listSessions(session, new Date())).toHaveLength(1)
  const stranger = await sessionOf((await signedInBrowser(await anAccount())).visit().headers, new Date())
  if (stranger === null) throw new Error('not signed in')
  await expect(revokeSession(stranger, session.sessionId)).rejects.toMatchObject({ code: 'not-found' })
})

it('changes the password: others are signed out, the acting session gets a new secret', async () => {
  const account = await anAccount()
  const here = await signedInBrowser(account)
  const there = await signedInBrowser(account)
  const old = here.visit().headers
  await expect(changePassword({ current: OTHER, password: OTHER }, here.visit())).rejects.toMatchObject({ code: 'wrong-credentials' })
  await expect(changePassword({ current: GOOD, password: 'wei zhang wei zhang' }, here.visit())).rejects.toMatchObject({ code: 'weak-password', fields: { password: ['context'] } })
  here.take((await changePassword({ current: GOOD, password: OTHER }, here.visit())).cookies)
  await settleMail()
  expect(await sessionOf(here.visit().headers, new Date())).not.toBeNull()
  expect(await sessionOf(old, new Date())).toBeNull()
  expect(await sessionOf(there.visit().headers, new Date())).toBeNull()
  await expect(signIn(account, aBrowser().visit())).rejects.toMatchObject({ code: 'wrong-credentials' })
  expect((await signIn({ email: account.email, password: OTHER }, aBrowser().visit())).state).toBe('signed-in')
})
