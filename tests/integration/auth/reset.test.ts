import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { requestReset, resetLink, resetPassword, sessionOf, signIn } from '~/domain/auth'
import { database } from '~db/client.server'
import { aBrowser, anAccount, linkIn, mailsTo, OTHER, signedInBrowser } from './accounts'

const ask = async (email: string) => {
  await requestReset({ email }, aBrowser().visit())
  return linkIn((await mailsTo(email))[0], 'reset')
}

it('sets a new password once, and ends every session', async () => {
  const account = await anAccount()
  const there = await signedInBrowser(account)
  const token = await ask(account.email)
  expect(token).toMatch(/^\w{24}$/)
  await resetPassword({ token, password: OTHER }, aBrowser().visit())
  expect(await sessionOf(there.visit().headers, new Date())).toBeNull()
  await expect(signIn(account, aBrowser().visit())).rejects.toMatchObject({ code: 'wrong-credentials' })
  expect((await signIn({ email: account.email, password: OTHER }, aBrowser().visit())).state).toBe('signed-in')
  await expect(resetPassword({ token, password: 'nine slow tortoises walk' }, aBrowser().visit())).rejects.toMatchObject({ code: 'link-expired' })
  expect(await resetLink(token, new Date())).toBeNull()
})

it('ends the other links of the account when one is used', async () => {
  const account = await anAccount()
  const first = await ask(account.email)
  const second = await ask(account.email)
  expect(first).not.toBe(second)
  await resetPassword({ token: second, password: OTHER }, aBrowser().visit())
  expect(await resetLink(first, new Date())).toBeNull()
})

it('holds for one hour', async () => {
  const account = await anAccount()
  const token = await ask(account.email)
  const now = Date.now()
  expect(await resetLink(token, new Date(now + 59 * 60_000))).not.toBeNull()
  expect(await resetLink(token, new Date(now + 61 * 60_000))).toBeNull()
  await expect(resetPassword({ token, password: OTHER }, { ...aBrowser().visit(), now: new Date(now + 61 * 60_000) })).rejects.toMatchObject({ code: 'link-expired' })
})

it('keeps the link usable after a weak password', async () => {
  const account = await anAccount()
  const token = await ask(account.email)
  await expect(resetPassword({ token, password: 'qz heron' }, aBrowser().visit())).rejects.toMatchObject({ code: 'weak-password', fields: { password: ['too-short'] } })
  expect(await resetLink(token, new Date())).toEqual({ twoFactorEnabled: false })
})

it('keeps only a hash of the token', async () => {
  const account = await anAccount()
  const token = await ask(account.email)
  const rows = await database('auth').execute<{ row: string }>(sql`select verification::text as row from auth.verification where value = ${account.userId}`)
  expect(rows).toHaveLength(1)
  expect(rows[0]?.row).not.toContain(token)
})

it('takes no altered token, and none of another purpose', async () => {
  const account = await anAccount()
  const token = await ask(account.email)
  const bad = [...token].map((letter, at) => token.slice(0, at) + (letter === 'x' ? 'y' : 'x') + token.slice(at + 1))
  for (const altered of [...bad, token.slice(1), `${token}a`, `reset-password:${token}`, '', '2fa-aaaaaaaaaaaaaaaaaaaa']) expect(await resetLink(altered, new Date()), altered).toBeNull()
})

it('links to the configured address whatever host was asked', async () => {
  const account = await anAccount()
  const visit = aBrowser().visit()
  visit.headers.set('host', 'evil.example')
  visit.headers.set('x-forwarded-host', 'evil.example')
  await requestReset({ email: account.email }, visit)
  const [mail] = await mailsTo(account.email)
  expect(mail?.text).toContain('http://localhost:3000/reset/')
  expect(mail?.text + (mail?.html ?? '')).not.toContain('evil.example')
})

it('writes in the language of the page that asked', async () => {
  const account = await anAccount()
  await requestReset({ email: account.email }, { ...aBrowser().visit(), locale: 'zh-CN' })
  expect((await mailsTo(account.email))[0]?.subject).toBe('重设 Clew 线索 的密码')
})
