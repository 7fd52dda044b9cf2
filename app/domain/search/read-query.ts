import { normalizeEmail } from '~/lib/email'
import { readId } from '~/lib/ids'
import { normalizePhone } from '~/lib/phone'
import { nearSearches, queryTokens, type NearSearch } from '~/lib/search-tokens'
import { readReceipt } from '~/domain/capture'

const COUNTRIES = ['CN', 'US', 'DE', 'GB']
const NUMBER_LIKE = /^\+?[\d\s().\-/–]{3,30}$/
const ADDRESS_PART = /^[\w.+-]{3,}$/
const DOMAIN = /^(?:[a-z0-9-]+\.)+[a-z]{2,}$/
const TAIL = 4

/** Identities under which somebody may be found by what was typed. A part finds only those whose numbers one may read. */
export type ContactSearch = { kinds: ('phone' | 'email' | 'external')[]; whole?: string[]; beginning?: string; ending?: string; isPart: boolean }

/** What somebody typed, read in every way it can be meant. */
export type Asked = {
  text: string
  words: string[]
  nears: NearSearch[]
  /** UUIDs of records that the text names by their id or receipt */
  named: { lead: string | null; person: string | null; company: string | null; delivery: string | null }
  contacts: ContactSearch[]
  /** telephone numbers a company may have */
  phones: string[]
  domain: string | null
  external: string | null
}

/** Reads a search: an id, a receipt, a number in any writing, an address or a part of one, a domain, and words. */
export function readQuery(typed: string): Asked {
  const text = typed.normalize('NFKC').trim()
  const lower = text.toLowerCase()
  const phones = NUMBER_LIKE.test(text) ? phonesOf(text) : []
  const delivery = readReceipt(lower)
  const bare = lower.replace(/^(?:https?:\/\/)?(?:www\.)?/, '').replace(/\/.*$/, '')
  const domain = DOMAIN.test(bare) ? bare : null
  return {
    text,
    words: queryTokens(text),
    nears: nearSearches(text),
    named: { lead: readId('lead', lower), person: readId('per', lower), company: readId('co', lower), delivery: delivery === null ? null : readId('dlv', delivery) },
    contacts: [...numbers(text, phones), ...addresses(lower, domain)],
    phones,
    domain,
    external: /\s/.test(text) || text.length < 3 ? null : text,
  }
}

function phonesOf(text: string): string[] {
  const number = text.replace(/^00/, '+')
  const found = COUNTRIES.flatMap((country) => normalizePhone(number, country)?.e164 ?? [])
  const digits = text.replaceAll(/\D/g, '')
  return [...new Set([...found, ...(digits.length >= 7 ? [`+${digits.replace(/^00/, '')}`] : [])])]
}

function numbers(text: string, phones: readonly string[]): ContactSearch[] {
  if (!NUMBER_LIKE.test(text)) return []
  const digits = text.replaceAll(/\D/g, '')
  const whole: ContactSearch[] = phones.length === 0 ? [] : [{ kinds: ['phone'], whole: [...phones], isPart: false }]
  const reversed = [...digits.replace(/^0+/, '')].reverse().join('')
  const ending: ContactSearch[] = reversed.length >= TAIL && reversed.length <= 10 ? [{ kinds: ['phone'], ending: reversed, isPart: digits.length !== TAIL }] : []
  const begin = text.startsWith('+') || text.startsWith('00') ? `+${digits.replace(/^00/, '')}` : `+86${digits}`
  const beginning: ContactSearch[] = digits.length > TAIL && digits.length < 11 ? [{ kinds: ['phone'], beginning: begin, isPart: true }] : []
  return [...whole, ...ending, ...beginning]
}

function addresses(lower: string, domain: string | null): ContactSearch[] {
  const at = lower.indexOf('@')
  if (at > 0) {
    const key = normalizeEmail(lower)?.key
    const whole: ContactSearch[] = key === undefined ? [] : [{ kinds: ['email'], whole: [...new Set([key, lower])], isPart: false }]
    return [...whole, { kinds: ['email'], beginning: lower, isPart: true }]
  }
  const mailDomain = at === 0 && DOMAIN.test(lower.slice(1)) ? lower.slice(1) : domain
  const ending: ContactSearch[] = mailDomain === null ? [] : [{ kinds: ['email'], ending: [...`@${mailDomain}`].reverse().join(''), isPart: false }]
  const isPart = at < 0 && ADDRESS_PART.test(lower) && !/^\d+$/.test(lower)
  return isPart ? [...ending, { kinds: ['email'], beginning: lower, isPart: true }] : ending
}
