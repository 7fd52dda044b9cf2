import type { ColumnKind } from './kinds'
import { dayOf } from './read-value'

const LOOKED_AT = 2_000
// Whole words of a header. The contents decide where it says nothing.
const HEADERS: readonly (readonly [words: RegExp, kind: ColumnKind])[] = [
  [/^(?:rec(?:ord)?[ _]?(?:id|no|number)|row[ _]?(?:id|no|number)?|index|id|uuid|序号|编号)$/, 'ignore'],
  [/e-?mail|邮箱|郵箱|电邮/, 'email'],
  [/phone|mobile|\btel|cell|handy|telefon|手机|电话|手機|電話/, 'phone'],
  [/post ?code|postal|\bzip|\bplz\b|邮编|邮政编码/, 'postcode'],
  [/compan|organi[sz]ation|firma|employer|公司|企业|单位/, 'company'],
  [/^(?:year|by)$|birth year|year of/, 'year'],
  [/^(?:month|bm)$|birth month|month of/, 'month'],
  [/^(?:day|bd)$|birth day$|day of/, 'day'],
  [/birth|\bdob\b|\bdate\b|生日|出生|日期/, 'date'],
  [/(?:given|first|last|sur|family|middle|fore|nick|full|maiden|contact) ?name|^[fl]name|\bname\b|surname|vorname|nachname|姓名|联系人|^姓$|^名$/, 'name'],
  [/(?:street|house|flat|unit) ?(?:no|num|number)\b/, 'number'],
  [/address|street|road|suburb|town|city|地址|街道|城市/, 'text'],
  [/\b(?:ssn|soc sec|social|passport|tax|licen[cs]e|id card|nhs|medicare|code|no|id)\b|身份证|证件/, 'code'],
]

/** What each column holds, read from its header first and its contents then. `values` are rows of a file, in its columns' order. */
export function proposeColumns(headers: readonly string[], rows: readonly (readonly string[])[]): Record<string, ColumnKind> {
  const looked = rows.slice(0, LOOKED_AT)
  return Object.fromEntries(headers.map((header, at) => {
    const values = looked.map((row) => row[at]?.trim() ?? '').filter((value) => value !== '')
    return [header, kindOf(header, values, looked.length)]
  }))
}

function kindOf(header: string, values: readonly string[], rows: number): ColumnKind {
  if (values.length === 0) return 'ignore'
  const words = header.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase().replaceAll(/[_.-]+/g, ' ').trim()
  const said = HEADERS.find(([pattern]) => pattern.test(words))?.[1]
  const seen = contentKind(values, rows)
  if (said === undefined) return seen
  // A header may mean something else than it says: the contents must bear it out.
  if (said === 'year' || said === 'month' || said === 'day') return isWhole(values) ? said : seen
  if (said === 'date') return share(values, isDate) >= 0.5 ? 'date' : seen
  if (said === 'code' || said === 'number') return seen === 'category' || seen === 'date' || seen === 'email' ? seen : said
  return said
}

function contentKind(values: readonly string[], rows: number): ColumnKind {
  const distinct = new Set(values).size
  if (share(values, (value) => /^[^@\s]+@[^@\s]+$/.test(value)) >= 0.8) return 'email'
  if (share(values, isDate) >= 0.8) return 'date'
  if (share(values, (value) => /^\+\d{7,15}$/.test(value.replaceAll(/[ ()-]/g, ''))) >= 0.8) return 'phone'
  if (distinct * 10 <= values.length && distinct <= 60) return isWhole(values) ? smallNumber(values) : 'category'
  if (isWhole(values)) return share(values, (value) => Number(value) >= 1850 && Number(value) <= 2100) >= 0.95 ? 'year' : isSequence(values, rows) ? 'ignore' : 'code'
  if (share(values, (value) => /^(?=.*\d)[\p{L}\d./-]{4,}$/u.test(value)) >= 0.8) return 'code'
  const isOneWord = share(values, (value) => /^[\p{L}'’-]+$/u.test(value)) >= 0.8
  return isOneWord && distinct * 50 > values.length ? 'name' : 'text'
}

function smallNumber(values: readonly string[]): ColumnKind {
  const numbers = values.map(Number)
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)]
  if (least >= 1850 && most <= 2100) return 'year'
  return 'category'
}

const isWhole = (values: readonly string[]): boolean => share(values, (value) => /^\d+$/.test(value)) >= 0.95
// Numbers that count the rows say nothing about who they are.
const isSequence = (values: readonly string[], rows: number): boolean => {
  const numbers = values.map(Number)
  return new Set(values).size === values.length && Math.max(...numbers) - Math.min(...numbers) <= rows * 1.1
}

function isDate(value: string): boolean {
  const day = dayOf(value)
  const [month, date] = [Number(day.slice(4, 6)), Number(day.slice(6))]
  return /^(?:1[6-9]|20|21)\d{6}$/.test(day) && month >= 1 && month <= 12 && date >= 1 && date <= 31
}

function share(values: readonly string[], holds: (value: string) => boolean): number {
  let count = 0
  for (const value of values) if (holds(value)) count += 1
  return count / values.length
}
