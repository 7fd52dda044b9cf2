import { fromDate } from '@internationalized/date'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addWorkingTime, closesAt, isWorkingAt, nextWorkingMoment, workingSpans, workingTimeBetween, type Span, type WorkCalendar } from '~/lib/working-time'
import { seeded } from '~tests/support/seed'

const office: Span[] = [{ from: 540, to: 1080 }]
const none: Span[] = []
const weekdays = [office, office, office, office, office, none, none]
const calendar = (more: Partial<WorkCalendar> = {}): WorkCalendar => ({ timeZone: 'Asia/Shanghai', week: weekdays, days: new Map(), away: [], ...more })
const at = (text: string) => new Date(text)

describe('working time', () => {
  it('a lead at 21:40 waits for 09:00; three minutes later is three minutes', () => {
    const start = at('2026-03-10T21:40:00+08:00')
    expect(nextWorkingMoment(start, calendar())).toEqual(at('2026-03-11T09:00:00+08:00'))
    expect(workingTimeBetween(start, at('2026-03-11T09:03:00+08:00'), calendar())).toBe(3)
    expect(addWorkingTime(start, 30, calendar())).toEqual(at('2026-03-11T09:30:00+08:00'))
  })

  it('ends at closing, goes on after the weekend, and begins where it stands', () => {
    expect(addWorkingTime(at('2026-03-13T17:00:00+08:00'), 60, calendar())).toEqual(at('2026-03-13T18:00:00+08:00'))
    expect(addWorkingTime(at('2026-03-13T17:00:00+08:00'), 61, calendar())).toEqual(at('2026-03-16T09:01:00+08:00'))
    expect(addWorkingTime(at('2026-03-14T12:00:00+08:00'), 0, calendar())).toEqual(at('2026-03-14T12:00:00+08:00'))
    expect(nextWorkingMoment(at('2026-03-13T10:00:00+08:00'), calendar())).toEqual(at('2026-03-13T10:00:00+08:00'))
    expect(closesAt(at('2026-03-13T10:00:00+08:00'), calendar())).toEqual(at('2026-03-13T18:00:00+08:00'))
    expect(closesAt(at('2026-03-13T18:00:00+08:00'), calendar())).toBeNull()
  })

  it('knows holidays, weekends that are worked (调休), lunch and time off', () => {
    const days = new Map([['2026-10-01', none], ['2026-10-02', none], ['2026-10-10', office]])
    const lunch = calendar({ days, week: weekdays.map((spans) => (spans.length === 0 ? none : [{ from: 540, to: 720 }, { from: 780, to: 1080 }])) })
    // Wednesday 30 September 17:00 → an hour; Thursday and Friday off; Monday.
    expect(addWorkingTime(at('2026-09-30T17:00:00+08:00'), 61, lunch)).toEqual(at('2026-10-05T09:01:00+08:00'))
    expect(isWorkingAt(at('2026-10-10T12:30:00+08:00'), lunch)).toBe(true)
    expect(isWorkingAt(at('2026-10-05T12:30:00+08:00'), lunch)).toBe(false)
    const off = calendar({ away: [{ from: at('2026-10-05T00:00:00+08:00'), to: at('2026-10-07T12:00:00+08:00') }, { from: at('2026-10-07T12:00:00+08:00'), to: at('2026-10-08T10:00:00+08:00') }] })
    expect(nextWorkingMoment(at('2026-10-05T10:00:00+08:00'), off)).toEqual(at('2026-10-08T10:00:00+08:00'))
    expect(addWorkingTime(at('2026-10-02T17:30:00+08:00'), 60, off)).toEqual(at('2026-10-08T10:30:00+08:00'))
    expect(workingTimeBetween(at('2026-10-02T17:30:00+08:00'), at('2026-10-08T11:00:00+08:00'), off)).toBe(90)
  })

  it('counts the real minutes of a night in which clocks change', () => {
    const night = calendar({ timeZone: 'Europe/Berlin', week: Array.from({ length: 7 }, () => [{ from: 0, to: 480 }]) })
    expect(workingTimeBetween(at('2026-03-29T00:00:00+01:00'), at('2026-03-29T08:00:00+02:00'), night)).toBe(7 * 60)
    expect(workingTimeBetween(at('2026-10-25T00:00:00+02:00'), at('2026-10-25T08:00:00+01:00'), night)).toBe(9 * 60)
    // The office opens at nine by the clock on both sides of the change.
    const berlin = calendar({ timeZone: 'Europe/Berlin' })
    expect(nextWorkingMoment(at('2026-03-28T12:00:00+01:00'), berlin)).toEqual(at('2026-03-30T09:00:00+02:00'))
    expect(addWorkingTime(at('2026-03-27T17:30:00+01:00'), 60, berlin)).toEqual(at('2026-03-30T09:30:00+02:00'))
  })

  it('has a leap day, and nights that end on the next day', () => {
    expect(workingTimeBetween(at('2028-02-28T09:00:00+08:00'), at('2028-03-02T00:00:00+08:00'), calendar())).toBe(3 * 540)
    const night = calendar({ week: [[{ from: 1320, to: 1800 }], none, none, none, none, none, none] })
    expect(nextWorkingMoment(at('2026-03-10T03:00:00+08:00'), night)).toEqual(at('2026-03-10T03:00:00+08:00'))
    expect(closesAt(at('2026-03-09T23:00:00+08:00'), night)).toEqual(at('2026-03-10T06:00:00+08:00'))
    const holiday = calendar({ week: night.week, days: new Map([['2026-03-09', none]]) })
    expect(isWorkingAt(at('2026-03-10T03:00:00+08:00'), holiday)).toBe(false)
  })

  it('says that there is none, or that it never ends', () => {
    const never = calendar({ week: Array.from({ length: 7 }, () => none) })
    expect([addWorkingTime(at('2026-01-01T00:00:00Z'), 1, never), nextWorkingMoment(at('2026-01-01T00:00:00Z'), never)]).toEqual([null, null])
    const always = calendar({ week: Array.from({ length: 7 }, () => [{ from: 0, to: 1440 }]) })
    expect(closesAt(at('2026-01-01T00:00:00Z'), always)).toBeNull()
    expect(addWorkingTime(at('2026-01-01T00:00:00Z'), 10_000, always)).toEqual(new Date(at('2026-01-01T00:00:00Z').getTime() + 600_000_000))
    const once = calendar({ week: never.week, days: new Map([['2026-05-09', office]]) })
    expect(addWorkingTime(at('2026-01-01T00:00:00Z'), 30, once)).toEqual(at('2026-05-09T09:30:00+08:00'))
    expect(addWorkingTime(at('2026-01-01T00:00:00Z'), 541, once)).toBeNull()
  })

  it('lists its spans', () => {
    expect(workingSpans(at('2026-03-13T17:00:00+08:00'), at('2026-03-16T10:00:00+08:00'), calendar())).toEqual([
      { from: at('2026-03-13T17:00:00+08:00'), to: at('2026-03-13T18:00:00+08:00') }, { from: at('2026-03-16T09:00:00+08:00'), to: at('2026-03-16T10:00:00+08:00') },
    ])
  })
})

// The reference walks minute by minute and asks the local clock of each whether it is within the hours.
const MINUTE = 60_000
const DAY = 86_400_000
const offsets = new Map<string, Map<number, number>>()
function localOf(time: number, zone: string): number {
  const quarter = Math.floor(time / 900_000)
  const ofZone = offsets.get(zone) ?? new Map<number, number>()
  const known = ofZone.get(quarter) ?? fromDate(new Date(quarter * 900_000), zone).offset
  offsets.set(zone, ofZone.set(quarter, known))
  return time + known
}
type Odd = { day: number; spans: Span[] }
type Case = { zone: string; week: Span[][]; odd: Odd[]; away: { from: number; to: number }[]; from: number; minutes: number; need: number }
const weekday = (day: number) => (((day + 3) % 7) + 7) % 7
function referenceOf({ zone, week, odd, away }: Case): (time: number) => boolean {
  const hours = (day: number) => odd.find((each) => each.day === day)?.spans ?? week[weekday(day)] ?? []
  return (time) => {
    if (away.some((off) => off.from <= time && time < off.to)) return false
    const local = localOf(time, zone)
    const day = Math.floor(local / DAY)
    const minute = Math.floor((local - day * DAY) / MINUTE)
    return hours(day).some(({ from, to }) => from <= minute && minute < to) || hours(day - 1).some(({ from, to }) => from <= minute + 1440 && minute + 1440 < to)
  }
}

// Days on which something happens to clocks or calendars, and one on which nothing does.
const windows: Record<string, string[]> = {
  'America/New_York': ['2026-03-07', '2026-10-31', '2024-02-28', '2026-06-17'],
  'Europe/Berlin': ['2026-03-28', '2026-10-24', '2028-02-28', '2026-12-30'],
  'Asia/Shanghai': ['2026-10-01', '2024-02-28', '2026-12-30'],
  'Australia/Lord_Howe': ['2026-04-04', '2026-10-03', '2028-02-28'],
  'Pacific/Apia': ['2011-12-29', '2011-09-23', '2026-02-27'],
}
const span = fc.tuple(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1, max: 1440 })).map(([from, long]): Span => ({ from, to: from + long }))
const hours = fc.oneof({ weight: 2, arbitrary: fc.constant(office) }, { weight: 1, arbitrary: fc.constant(none) }, { weight: 3, arbitrary: fc.array(span, { maxLength: 3 }) })
const aCase: fc.Arbitrary<Case> = fc.constantFrom(...Object.keys(windows)).chain((zone) =>
  fc.constantFrom(...(windows[zone] ?? [])).chain((day) => {
    const first = Date.parse(`${day}T00:00:00Z`)
    const moment = fc.integer({ min: -720, max: 3_600 }).map((minutes) => first + minutes * MINUTE)
    return fc.record({
      zone: fc.constant(zone),
      week: fc.array(hours, { minLength: 7, maxLength: 7 }),
      odd: fc.uniqueArray(fc.record({ day: fc.integer({ min: -2, max: 6 }).map((later) => first / DAY + later), spans: hours }), { selector: (odd) => odd.day, maxLength: 3 }),
      away: fc.array(fc.tuple(moment, fc.integer({ min: 1, max: 900 })).map(([from, long]) => ({ from, to: from + long * MINUTE })), { maxLength: 2 }),
      from: moment, minutes: fc.integer({ min: 0, max: 1_800 }), need: fc.integer({ min: 1, max: 500 }),
    })
  }),
)

it('equals a minute-by-minute reference over zones, hours, holidays and time off (10,000 cases)', () => {
  let cases = 0
  fc.assert(fc.property(aCase, (one) => {
    cases += 1
    const works = referenceOf(one)
    const days = new Map(one.odd.map(({ day, spans }) => [new Date(day * DAY).toISOString().slice(0, 10), spans]))
    const own: WorkCalendar = { timeZone: one.zone, week: one.week, days, away: one.away.map(({ from, to }) => ({ from: new Date(from), to: new Date(to) })) }
    const [start, end] = [new Date(one.from), new Date(one.from + one.minutes * MINUTE)]
    let [counted, due, next] = [0, null as number | null, null as number | null]
    for (let time = one.from, met = 0; time < one.from + one.minutes * MINUTE; time += MINUTE) {
      if (!works(time)) continue
      counted += 1
      met += 1
      next ??= time
      if (met === one.need) due = time + MINUTE
    }
    const [isDue, isNext] = [addWorkingTime(start, one.need, own), nextWorkingMoment(start, own)]
    const spans = workingSpans(start, end, own)
    // What the walk did not meet lies behind its end.
    const seen = (moment: Date | null, met: number | null, last: number) => (met === null && (moment === null || moment.getTime() > last) ? null : moment?.getTime())
    expect([
      workingTimeBetween(start, end, own), isWorkingAt(start, own), seen(isDue, due, end.getTime()), seen(isNext, next, end.getTime() - 1),
      spans.reduce((sum, { from, to }) => sum + to.getTime() - from.getTime(), 0), spans.every(({ to }, index) => to < (spans[index + 1]?.from ?? new Date(8e15))),
    ]).toEqual([counted, works(one.from), due, next, counted * MINUTE, true])
  }), seeded({ numRuns: 10_000 }))
  expect(cases).toBe(10_000)
})
