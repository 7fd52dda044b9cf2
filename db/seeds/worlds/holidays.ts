import { addDays } from '~/lib/period'

type Day = { day: string; name: string }
const on = (year: number, monthDay: string, name: string): Day => ({ day: `${year}-${monthDay}`, name })

/** Public holidays in Hamburg: Feiertagsgesetz of 16 October 1953, as amended 2018 (Reformationstag). */
export function holidaysOfHamburg(year: number): Day[] {
  const easter = easterOf(year)
  return [
    on(year, '01-01', 'Neujahr'), { day: addDays(easter, -2), name: 'Karfreitag' }, { day: addDays(easter, 1), name: 'Ostermontag' }, on(year, '05-01', 'Tag der Arbeit'),
    { day: addDays(easter, 39), name: 'Christi Himmelfahrt' }, { day: addDays(easter, 50), name: 'Pfingstmontag' }, on(year, '10-03', 'Tag der Deutschen Einheit'),
    on(year, '10-31', 'Reformationstag'), on(year, '12-25', '1. Weihnachtstag'), on(year, '12-26', '2. Weihnachtstag'),
  ]
}

/** Easter Sunday of a year: the anonymous Gregorian computus (Nature, 20 April 1876). */
export function easterOf(year: number): string {
  const [a, b, c] = [year % 19, Math.floor(year / 100), year % 100]
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7
  const m = Math.floor((a + 11 * h + 22 * l) / 451)
  const month = Math.floor((h + l - 7 * m + 114) / 31)
  return `${year}-${String(month).padStart(2, '0')}-${String(((h + l - 7 * m + 114) % 31) + 1).padStart(2, '0')}`
}

/** Statutory holidays of China: 全国年节及纪念日放假办法 (2024); the lunar ones by the Chinese calendar, 清明 left to who keeps it. */
export function holidaysOfChina(year: number): Day[] {
  const lunar = (month: number, day: number): string => lunarDay(year, month, day)
  const newYear = lunar(1, 1)
  const fixed = [on(year, '01-01', '元旦'), on(year, '05-01', '劳动节'), on(year, '05-02', '劳动节'), on(year, '10-01', '国庆节'), on(year, '10-02', '国庆节'), on(year, '10-03', '国庆节')]
  const moving = [-1, 0, 1, 2].map((days) => ({ day: addDays(newYear, days), name: days === -1 ? '除夕' : '春节' }))
  return [...fixed, ...moving, { day: lunar(5, 5), name: '端午节' }, { day: lunar(8, 15), name: '中秋节' }].filter((each, at, all) => all.findIndex(({ day }) => day === each.day) === at)
}

const chinese = new Intl.DateTimeFormat('en-u-ca-chinese', { timeZone: 'UTC', month: 'numeric', day: 'numeric' })

// The first day of the year that the Chinese calendar calls so; a leap month ("5bis") is another month.
function lunarDay(year: number, month: number, day: number): string {
  for (let at = `${year}-01-10`; at < `${year + 1}-01-01`; at = addDays(at, 1)) {
    const parts = chinese.formatToParts(new Date(`${at}T12:00:00Z`))
    if (parts.find(({ type }) => type === 'month')?.value === String(month) && parts.find(({ type }) => type === 'day')?.value === String(day)) return at
  }
  throw new RangeError(`no such day in ${year}`)
}
