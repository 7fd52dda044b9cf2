import { describe, expect, it } from 'vitest'
import { dayMonthOrder, parseDateTime } from '~/lib/dates'

const read = (text: string, format?: string, timeZone = 'Asia/Shanghai') => {
  const result = parseDateTime(text, { timeZone, format })
  return result.ok ? `${result.at.toISOString()} ${result.precision}` : result.code
}

describe('parseDateTime', () => {
  it.each([
    ['2024-03-01', '2024-02-29T16:00:00.000Z day'],
    ['2024/3/1', '2024-02-29T16:00:00.000Z day'],
    ['20240301', '2024-02-29T16:00:00.000Z day'],
    ['2024年3月1日', '2024-02-29T16:00:00.000Z day'],
    ['２０２４－０３－０１', '2024-02-29T16:00:00.000Z day'],
    ['2024-03-01 09:30', '2024-03-01T01:30:00.000Z minute'],
    ['2018-05-07 14:32:01', '2018-05-07T06:32:01.000Z second'],
    ['2024-03-01T09:30:00.5', '2024-03-01T01:30:00.500Z millisecond'],
    ['2024-03-01T09:30:00Z', '2024-03-01T09:30:00.000Z second'],
    ['2024-03-01T09:30:00+05:30', '2024-03-01T04:00:00.000Z second'],
    ['2024-03-01 09:30:00 UTC', '2024-03-01T09:30:00.000Z second'],
    ['2024-03-01T09:30:00-0800', '2024-03-01T17:30:00.000Z second'],
    ['25/12/2024', '2024-12-24T16:00:00.000Z day'],
    ['12/25/2024', '2024-12-24T16:00:00.000Z day'],
    ['05/05/2024 08:00', '2024-05-05T00:00:00.000Z minute'],
  ])('reads %s', (text, expected) => {
    expect(read(text)).toBe(expected)
  })

  it.each([
    ['', 'empty'], ['03/04/2024', 'ambiguous'], ['2023-02-29', 'no-such-date'], ['2024-13-01', 'no-such-date'], ['2024-01-01 24:00', 'no-such-date'],
    ['yesterday', 'unreadable'], ['2024-03-01x', 'unreadable'], ['1-2-24', 'unreadable'], ['2024-03/01', 'unreadable'], ['31/04/2024', 'no-such-date'], ['99/99/2024', 'no-such-date'],
  ])('refuses %j as %s', (text, code) => {
    expect(read(text)).toBe(code)
  })

  it.each([
    ['2/1/2021', 'M/d/yyyy', '2021-02-01T00:00:00.000Z day'],
    ['01.02.2021', 'dd.MM.yyyy', '2021-02-01T00:00:00.000Z day'],
    ['2021-02-01 23:59:59', 'yyyy-MM-dd HH:mm:ss', '2021-02-01T23:59:59.000Z second'],
    ['2/1/21 12:05 AM', 'M/d/yy h:mm a', '2021-02-01T00:05:00.000Z minute'],
    ['2/1/21 12:05 PM', 'M/d/yy h:mm a', '2021-02-01T12:05:00.000Z minute'],
    ['2021-02-01T10:00:00+0200', "yyyy-MM-dd'T'HH:mm:ssXXX", '2021-02-01T08:00:00.000Z second'],
    ['13/1/2021', 'M/d/yyyy', 'no-such-date'], ['2021-02-01', 'M/d/yyyy', 'unreadable'], ['2/1/21 13:05 PM', 'M/d/yy h:mm a', 'no-such-date'],
  ])('reads %s as %s', (text, format, expected) => {
    expect(read(text, format, 'UTC')).toBe(expected)
  })

  it('takes the later instant in a gap and the earlier in a fold', () => {
    expect(read('2024-03-31 02:30', undefined, 'Europe/Berlin')).toBe('2024-03-31T01:30:00.000Z minute')
    expect(read('2024-10-27 02:30', undefined, 'Europe/Berlin')).toBe('2024-10-27T00:30:00.000Z minute')
  })
})

describe('dayMonthOrder', () => {
  it('decides by the whole column', () => {
    expect(dayMonthOrder(['01/02/2024', '13/02/2024'])).toBe('d/M')
    expect(dayMonthOrder(['01/02/2024', '02/13/2024'])).toBe('M/d')
    expect(dayMonthOrder(['01/02/2024'])).toBe('ambiguous')
    expect(dayMonthOrder(['13/02/2024', '02/13/2024'])).toBe('mixed')
    expect(dayMonthOrder(['2024-01-01', ''])).toBeNull()
  })
})
