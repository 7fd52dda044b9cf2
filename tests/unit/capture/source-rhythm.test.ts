import { describe, expect, it } from 'vitest'
import { expectedBetween, isRejecting, isSilent, learnRhythm, type HourCount, type Rhythm } from '~/domain/capture/source-rhythm'

const HOUR = 3_600_000
const DAY = 24 * HOUR
// Monday, 1 April 2024, midnight UTC.
const MONDAY = Date.parse('2024-04-01T00:00:00Z')
const FOUR_WEEKS = 28 * DAY
const until = MONDAY + FOUR_WEEKS

/** `count` messages an hour, from 9 to 17, Monday to Friday, for four weeks. */
function workdays(count: number): HourCount[] {
  return Array.from({ length: 28 }, (_, day) => day).filter((day) => day % 7 < 5)
    .flatMap((day) => Array.from({ length: 8 }, (_, hour) => ({ at: MONDAY + day * DAY + (9 + hour) * HOUR, count })))
}
const learned = (hours: HourCount[], from = MONDAY): Rhythm => {
  const rhythm = learnRhythm(hours, from, until)
  if (rhythm === null) throw new Error('nothing was learned')
  return rhythm
}
const at = (day: number, hour: number, minute = 0) => until + day * DAY + hour * HOUR + minute * 60_000

describe('the rhythm of a source', () => {
  it('is not learned from less than twenty messages, or from a few hours', () => {
    const hours = Array.from({ length: 19 }, (_, i) => ({ at: MONDAY + i * DAY, count: 1 }))
    expect(learnRhythm(hours, MONDAY, until)).toBeNull()
    expect(learnRhythm([...hours, { at: MONDAY + 20 * DAY, count: 1 }], MONDAY, until)).not.toBeNull()
    expect(learnRhythm([{ at: MONDAY, count: 5_000 }], MONDAY, until)).toBeNull()
    expect(learnRhythm([], MONDAY, until)).toBeNull()
  })

  it('is what each hour of the week usually brings', () => {
    const { weekly, count, threshold } = learned(workdays(5))
    // Hour 9 of Monday: 5 messages on each of four Mondays; hour 8 and Saturday: none. 5 × 8 × 5 days a week, four weeks.
    expect([weekly[9], weekly[8], weekly[5 * 24 + 9], count]).toEqual([5, 0, 0, 800])
    expect(weekly.reduce((sum, each) => sum + each, 0)).toBe(200)
    // ln(800) + 4 = 10.685: no pause of its past had anything expected in it.
    expect(threshold).toBeCloseTo(10.685, 3)
  })

  it('of a source that is one week old is what that week brought', () => {
    const from = until - 5 * DAY
    const hours = Array.from({ length: 40 }, (_, i) => ({ at: from + (i % 5) * DAY + (9 + Math.floor(i / 5)) * HOUR, count: 1 }))
    expect(learned(hours).weekly.reduce((sum, each) => sum + each, 0)).toBe(40)
  })

  it('counts parts of hours and whole weeks', () => {
    const { weekly } = learned(workdays(6))
    // 9:30 to 11:20 on a Monday: half an hour of 6, one hour of 6, a third of an hour of 6 = 3 + 6 + 2.
    expect(expectedBetween(weekly, at(0, 9, 30), at(0, 11, 20))).toBeCloseTo(11)
    expect(expectedBetween(weekly, at(0, 9), at(15, 9))).toBeCloseTo(2 * 240 + 48)
    expect(expectedBetween(weekly, at(1, 0), at(0, 0))).toBe(0)
  })
})

describe('silence', () => {
  const busy = learned(workdays(5))

  it('is no alarm at night and over the weekend', () => {
    // Friday 16:59 to Monday 10:30: a minute of Friday, and 1.5 hours of 5 on Monday = 7.6 expected, less than 10.685.
    expect(isSilent(busy, at(-3, 16, 59), at(0, 10, 30))).toMatchObject({ isSilent: false })
    expect(isSilent(busy, at(-3, 16, 59), at(0, 9)).expected).toBeCloseTo(5 / 60)
    expect(isSilent(busy, at(0, 17), at(1, 9)).expected).toBe(0)
  })

  it('is an alarm when more was expected than chance explains', () => {
    // Monday from 9:00: 10.685 messages are expected after 128.2 minutes.
    expect(isSilent(busy, at(0, 9), at(0, 11, 8)).isSilent).toBe(false)
    expect(isSilent(busy, at(0, 9), at(0, 11, 9))).toMatchObject({ isSilent: true })
  })

  it('never within half an hour, however busy', () => {
    const flood = learned(workdays(6_000))
    expect(isSilent(flood, at(0, 9), at(0, 9, 29)).isSilent).toBe(false)
    expect(isSilent(flood, at(0, 9), at(0, 9, 30)).isSilent).toBe(true)
  })

  it('of a source that speaks in bursts counts bursts', () => {
    // Ten an hour in the first and third week, none in the others: each hour is 5 off its mean of 5, in four weeks.
    const odd = workdays(10).filter(({ at: hour }) => Math.floor((hour - MONDAY) / (7 * DAY)) % 2 === 0)
    // Dispersion 25 / 5 × 4 / 3 = 6.667; 800 / 6.667 = 120 bursts; 6.667 × (ln 120 + 4) = 58.58.
    expect(learned(odd)).toMatchObject({ count: 800 })
    expect(learned(odd).threshold).toBeCloseTo(58.58, 2)
  })

  it('of a source that pauses now and then takes as long as its second longest pause, and a quarter more', () => {
    // Days 1, 2 and 8 are missing: one pause of two days, one of a day. Each missing Tuesday … hour was seen three times in four weeks.
    const gaps = workdays(5).filter(({ at: hour }) => ![1, 2, 8].includes(Math.floor((hour - MONDAY) / DAY)))
    const { threshold, weekly } = learned(gaps)
    // Tuesday misses days 1 and 8: 2 of 4 weeks × 5 = 2.5 an hour; Wednesday misses day 2: 3.75.
    expect([weekly[24 + 9], weekly[48 + 9], weekly[72 + 9]]).toEqual([2.5, 3.75, 5])
    // The pause of day 8, a Tuesday: 8 × 2.5 = 20 expected, × 1.25 = 25.
    expect(threshold).toBe(25)
  })

  it('gives hardly a false alarm in a year of chance', () => {
    // Messages that come independently, 3 an hour in working hours: the generator mulberry32, seed 7.
    let state = 7
    const random = () => {
      state = (state + 0x6d2b79f5) | 0
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
    }
    const arrivals: number[] = []
    for (const day of Array.from({ length: 364 }, (_, i) => i).filter((each) => each % 7 < 5)) {
      for (let when = 9 - Math.log(1 - random()) / 3; when < 17; when -= Math.log(1 - random()) / 3) arrivals.push(MONDAY + day * DAY + when * HOUR)
    }
    let alarms = 0
    for (let week = 4; week < 52; week += 1) {
      const from = MONDAY + (week - 4) * 7 * DAY
      const hours = new Map<number, number>()
      for (const arrival of arrivals.filter((each) => each >= from && each < from + FOUR_WEEKS)) hours.set(Math.floor(arrival / HOUR) * HOUR, (hours.get(Math.floor(arrival / HOUR) * HOUR) ?? 0) + 1)
      const rhythm = learnRhythm([...hours].map(([hour, count]) => ({ at: hour, count })), from, from + FOUR_WEEKS)
      const before = arrivals.filter((each) => each < from + FOUR_WEEKS).slice(-1)
      const next = [...before, ...arrivals.filter((each) => each >= from + FOUR_WEEKS && each < from + FOUR_WEEKS + 7 * DAY)]
      alarms += rhythm === null ? 1_000 : next.slice(1).filter((each, i) => isSilent(rhythm, next[i] ?? each, each).isSilent).length
    }
    expect(alarms).toBeLessThanOrEqual(2)
  })
})

describe('rejecting', () => {
  it('is half of the last messages, at least five, and twice as often as usual', () => {
    expect(isRejecting({ bad: 4, of: 4 }, { bad: 0, of: 0 })).toBe(false)
    expect(isRejecting({ bad: 5, of: 10 }, { bad: 0, of: 0 })).toBe(true)
    expect(isRejecting({ bad: 9, of: 20 }, { bad: 0, of: 200 })).toBe(false)
    expect(isRejecting({ bad: 10, of: 20 }, { bad: 50, of: 200 })).toBe(true)
    expect(isRejecting({ bad: 10, of: 20 }, { bad: 60, of: 200 })).toBe(false)
  })
})
