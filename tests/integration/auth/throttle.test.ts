import { sql } from 'drizzle-orm'
import { expect, it, vi } from 'vitest'
import { requestReset, resetPassword, signIn } from '~/domain/auth'
import { isRefusal } from '~/domain/kernel'
import { hashPassword, verifyPassword } from '~/platform/passwords'
import { database } from '~db/client.server'
import { aBrowser, anAccount, linkIn, mailsTo, OTHER, signedInBrowser } from './accounts'

vi.mock('~/platform/passwords', { spy: true })

type Try = 'in' | 'wrong' | 'too many'

async function tryOnce(email: string, password: string, ip: string, now = new Date()): Promise<Try> {
  const answer: unknown = await signIn({ email, password }, { ...aBrowser(ip).visit(), now }).catch((error: unknown) => error)
  return isRefusal(answer, 'wrong-credentials') ? 'wrong' : isRefusal(answer, 'too-many') ? 'too many' : 'in'
}

const counted = (tries: readonly Try[]) => ({ wrong: tries.filter((one) => one === 'wrong').length, refused: tries.filter((one) => one === 'too many').length })

it('checks ten wrong passwords from one address, then none for fifteen minutes', async () => {
  const { email, password } = await anAccount()
  const now = new Date()
  const tries: Try[] = []
  for (let n = 0; n < 14; n += 1) tries.push(await tryOnce(email, OTHER, '192.0.2.1', now))
  expect(counted(tries)).toEqual({ wrong: 10, refused: 4 })
  expect(await tryOnce(email, password, '192.0.2.1', now)).toBe('too many')
  expect(await tryOnce(email, password, '192.0.2.1', new Date(now.getTime() + 15 * 60_000 + 1_000))).toBe('in')
})

it('counts a burst as it counts a queue', async () => {
  const { email } = await anAccount()
  const tries = await Promise.all(Array.from({ length: 25 }, () => tryOnce(email, OTHER, '192.0.2.2')))
  expect(counted(tries)).toEqual({ wrong: 10, refused: 15 })
})

it('is not moved by an address the request claims for itself', async () => {
  const { email } = await anAccount()
  const tries: Try[] = []
  for (let n = 0; n < 12; n += 1) {
    const visit = aBrowser('192.0.2.3').visit()
    visit.headers.set('x-forwarded-for', `10.0.0.${n}`)
    visit.headers.set('x-clew-ip', `10.0.1.${n}`)
    const answer: unknown = await signIn({ email, password: OTHER }, visit).catch((error: unknown) => error)
    tries.push(isRefusal(answer, 'too-many') ? 'too many' : 'wrong')
  }
  expect(counted(tries)).toEqual({ wrong: 10, refused: 2 })
})

it('checks a hundred in a row from many addresses and never more; the owner still gets in from a known browser', async () => {
  const account = await anAccount()
  const known = await signedInBrowser(account, '198.51.100.9')
  // The hundred before are told to the table, not typed: each costs a hash.
  for (let n = 0; n < 12; n += 1) await tryOnce(account.email, OTHER, `192.0.2.${100 + n}`)
  const raised = await database('auth').execute(sql`update auth.throttle set points = 99 where key like 'ever:%' and points = 12 returning key`)
  expect(raised).toHaveLength(1)
  expect(await tryOnce(account.email, OTHER, '192.0.2.201')).toBe('wrong')
  expect(await tryOnce(account.email, account.password, '192.0.2.202')).toBe('too many')
  const years = new Date(Date.now() + 3 * 365 * 86_400_000)
  expect(await tryOnce(account.email, account.password, '192.0.2.203', years)).toBe('too many')
  known.jar.delete('clew_session')
  expect((await signIn(account, known.visit())).state).toBe('signed-in')
})

it('lets the owner in again by a mailed reset', async () => {
  const account = await anAccount()
  await tryOnce(account.email, OTHER, '192.0.2.220')
  await database('auth').execute(sql`update auth.throttle set points = 100 where key like 'ever:%'`)
  expect(await tryOnce(account.email, account.password, '192.0.2.221')).toBe('too many')
  await requestReset({ email: account.email }, aBrowser().visit())
  await resetPassword({ token: linkIn((await mailsTo(account.email))[0], 'reset'), password: OTHER }, aBrowser().visit())
  expect(await tryOnce(account.email, OTHER, '192.0.2.222')).toBe('in')
})

it('refuses unknown accounts as early and as late as known ones', async () => {
  const { email } = await anAccount()
  const known: Try[] = []
  const unknown: Try[] = []
  for (let n = 0; n < 12; n += 1) {
    known.push(await tryOnce(email, OTHER, '192.0.2.30'))
    unknown.push(await tryOnce('nobody-at-all@example.com', OTHER, '192.0.2.31'))
  }
  expect(unknown).toEqual(known)
})

it('does the same work for an unknown account as for a known one', async () => {
  const { email } = await anAccount()
  // Argon2id is what takes time: one computation each, whoever is asked for.
  const hashings = async (address: string, block: number) => {
    vi.mocked(hashPassword).mockClear()
    vi.mocked(verifyPassword).mockClear()
    await tryOnce(address, OTHER, `192.0.${block}.1`)
    return vi.mocked(hashPassword).mock.calls.length + vi.mocked(verifyPassword).mock.calls.length
  }
  expect(await hashings(email, 3)).toBe(1)
  expect(await hashings('nobody-timed@example.com', 4)).toBe(1)
})

it('mails at most five reset links an hour to one account, and says nothing', async () => {
  const { email } = await anAccount()
  for (let n = 0; n < 8; n += 1) await requestReset({ email }, aBrowser(`198.51.100.${n}`).visit())
  expect(await mailsTo(email)).toHaveLength(5)
  await requestReset({ email: 'nobody-mailed@example.com' }, aBrowser().visit())
  expect(await mailsTo('nobody-mailed@example.com')).toHaveLength(0)
})
