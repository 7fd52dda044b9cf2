import type { Handover } from '~/platform/mail'
import { undoSeconds, type MailProblem, type MailState } from './vocabulary'

/** Where a mail stands on its way. `nextAt` is when somebody looks at it again; null when nothing more happens. */
export type Course = { state: MailState; orderedAt: Date; nextAt: Date | null; attempts: number; maybeSent: boolean; problem: MailProblem | null }
/** What holds at the moment of sending. `due` is the time the job was ordered for: another one than the mail's own means a later job. */
export type Facts = { now: Date; due?: Date | undefined; isSuppressed: boolean; obstacle: 'address-gone' | 'erased' | null }

const MINUTE = 60_000
/** Longer than any try takes: a worker that dies in it leaves the mail to the schedule. */
export const LEASE_MS = 3 * MINUTE
export const LONGEST_PAUSE_MS = 60 * MINUTE
export const PATIENCE_MS = 24 * 60 * MINUTE

/** A mail that was just written: it waits, so that it can be taken back. */
export function startCourse(now: Date): Course {
  return { state: 'queued', orderedAt: now, nextAt: new Date(now.getTime() + undoSeconds * 1_000), attempts: 0, maybeSent: false, problem: null }
}

/** Takes a mail up where it is due. `send` only where nothing speaks against it at this moment. */
export function takeUp(course: Course, { now, due, isSuppressed, obstacle }: Facts): { course: Course; send: boolean } {
  const isUnderway = course.state === 'queued' || course.state === 'sending'
  const isDue = course.nextAt !== null && (course.nextAt <= now || course.nextAt.getTime() === due?.getTime())
  if (!isUnderway || !isDue) return { course, send: false }
  // Whoever sent it last died before saying how that went.
  const met = course.state === 'sending' ? { ...course, maybeSent: true } : course
  if (isSuppressed) return { course: ended(met, 'suppressed', null), send: false }
  if (obstacle !== null) return { course: ended(met, 'failed', obstacle), send: false }
  return { course: { ...met, state: 'sending', attempts: met.attempts + 1, nextAt: new Date(now.getTime() + LEASE_MS) }, send: true }
}

/** What follows from how a try went. A mail nobody took is tried again for a day, always under the same Message-ID. */
export function afterTry(course: Course, handover: Handover, now: Date): Course {
  if (course.state !== 'sending') return course
  if (handover === 'taken') return { ...course, state: 'sent', nextAt: null, problem: null }
  const tried = handover === 'no-answer' ? { ...course, maybeSent: true } : course
  if (handover === 'refused' || handover === 'bounced') return ended(tried, 'failed', 'refused')
  if (now.getTime() - course.orderedAt.getTime() >= PATIENCE_MS) return ended(tried, 'failed', 'given-up')
  const pause = Math.min(MINUTE * 2 ** Math.min(course.attempts - 1, 20), LONGEST_PAUSE_MS)
  return { ...tried, state: 'queued', nextAt: new Date(now.getTime() + pause) }
}

/** Takes a mail back before it leaves; null where that is too late. */
export function takeBack(course: Course): Course | null {
  return course.state === 'queued' ? ended(course, 'cancelled', null) : null
}

// What may have arrived is never said not to have been sent.
const ended = (course: Course, state: MailState, problem: MailProblem | null): Course =>
  ({ ...course, state: course.maybeSent ? 'unknown' : state, problem, nextAt: null })
