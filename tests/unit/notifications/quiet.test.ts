import { describe, expect, it } from 'vitest'
import { nextDigest, quietUntil, type Times } from '~/domain/notifications/quiet'
import type { WorkCalendar } from '~/lib/working-time'

const times = (more: Partial<Times> = {}): Times => ({ quietFrom: 1_320, quietTo: 420, digestMinute: 540, digestWorkingDays: true, timeZone: 'Asia/Shanghai', ...more })
const office = [{ from: 540, to: 1_080 }]
const week: WorkCalendar = { timeZone: 'Asia/Shanghai', week: [office, office, office, office, office, [], []], days: new Map(), away: [] }
const at = (text: string) => new Date(text)
const iso = (moment: Date | null) => moment?.toISOString() ?? null

describe('quiet hours', () => {
  it('pass midnight, begin on their minute and end on theirs', () => {
    expect(quietUntil(times(), at('2024-05-15T21:59:59+08:00'))).toBeNull()
    expect(quietUntil(times(), at('2024-05-15T22:00:00+08:00'))).toEqual(at('2024-05-16T07:00:00+08:00'))
    expect(quietUntil(times(), at('2024-05-16T03:00:00+08:00'))).toEqual(at('2024-05-16T07:00:00+08:00'))
    expect(quietUntil(times(), at('2024-05-16T07:00:00+08:00'))).toBeNull()
  })

  it('within a day, none, and from and to the same minute', () => {
    expect(quietUntil(times({ quietFrom: 720, quietTo: 780 }), at('2024-05-15T12:30:00+08:00'))).toEqual(at('2024-05-15T13:00:00+08:00'))
    expect(quietUntil(times({ quietFrom: null }), at('2024-05-16T03:00:00+08:00'))).toBeNull()
    expect(quietUntil(times({ quietFrom: 420 }), at('2024-05-16T03:00:00+08:00'))).toBeNull()
  })

  it('end at seven by the clock on the wall on the nights when it changes', () => {
    const berlin = times({ timeZone: 'Europe/Berlin' })
    // 31 March 2024: 02:00 becomes 03:00; seven o'clock is 05:00 UTC. 27 October: 03:00 becomes 02:00; 06:00 UTC.
    expect(iso(quietUntil(berlin, at('2024-03-30T22:30:00Z')))).toBe('2024-03-31T05:00:00.000Z')
    expect(iso(quietUntil(berlin, at('2024-10-26T22:30:00Z')))).toBe('2024-10-27T06:00:00.000Z')
  })
})

describe('the next digest', () => {
  it('is the next nine o’clock; on working days only, Monday after a weekend', () => {
    expect(nextDigest(times(), at('2024-05-15T08:59:00+08:00'), week)).toEqual(at('2024-05-15T09:00:00+08:00'))
    expect(nextDigest(times(), at('2024-05-15T09:00:00+08:00'), week)).toEqual(at('2024-05-16T09:00:00+08:00'))
    expect(nextDigest(times(), at('2024-05-17T10:00:00+08:00'), week)).toEqual(at('2024-05-20T09:00:00+08:00'))
    expect(nextDigest(times({ digestWorkingDays: false }), at('2024-05-17T10:00:00+08:00'), week)).toEqual(at('2024-05-18T09:00:00+08:00'))
  })

  it('skips holidays and time off, keeps a Saturday that is worked, and comes though nobody ever works', () => {
    const may = { ...week, days: new Map([['2024-05-01', []], ['2024-05-02', []], ['2024-05-03', []], ['2024-05-11', office]]) }
    expect(nextDigest(times(), at('2024-04-30T10:00:00+08:00'), may)).toEqual(at('2024-05-06T09:00:00+08:00'))
    expect(nextDigest(times(), at('2024-05-10T10:00:00+08:00'), may)).toEqual(at('2024-05-11T09:00:00+08:00'))
    const away = { ...week, away: [{ from: at('2024-05-16T00:00:00+08:00'), to: at('2024-05-21T00:00:00+08:00') }] }
    expect(nextDigest(times(), at('2024-05-15T10:00:00+08:00'), away)).toEqual(at('2024-05-21T09:00:00+08:00'))
    const never = { ...week, week: week.week.map(() => []) }
    expect(nextDigest(times(), at('2024-05-15T10:00:00+08:00'), never)).toEqual(at('2024-05-16T09:00:00+08:00'))
  })

  it('stands at nine on the wall through a change of clocks', () => {
    expect(iso(nextDigest(times({ timeZone: 'Europe/Berlin', digestWorkingDays: false }), at('2024-03-30T12:00:00Z'), week))).toBe('2024-03-31T07:00:00.000Z')
  })
})
