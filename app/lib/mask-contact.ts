import { maskEmail } from './email'
import { callingCodeOf } from './phone'

/** Ways of reaching somebody that are masked until one owns the lead. */
export type ContactKind = 'phone' | 'email' | 'wechat'

const CHINESE_MOBILE = /^\+861\d{10}$/

/**
 * What of a number or an address people see who do not own the lead: "138****1234", "+49 ****1234", "l***@example.com".
 * `value` is the normalised one. What cannot be read as a number shows its last two digits.
 */
export function maskContact(kind: ContactKind, value: string): string {
  if (kind === 'email') return maskEmail(value)
  if (kind === 'wechat') return `${[...value][0] ?? ''}***`
  if (CHINESE_MOBILE.test(value)) return `${value.slice(3, 6)}****${value.slice(-4)}`
  const digits = value.replaceAll(/\D/g, '')
  const code = callingCodeOf(value)
  if (code === null || digits.length - code.length < 6) return `****${digits.slice(-2)}`
  return `+${code} ****${digits.slice(-4)}`
}

const ADDRESS = /[\w.+'-]{1,64}[@＠][\w-]+(?:\.[\w-]+)+/gu
// Seven digits or more, as people write numbers: a plus, brackets, blanks, dots and hyphens between them.
const NUMBER = /[+＋]?\(?[\d０-９](?:[\s().\-–/]{0,2}[\d０-９]){6,}/gu
const DATE = /^(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?:\D|$)/

/** A text somebody wrote, with the addresses and numbers in it covered; dates stay. */
export function maskText(text: string): string {
  return text.replace(ADDRESS, (address) => maskEmail(address.replace('＠', '@')))
    .replace(NUMBER, (number) => (DATE.test(number) ? number : `****${number.normalize('NFKC').replaceAll(/\D/g, '').slice(-2)}`))
}
