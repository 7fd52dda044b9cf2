import { normalizeEmail } from '~/lib/email'

/** The one spelling under which an account is found: the whole address in lower case; null for what is no address. */
export function accountEmail(raw: string): string | null {
  const email = normalizeEmail(raw)
  return email === null || email.unusual ? null : email.address.toLowerCase()
}

/** What failures at an address are counted under, whether or not there is such an account. */
export const passwordSubject = (email: string): string => `password ${email}`
export const codeSubject = (userId: string): string => `code ${userId}`
