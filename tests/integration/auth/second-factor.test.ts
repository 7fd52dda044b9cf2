import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { changePassword, confirmTwoFactor, disableTwoFactor, owesSecondFactor, pendingTwoFactor, requestReset, resetPassword, sessionOf, signIn, startTwoFactor, verifySecondFactor } from '~/domain/auth'
import { database } from '~db/client.server'
import { aBrowser, anAccount, authenticatorCode, GOOD, linkIn, mailsTo, OTHER, signedInBrowser } from './accounts'

async function withSecondFactor() {
  const account = await anAccount()
  const browser = await signedInBrowser(account)
  const { secret } = await startTwoFactor({ password: account.password }, browser.visit())
  const { recoveryCodes, cookies } = await confirmTwoFactor({ code: authenticatorCode(secret, new Date()) }, browser.visit())
  browser.take(cookies)
  // The code of this half minute is used up: tests go on with the next.
  const next = new Date(Date.now() + 30_000)
  return { ...account, browser, secret, recoveryCodes, next }
}

async function afterPassword(account: { email: string; password: string }) {
  const browser = aBrowser()
  const entered = await signIn(account, browser.visit())
  expect(entered.state).toBe('second-factor')
  browser.take(entered.cookies)
  return browser
}

it('is on from the first right code, which gives the session a new secret and ends the others', async () => {
  const account = await anAccount()
  const here = await signedInBrowser(account)
  const there = await signedInBrowser(account)
  const before = here.jar.get('clew_session')
  const { secret, uri } = await startTwoFactor({ password: account.password }, here.visit())
  expect(uri).toMatch(/^otpauth:\/\/totp\//)
  const session = await sessionOf(here.visit().headers, new Date())
  expect(session === null ? null : (await pendingTwoFactor(session))?.secret).toBe(secret)
  await expect(confirmTwoFactor({ code: '000000' }, here.visit())).rejects.toMatchObject({ code: 'code-wrong' })
  const { cookies, recoveryCodes } = await confirmTwoFactor({ code: authenticatorCode(secret, new Date()) }, here.visit())
  here.take(cookies)
  expect(recoveryCodes).toHaveLength(8)
  expect(here.jar.get('clew_session')).not.toBe(before)
  expect(await sessionOf(here.visit().headers, new Date())).toMatchObject({ twoFactorEnabled: true })
  expect(await sessionOf(there.visit().headers, new Date())).toBeNull()
})

it('gives no session for a password alone', async () => {
  const account = await withSecondFactor()
  const browser = await afterPassword(account)
  expect(browser.jar.has('clew_session')).toBe(false)
  expect(await sessionOf(browser.visit().headers, new Date())).toBeNull()
  expect(await owesSecondFactor(browser.visit().headers, new Date())).toBe(true)
  expect(await owesSecondFactor(browser.visit().headers, new Date(Date.now() + 11 * 60_000))).toBe(false)
})

it('takes a code once, and no older one after it', async () => {
  const account = await withSecondFactor()
  const code = authenticatorCode(account.secret, account.next)
  const first = await afterPassword(account)
  const entered = await verifySecondFactor({ code }, { ...first.visit(), now: account.next })
  first.take(entered.cookies)
  expect(await sessionOf(first.visit().headers, new Date())).toMatchObject({ userId: account.userId })
  const second = await afterPassword(account)
  await expect(verifySecondFactor({ code }, { ...second.visit(), now: account.next })).rejects.toMatchObject({ code: 'code-wrong' })
  const older = authenticatorCode(account.secret, new Date(account.next.getTime() - 30_000))
  await expect(verifySecondFactor({ code: older }, { ...second.visit(), now: account.next })).rejects.toMatchObject({ code: 'code-wrong' })
})

it('takes a recovery code once, and keeps digests of them', async () => {
  const account = await withSecondFactor()
  const [code = ''] = account.recoveryCodes
  const [row] = await database('auth').execute<{ row: string }>(sql`select two_factor::text as row from auth.two_factor where user_id = ${account.userId}`)
  for (const each of account.recoveryCodes) expect(row?.row).not.toContain(each)
  const first = await afterPassword(account)
  expect((await verifySecondFactor({ code: code.toUpperCase().replaceAll('-', ' ') }, first.visit())).state).toBe('signed-in')
  const second = await afterPassword(account)
  await expect(verifySecondFactor({ code }, second.visit())).rejects.toMatchObject({ code: 'code-wrong' })
  const kept = row?.row.match(/sha256:[\w-]{43}/)?.[0] ?? 'sha256:'
  await expect(verifySecondFactor({ code: kept }, second.visit())).rejects.toMatchObject({ code: 'code-wrong' })
})

it('counts wrong codes like wrong passwords', async () => {
  const account = await withSecondFactor()
  const outcomes: string[] = []
  for (let n = 0; n < 12; n += 1) {
    const browser = await afterPassword(account)
    outcomes.push(await verifySecondFactor({ code: `00000${n % 10}` }, browser.visit()).then(() => 'in', (error: { code: string }) => error.code))
  }
  expect(outcomes.filter((code) => code === 'too-many')).toHaveLength(2)
})

it('asks for a code without a password before', async () => {
  await expect(verifySecondFactor({ code: '123456' }, aBrowser().visit())).rejects.toMatchObject({ code: 'not-signed-in' })
})

it('still stands after the password was reset by mail', async () => {
  const account = await withSecondFactor()
  await requestReset({ email: account.email }, aBrowser().visit())
  const mail = (await mailsTo(account.email)).find(({ text }) => text.includes('/reset/'))
  await resetPassword({ token: linkIn(mail, 'reset'), password: OTHER }, aBrowser().visit())
  expect((await signIn({ email: account.email, password: OTHER }, aBrowser().visit())).state).toBe('second-factor')
})

it('lets a password be eight long, which must grow before the factor goes', async () => {
  const account = await withSecondFactor()
  const { browser } = account
  browser.take((await changePassword({ current: GOOD, password: 'heron 88x' }, browser.visit())).cookies)
  await expect(disableTwoFactor({ password: GOOD }, browser.visit())).rejects.toMatchObject({ code: 'wrong-credentials' })
  await expect(disableTwoFactor({ password: 'heron 88x' }, browser.visit())).rejects.toMatchObject({ code: 'weak-password' })
  browser.take((await changePassword({ current: 'heron 88x', password: OTHER }, browser.visit())).cookies)
  const before = browser.jar.get('clew_session')
  browser.take((await disableTwoFactor({ password: OTHER }, browser.visit())).cookies)
  expect(browser.jar.get('clew_session')).not.toBe(before)
  expect((await signIn({ email: account.email, password: OTHER }, aBrowser().visit())).state).toBe('signed-in')
})
