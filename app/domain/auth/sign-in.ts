import { DomainError } from '~/domain/kernel'
import { accountEmail, passwordSubject } from './account-email'
import { ownCookies } from './cookies'
import { knownDeviceOf, rememberDevice } from './devices'
import { engine } from './engine'
import { refusedAs } from './refused'
import { beginAttempt } from './throttle'
import { headersFor, type Visit } from './visit'

/** `cookies` are Set-Cookie lines for the answer, whatever the state. */
export type SignedIn = { state: 'signed-in'; userId: string; cookies: string[] } | { state: 'second-factor'; cookies: string[] }
const longestTyped = 2_048

/**
 * Signs in by address and password, or asks for the second factor. Unknown accounts and wrong passwords are refused
 * alike, after the same work. Refuses `wrong-credentials`, `too-many`.
 */
export async function signIn(input: { email: string; password: string }, visit: Visit): Promise<SignedIn> {
  if (input.password.length > longestTyped) throw new DomainError('wrong-credentials')
  const email = accountEmail(input.email) ?? 'nobody@invalid.invalid'
  const device = await knownDeviceOf(email, visit.headers)
  const wasRight = await beginAttempt({ subject: passwordSubject(email), ip: visit.ip, device, now: visit.now })
  const { headers, response } = await refusedAs('wrong-credentials', () =>
    engine().api.signInEmail({ body: { email, password: input.password }, headers: headersFor(visit), returnHeaders: true }),
  )
  await wasRight()
  const cookies = ownCookies(headers)
  if ('twoFactorRedirect' in response) return { state: 'second-factor', cookies }
  const userId = response.user.id
  return { state: 'signed-in', userId, cookies: [...cookies, await rememberDevice(userId, visit.headers, visit.now)] }
}
