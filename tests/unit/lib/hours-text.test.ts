import { expect, it } from 'vitest'
import { hoursText, parseDayLines, parseHours } from '~/lib/hours-text'

it('reads hours as people write them', () => {
  expect(parseHours('09:00-12:00, 13:00–18:00')).toEqual([{ from: 540, to: 720 }, { from: 780, to: 1080 }])
  expect(parseHours('13：00至18：00；9-12')).toEqual([{ from: 540, to: 720 }, { from: 780, to: 1080 }])
  expect(parseHours('22:00 - 06:00')).toEqual([{ from: 1320, to: 1800 }])
  expect(parseHours('00:00-24:00')).toEqual([{ from: 0, to: 1440 }])
  expect(parseHours(' ')).toEqual([])
})

it.each(['9', 'nine to five', '09:00-09:00', '25:00-26:00', '09:60-10:00', '09:00-13:00 12:00-18:00', '24:00-25:00'])('refuses %j', (text) => {
  expect(parseHours(text)).toBeNull()
})

it('writes what it reads', () => {
  for (const text of ['09:00–12:00, 13:00–18:00', '22:00–06:00', '00:00–24:00', '']) expect(hoursText(parseHours(text) ?? [])).toBe(text)
})

it('reads pasted days and names the lines that are none', () => {
  expect(parseDayLines('2026-10-01..2026-10-03 国庆节\n\n2026年1月1日 元旦\n2026/5/1，劳动节\n31 February')).toEqual({
    days: [
      { day: '2026-01-01', name: '元旦' }, { day: '2026-05-01', name: '劳动节' },
      { day: '2026-10-01', name: '国庆节' }, { day: '2026-10-02', name: '国庆节' }, { day: '2026-10-03', name: '国庆节' },
    ],
    bad: [5],
  })
  expect(parseDayLines('2026-02-29\n2026-10-03 - 2026-10-01\n2026-01-01 to 2027-01-01').bad).toEqual([1, 2, 3])
  expect(parseDayLines('2028-02-29 Leap').days).toEqual([{ day: '2028-02-29', name: 'Leap' }])
})
