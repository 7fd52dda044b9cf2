import type { Locale } from '~/lib/locales'
import { DomainError } from '~/domain/kernel'
import { accountEmail } from './account-email'
import { engine } from './engine'
import { refusedAs } from './refused'
import { askedIn } from './reset-mail'
import { allows } from './throttle'
import { headersFor, type Visit } from './visit'

const HOUR = 3_600_000
const perAccount = 5
const perAddress = 30

/**
 * Mails a link to set a new password (one use, one hour) if there is such an account; says nothing either way.
 * Beyond five an hour for one account nothing more is sent. Refuses `too-many` for one network address, `invalid`.
 */
export async function requestReset(input: { email: string }, visit: Visit & { locale: Locale }): Promise<void> {
  const email = accountEmail(input.email)
  if (email === null) throw new DomainError('invalid', { fields: { email: ['email'] } })
  if (!(await allows(`reset-from ${visit.ip}`, perAddress, HOUR, visit.now))) throw new DomainError('too-many', { params: { retryAfter: 3_600, minutes: 60 } })
  if (!(await allows(`reset-to ${email}`, perAccount, HOUR, visit.now))) return
  await askedIn.run(visit.locale, () => refusedAs('invalid', () => engine().api.requestPasswordReset({ body: { email }, headers: headersFor(visit) })))
}
