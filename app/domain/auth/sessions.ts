import { and, desc, eq, gt, ne } from 'drizzle-orm'
import { DomainError } from '~/domain/kernel'
import { database } from '~db/client.server'
import { session } from '~db/schema/auth'
import { sessionDays } from './cookies'
import type { Session } from './session-of'

/** One place an account is signed in. */
export type OpenSession = { id: string; current: boolean; ipAddress: string | null; userAgent: string | null; createdAt: Date; lastUsedAt: Date }

/** Where an account is signed in, the most recently used first. */
export async function listSessions(of: Session, now: Date): Promise<OpenSession[]> {
  const idle = new Date(now.getTime() - sessionDays.idle * 86_400_000)
  const rows = await database('auth').select().from(session)
    .where(and(eq(session.userId, of.userId), gt(session.expiresAt, now), gt(session.updatedAt, idle))).orderBy(desc(session.updatedAt)).limit(100)
  return rows.map((row) => ({
    id: row.id, current: row.id === of.sessionId, ipAddress: row.ipAddress, userAgent: row.userAgent, createdAt: row.createdAt, lastUsedAt: row.updatedAt,
  }))
}

/** Ends one session of the same account. Refuses `not-found`. */
export async function revokeSession(of: Session, sessionId: string): Promise<void> {
  const ended = await database('auth').delete(session)
    .where(and(eq(session.userId, of.userId), eq(session.id, sessionId))).returning({ id: session.id })
  if (ended.length === 0) throw new DomainError('not-found')
}

/** Ends every other session of the account. Answers how many. */
export async function revokeOtherSessions(of: Session): Promise<number> {
  const ended = await database('auth').delete(session)
    .where(and(eq(session.userId, of.userId), ne(session.id, of.sessionId))).returning({ id: session.id })
  return ended.length
}

/** Ends every session of an account but the one with this token: after a change of its factors. */
export async function endSessionsBut(userId: string, token: string): Promise<void> {
  await database('auth').delete(session).where(and(eq(session.userId, userId), ne(session.token, token)))
}
