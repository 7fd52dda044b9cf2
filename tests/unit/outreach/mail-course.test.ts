import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { afterTry, LEASE_MS, startCourse, takeBack, takeUp, type Course } from '~/domain/outreach/mail-course'
import { seeded } from '~tests/support/seed'

const T = new Date('2024-05-15T04:00:00Z')
const after = (seconds: number) => new Date(T.getTime() + seconds * 1_000)
const free = { isSuppressed: false, obstacle: null }

describe('the course of a mail', () => {
  it('waits ten seconds, is sent once, and is done', () => {
    const course = startCourse(T)
    expect(course).toMatchObject({ state: 'queued', nextAt: after(10), attempts: 0 })
    expect(takeUp(course, { now: after(9.999), ...free }).send).toBe(false)
    const taken = takeUp(course, { now: after(10), ...free })
    expect(taken).toMatchObject({ send: true, course: { state: 'sending', attempts: 1 } })
    expect(takeUp(taken.course, { now: after(11), ...free }).send).toBe(false)
    expect(afterTry(taken.course, 'taken', after(12))).toMatchObject({ state: 'sent', nextAt: null })
  })

  it('a job that was ordered for this time may come early by the clock of its worker, another one may not', () => {
    const course = { ...startCourse(T), nextAt: after(600) }
    expect(takeUp(course, { now: after(10), due: after(600), ...free }).send).toBe(true)
    expect(takeUp(course, { now: after(10), due: after(599), ...free }).send).toBe(false)
  })

  it('is taken back until it leaves, and not after', () => {
    expect(takeBack(startCourse(T))).toMatchObject({ state: 'cancelled', nextAt: null })
    expect(takeBack(takeUp(startCourse(T), { now: after(10), ...free }).course)).toBeNull()
  })

  it('is tried again after 1, 2, 4 … 60 minutes, for a day', () => {
    let course: Course = startCourse(T)
    const pauses: number[] = []
    for (let now = after(10); course.nextAt !== null; now = course.nextAt ?? now) {
      course = afterTry(takeUp(course, { now, ...free }).course, 'later', now)
      if (course.nextAt !== null) pauses.push((course.nextAt.getTime() - now.getTime()) / 60_000)
    }
    // 1+2+4+8+16+32 = 63 minutes, then 23 hours by the hour: the try at or after 24 h is the last.
    expect(pauses.slice(0, 8)).toEqual([1, 2, 4, 8, 16, 32, 60, 60])
    expect(pauses).toHaveLength(29)
    expect(course).toMatchObject({ state: 'failed', problem: 'given-up', attempts: 30 })
  })

  it.each([['refused', 'failed', 'refused'], ['bounced', 'failed', 'refused'], ['taken', 'sent', null]] as const)('%s is %s', (handover, state, problem) => {
    expect(afterTry(takeUp(startCourse(T), { now: after(10), ...free }).course, handover, after(11))).toMatchObject({ state, problem, nextAt: null })
  })

  it('what may have arrived is never called failed, cancelled or suppressed', () => {
    const lost = afterTry(takeUp(startCourse(T), { now: after(10), ...free }).course, 'no-answer', after(40))
    expect(lost).toMatchObject({ state: 'queued', maybeSent: true })
    const again = takeUp(lost, { now: after(200), ...free }).course
    expect(afterTry(again, 'refused', after(201))).toMatchObject({ state: 'unknown', problem: 'refused' })
    expect(takeBack(lost)?.state).toBe('unknown')
    expect(takeUp(lost, { now: after(200), isSuppressed: true, obstacle: null })).toMatchObject({ send: false, course: { state: 'unknown' } })
    // A worker that died in the middle left the mail in its hands.
    const orphan = takeUp(takeUp(startCourse(T), { now: after(10), ...free }).course, { now: new Date(after(10).getTime() + LEASE_MS), isSuppressed: true, obstacle: null })
    expect(orphan.course.state).toBe('unknown')
  })

  it('10,000 random schedules: nothing is sent after an opt-out, after it was taken back, or to somebody who is gone', () => {
    const step = fc.record({
      what: fc.constantFrom('work', 'work', 'work', 'order-again', 'opt-out', 'opt-in', 'cancel', 'crash', 'erase'),
      handover: fc.constantFrom('taken', 'refused', 'later', 'no-answer'), wait: fc.integer({ min: 0, max: 7_200 }), isLate: fc.boolean(),
    })
    let sent = 0
    let stopped = 0
    fc.assert(fc.property(fc.array(step, { minLength: 1, maxLength: 14 }), (steps) => {
      let [course, now, isSuppressed, isGone] = [startCourse(T), T.getTime(), false, false]
      let [isBack, arrived] = [false, 0]
      let inFlight: { attempt: number } | null = null
      for (const { what, handover, wait, isLate } of steps) {
        now += wait * 1_000
        const at = new Date(now)
        if (what === 'opt-out') isSuppressed = true
        if (what === 'opt-in') isSuppressed = false
        if (what === 'erase') isGone = true
        if (what === 'cancel') { const back = takeBack(course); if (back !== null) { course = back; isBack = true } }
        if (what === 'order-again' && course.nextAt !== null && course.nextAt <= at) course = { ...course, nextAt: new Date(now + 600_000) }
        if (what !== 'work' && what !== 'crash') continue
        const due = isLate && course.nextAt !== null && course.nextAt.getTime() - now > 500_000 && course.state === 'queued' ? course.nextAt : undefined
        const before = course
        const taken = takeUp(course, { now: at, due, isSuppressed, obstacle: isGone ? 'erased' : null })
        course = taken.course
        if (!taken.send) { if (isSuppressed && before.state === 'queued' && course.nextAt === null) stopped += 1; continue }
        // The moment at which a server could hear of it.
        expect(isSuppressed, 'sent after an opt-out').toBe(false)
        expect(isBack, 'sent after it was taken back').toBe(false)
        expect(isGone, 'sent to somebody who is gone').toBe(false)
        inFlight = { attempt: course.attempts }
        if (handover === 'taken' || handover === 'no-answer') arrived += 1
        if (what === 'crash') continue
        if (inFlight.attempt === course.attempts) course = afterTry(course, handover, at)
        if (course.state === 'sent') sent += 1
      }
      if (course.state === 'failed' || course.state === 'cancelled' || course.state === 'suppressed') expect(arrived, `${course.state}, though it may have arrived`).toBe(0)
      expect(course.nextAt === null).toBe(!['queued', 'sending'].includes(course.state))
    }), seeded({ numRuns: 10_000 }))
    expect(sent).toBeGreaterThan(1_000)
    expect(stopped).toBeGreaterThan(500)
  })
})
