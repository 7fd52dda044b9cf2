import { companyKey } from '~/lib/company-name'
import { normalizeEmail } from '~/lib/email'
import { normalizePhone } from '~/lib/phone'
import type { ColumnKind } from './kinds'

const DAY_FIRST = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$/
const YEAR_FIRST = /^(\d{4})[年./-](\d{1,2})[月./-](\d{1,2})日?(?:[T ].*)?$/
const EMPTY = new Set(['', 'null', 'none', 'nan', 'n/a', 'na', '-', '--', '?', 'unknown', '无', '未知', '暂无'])

/** A cell in the form in which its column is compared; empty where it says nothing. */
export function readValue(kind: ColumnKind, raw: string, country = 'CN'): string {
  const text = raw.normalize('NFKC').trim().toLowerCase()
  if (EMPTY.has(text)) return ''
  switch (kind) {
    case 'name': return fold(text).replaceAll(/[^\p{L}\p{N}]+/gu, '')
    case 'text':
    case 'category': return fold(text).replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim()
    case 'company': return companyKey(raw)
    case 'date': return dayOf(text)
    case 'year':
    case 'month':
    case 'day':
    case 'number': return text.replaceAll(/\s+/gu, '').replace(/^0+(?=\d)/, '')
    case 'code':
    case 'postcode': return text.replaceAll(/[^\p{L}\p{N}]+/gu, '')
    case 'phone': return normalizePhone(raw, country)?.e164 ?? text.replaceAll(/\D+/g, '')
    case 'email': return normalizeEmail(raw)?.key ?? text
    case 'ignore': return ''
  }
}

/** Letters without case, accents and width, so that "Müller" and "MULLER" are one. */
export const fold = (text: string): string => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').normalize('NFKC').toLowerCase().replaceAll('ß', 'ss')

/** A date as eight digits where it is written whole, else its digits as they stand. */
export function dayOf(text: string): string {
  const yearFirst = YEAR_FIRST.exec(text)
  if (yearFirst) return (yearFirst[1] ?? '') + (yearFirst[2] ?? '').padStart(2, '0') + (yearFirst[3] ?? '').padStart(2, '0')
  const dayFirst = DAY_FIRST.exec(text)
  if (dayFirst) return (dayFirst[3] ?? '') + (dayFirst[2] ?? '').padStart(2, '0') + (dayFirst[1] ?? '').padStart(2, '0')
  return text.replaceAll(/\D+/g, '')
}
