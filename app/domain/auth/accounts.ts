import { eq } from 'drizzle-orm'
import { DomainError } from '~/domain/kernel'
import { newUuid } from '~/lib/ids'
import { hashPassword } from '~/platform/passwords'
import { database } from '~db/client.server'
import { account, session, user, verification } from '~db/schema/auth'
import { accountEmail } from './account-email'
import { assertPassword } from './assert-password'

/** A person's account of the installation, without its secrets. */
export type Account = { userId: string; name: string; email: string; isOperator: boolean; twoFactorEnabled: boolean }

/**
 * Makes an account: by invitation, on the command line or for the demo, never by sign-up. `words` are further words the
 * password may not be made of, such as the organisation's name. Refuses `invalid`, `weak-password`, `name-taken`.
 */
export async function createAccount(input: { name: string; email: string; password: string; words?: readonly string[] }, now: Date): Promise<{ userId: string }> {
  const email = accountEmail(input.email)
  if (email === null) throw new DomainError('invalid', { fields: { email: ['email'] } })
  const name = input.name.normalize('NFC').replace(/\p{Cc}+/gu, ' ').trim().slice(0, 200)
  if (name === '') throw new DomainError('invalid', { fields: { name: ['required'] } })
  assertPassword(input.password, { twoFactor: false, words: [name, email, ...(input.words ?? [])] })
  const password = await hashPassword(input.password)
  const userId = newUuid()
  const dated = { createdAt: now, updatedAt: now }
  await database('auth').transaction(async (tx) => {
    const made = await tx.insert(user).values({ id: userId, name, email, emailVerified: true, ...dated }).onConflictDoNothing().returning({ id: user.id })
    if (made.length === 0) throw new DomainError('name-taken', { fields: { email: ['taken'] } })
    await tx.insert(account).values({ id: newUuid(), accountId: userId, providerId: 'credential', userId, password, ...dated })
  })
  return { userId }
}

/** The account under an address, or null. For verbs only: a page must not tell who has one. */
export async function accountOf(email: string): Promise<Account | null> {
  const address = accountEmail(email)
  if (address === null) return null
  const [row] = await database('auth').select().from(user).where(eq(user.email, address))
  if (row === undefined) return null
  return { userId: row.id, name: row.name, email: row.email, isOperator: row.isOperator, twoFactorEnabled: row.twoFactorEnabled }
}

/** Renames an account. Its members' copies are the organisations' to change. Refuses `not-found`. */
export async function renameAccount(userId: string, name: string, now: Date): Promise<void> {
  const changed = await database('auth').update(user).set({ name, updatedAt: now }).where(eq(user.id, userId)).returning({ id: user.id })
  if (changed.length === 0) throw new DomainError('not-found')
}

/** Makes an account an operator of the installation, or takes that back. Refuses `not-found`. */
export async function setOperator(input: { email: string; isOperator: boolean }, now: Date): Promise<{ userId: string }> {
  const email = accountEmail(input.email) ?? ''
  const [row] = await database('auth').update(user).set({ isOperator: input.isOperator, updatedAt: now }).where(eq(user.email, email)).returning({ id: user.id })
  if (row === undefined) throw new DomainError('not-found')
  return { userId: row.id }
}

/** Deletes an account with its sessions, devices and factors; answers whether there was one. Members that point to it lose their way in. */
export async function deleteAccount(userId: string): Promise<boolean> {
  return database('auth').transaction(async (tx) => {
    await tx.delete(verification).where(eq(verification.value, userId))
    await tx.delete(session).where(eq(session.userId, userId))
    const gone = await tx.delete(user).where(eq(user.id, userId)).returning({ id: user.id })
    return gone.length > 0
  })
}
