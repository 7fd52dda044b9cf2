import { type CountryCode, isSupportedCountry, type NumberType, parsePhoneNumberFromString } from 'libphonenumber-js/max'

/** What a number reaches. `service` numbers (hotlines such as 400, toll-free, premium) belong to no person. */
export type PhoneKind = 'mobile' | 'landline' | 'service' | 'unknown'

/** A telephone number that exists by its country's numbering plan. */
export type Phone = Readonly<{ e164: string; kind: PhoneKind; country: string; display: string; extension?: string }>

const KIND_BY_TYPE: Readonly<Record<NonNullable<NumberType>, PhoneKind>> = {
  MOBILE: 'mobile',
  FIXED_LINE: 'landline',
  TOLL_FREE: 'service',
  PREMIUM_RATE: 'service',
  SHARED_COST: 'service',
  UAN: 'service',
  PAGER: 'service',
  VOICEMAIL: 'service',
  FIXED_LINE_OR_MOBILE: 'unknown',
  VOIP: 'unknown',
  PERSONAL_NUMBER: 'unknown',
}

// Ranges that plans closed or gave away since 2024 (numbering plans as of libphonenumber 8.13.48).
// Their numbers still stand in the files people import, and a lead must not lose its only number.
const FORMER_RANGES: readonly (readonly [pattern: RegExp, kind: PhoneKind])[] = [
  [/^\+2292[0-3]\d{6}$/, 'landline'],
  [/^\+229(?:40|5[1-9]|6\d|9[013-9])\d{6}$/, 'mobile'],
  [/^\+229857[58]\d{4}$/, 'unknown'],
  [/^\+22981\d{6}$/, 'service'],
  [/^\+26779(?:1(?:[01]\d|2[0-8])|2[0-7]\d)\d{3}$/, 'unknown'],
  [/^\+26313\d{5}$/, 'landline'],
  [/^\+2908\d{3}$/, 'landline'],
  [/^\+3856[01]\d{4}$/, 'service'],
  [/^\+55[359]00\d{6}$/, 'service'],
  [/^\+85630\d{7}$/, 'service'],
  [/^\+966811\d{7}$/, 'service'],
  [/^\+1345849\d{4}$/, 'service'],
]
const EXTENSION_WORDS = /\s*(?:转|轉|分机号?|内线)\s*[:：]?\s*(?=\d)/u
const MAX_LENGTH = 64
const CHINESE_MOBILE = /^(\+86)?(1(?:3\d|5[0-35-9]|8\d))(\d{4})(\d{4})$/

/**
 * Reads a telephone number as people write it: full-width digits, separators, "转801" for an extension.
 * `defaultCountry` (ISO 3166) applies where the number names none. Null where no such number can exist.
 * For the server only: the full numbering plans are 150 kB.
 */
export function normalizePhone(raw: string, defaultCountry: string): Phone | null {
  const usual = CHINESE_MOBILE.exec(raw)
  if (usual !== null && (defaultCountry === 'CN' || usual[1] !== undefined)) return chineseMobile(usual, defaultCountry)
  if (raw.length > MAX_LENGTH || !isSupportedCountry(defaultCountry)) return null
  const text = raw.normalize('NFKC').replace(EXTENSION_WORDS, ' ext. ')
  const number = parsePhoneNumberFromString(text, defaultCountry)
  if (number === undefined) return null
  const former = FORMER_RANGES.find(([pattern]) => pattern.test(number.number))
  if (former === undefined && !number.isValid()) return null
  const type = number.getType()
  const country = number.country ?? defaultCountry
  return {
    e164: number.number,
    kind: former?.[1] ?? (type === undefined ? 'unknown' : KIND_BY_TYPE[type]),
    country,
    display: country === defaultCountry ? number.formatNational() : number.formatInternational(),
    ...(number.ext === undefined ? {} : { extension: number.ext }),
  }
}

// Nine of ten numbers of a Chinese organisation; the full plan takes fifty times as long. The tests compare both.
function chineseMobile([, code, head = '', middle = '', tail = '']: RegExpExecArray, defaultCountry: string): Phone {
  const national = `${head} ${middle} ${tail}`
  return { e164: `+86${head}${middle}${tail}`, kind: 'mobile', country: 'CN', display: code === undefined || defaultCountry === 'CN' ? national : `+86 ${national}` }
}

/** The country calling code of an E.164 number, without the plus; null where it is none. */
export const callingCodeOf = (e164: string): string | null => (e164.startsWith('+') ? (parsePhoneNumberFromString(e164)?.countryCallingCode ?? null) : null)

const BARE = /^\+?\d+$/

/**
 * A number for people to read: `shown` as it was given where somebody grouped it, else by the plan of its country:
 * "138 1234 1234" within China, "+49 30 123456" elsewhere. What cannot be read stays as it is.
 */
export function groupedPhone(e164: string, shown: string): string {
  const compact = shown.trim()
  if (!BARE.test(compact)) return shown
  const number = parsePhoneNumberFromString(compact.startsWith('+') ? compact : e164)
  if (number?.number !== e164) return shown
  return number.countryCallingCode === '86' ? number.formatNational() : number.formatInternational()
}

/** Whether this is a country code (ISO 3166, upper-case) whose numbering plan is known. */
export function isPhoneCountry(code: string): code is CountryCode {
  return isSupportedCountry(code)
}

// Numbers of virtual operators in mainland China (MIIT, 2013 on): lent for a while and given to somebody else.
const VIRTUAL = /^\+86(?:170|171|162|165|167)\d{8}$/
const MASKED = /^(?:\+?86)?(1\d{2,6})[*xX•＊]{2,8}(\d{2,6})$/u

/** Whether a number is of a range that is lent out and so tells nobody again later: a hint for a while, not a key. */
export const isVirtualNumber = (e164: string): boolean => VIRTUAL.test(e164)

/** The shown ends of a mobile number whose middle a platform hid: "138****1234" is 138 and 1234. Null for anything else. */
export function maskedMobile(raw: string): { head: string; tail: string } | null {
  const found = MASKED.exec(raw.normalize('NFKC').replaceAll(/[\s-]/g, ''))
  const [head, tail] = [found?.[1], found?.[2]]
  return head === undefined || tail === undefined || head.length + tail.length > 10 ? null : { head, tail }
}
