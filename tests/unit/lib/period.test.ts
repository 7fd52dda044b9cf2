import { describe, expect, it } from 'vitest'
import {
  addDays, bounds, dayDifference, eachDay, isDate, localDate, makePeriod, parsePeriod, type Period, PERIOD_PRESETS,
  periodDays, presetPeriod, previousPeriod,
} from '~/lib/period'

const shanghai = 'Asia/Shanghai'
// Wednesday, 15 May 2024, 00:30 in Shanghai; still the 14th in UTC.
const now = new Date('2024-05-14T16:30:00Z')
const span = (from: string, to: string, timeZone = shanghai): Period => ({ from, to, timeZone })

describe('presetPeriod', () => {
  it.each([
    ['today', '2024-05-15', '2024-05-15'], ['yesterday', '2024-05-14', '2024-05-14'],
    ['last-7-days', '2024-05-09', '2024-05-15'], ['last-28-days', '2024-04-18', '2024-05-15'],
    ['last-90-days', '2024-02-16', '2024-05-15'], ['week-to-date', '2024-05-13', '2024-05-15'],
    ['month-to-date', '2024-05-01', '2024-05-15'], ['quarter-to-date', '2024-04-01', '2024-05-15'],
    ['last-month', '2024-04-01', '2024-04-30'], ['last-quarter', '2024-01-01', '2024-03-31'],
    ['year-to-date', '2024-01-01', '2024-05-15'], ['all', '2000-01-01', '2024-05-15'],
  ] as const)('%s', (preset, from, to) => {
    expect(presetPeriod(preset, now, shanghai)).toEqual(span(from, to))
  })

  it('covers every preset above', () => {
    expect(PERIOD_PRESETS).toHaveLength(12)
  })

  it('crosses a year: last month in January, last quarter in February, a Sunday belongs to the week before', () => {
    expect(presetPeriod('last-month', new Date('2024-01-31T12:00:00Z'), 'UTC')).toEqual(span('2023-12-01', '2023-12-31', 'UTC'))
    expect(presetPeriod('last-quarter', new Date('2024-02-29T12:00:00Z'), 'UTC')).toEqual(span('2023-10-01', '2023-12-31', 'UTC'))
    expect(presetPeriod('week-to-date', new Date('2024-05-19T12:00:00Z'), 'UTC').from).toBe('2024-05-13')
  })
})

describe('bounds', () => {
  it('are half open, in the time zone', () => {
    expect(bounds(span('2024-05-14', '2024-05-14'))).toEqual({
      start: new Date('2024-05-13T16:00:00Z'), end: new Date('2024-05-14T16:00:00Z'),
    })
  })

  it('know days of 23 and 25 hours', () => {
    const hours = (day: string, zone: string) => {
      const { start, end } = bounds(span(day, day, zone))
      return (end.getTime() - start.getTime()) / 3_600_000
    }
    expect(hours('2024-03-31', 'Europe/Berlin')).toBe(23)
    expect(hours('2024-10-27', 'Europe/Berlin')).toBe(25)
    expect(hours('2018-11-04', 'America/Sao_Paulo')).toBe(23)
  })

  it('begin at one where midnight does not exist', () => {
    expect(bounds(span('2018-11-04', '2018-11-04', 'America/Sao_Paulo')).start).toEqual(new Date('2018-11-04T03:00:00Z'))
  })
})

describe('previousPeriod', () => {
  it('has the same length, or the same number of whole months', () => {
    expect(previousPeriod(span('2024-05-09', '2024-05-15'))).toEqual(span('2024-05-02', '2024-05-08'))
    expect(previousPeriod(span('2024-03-01', '2024-03-31'))).toEqual(span('2024-02-01', '2024-02-29'))
    expect(previousPeriod(span('2024-01-01', '2024-03-31'))).toEqual(span('2023-10-01', '2023-12-31'))
  })
})

describe('parsePeriod', () => {
  const at = { now, timeZone: shanghai, fallback: 'last-28-days' } as const
  const read = (query: string) => parsePeriod(new URLSearchParams(query), at)

  it('reads chosen dates and presets', () => {
    expect(read('from=2024-02-01&to=2024-02-29')).toEqual({ period: span('2024-02-01', '2024-02-29'), preset: null })
    expect(read('period=yesterday')).toEqual({ period: span('2024-05-14', '2024-05-14'), preset: 'yesterday' })
  })

  it.each(['', 'from=2024-02-01', 'from=2023-02-29&to=2023-03-01', 'from=2024-03-02&to=2024-03-01', 'period=constructor', 'from=1&to=2'])(
    'falls back for %j',
    (query) => {
      expect(read(query).preset).toBe('last-28-days')
    },
  )
})

describe('dates', () => {
  it('belong to a time zone', () => {
    expect(localDate(now, shanghai)).toBe('2024-05-15')
    expect(localDate(now, 'UTC')).toBe('2024-05-14')
  })

  it('are counted and moved', () => {
    expect(dayDifference('2024-02-28', '2024-03-01')).toBe(2)
    expect(dayDifference('2024-03-01', '2024-02-28')).toBe(-2)
    expect(dayDifference('2017-06-14', '2018-11-14')).toBe(518)
    expect(addDays('2023-12-31', 1)).toBe('2024-01-01')
    expect(periodDays(span('2024-02-01', '2024-02-29'))).toBe(29)
    expect(eachDay(span('2024-02-28', '2024-03-01'))).toEqual(['2024-02-28', '2024-02-29', '2024-03-01'])
  })

  it('exist or not', () => {
    expect(['2024-02-29', '2023-02-29', '2024-13-01', '2024-1-1', '2024-00-10', 'x'].map(isDate)).toEqual([true, false, false, false, false, false])
    expect(makePeriod('2024-01-01', '2024-01-02', 'Mars/Olympus')).toBeNull()
  })
})
