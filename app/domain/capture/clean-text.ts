/** Plain text of one line is clean already, and most is. */
const PLAIN = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]+/gu
const LONE_SURROGATE = /\p{Surrogate}/gu

/**
 * Text from outside as the database can hold it: NFC, no control characters (PostgreSQL refuses NUL), no halves
 * of characters, at most `most` code units. Null where nothing is left.
 */
export function cleanText(value: string, most = 500): string | null {
  if (value.length <= most && PLAIN.test(value)) return value
  const text = value.slice(0, most * 4).normalize('NFC').replace(CONTROL, ' ').trim().slice(0, most).replace(LONE_SURROGATE, '').trim()
  return text === '' ? null : text
}

/** A value of parsed JSON as text: scalars, and lists of one or more scalars joined by a comma. Else null. */
export function textOf(value: unknown, most = 500): string | null {
  if (typeof value === 'string') return cleanText(value, most)
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return cleanText(String(value), most)
  if (!Array.isArray(value)) return null
  const parts = value.slice(0, 50).filter((part) => ['string', 'number', 'boolean'].includes(typeof part))
  return parts.length === 0 ? null : cleanText(parts.join(', '), most)
}

/** Reads a moment: RFC 3339 text, or seconds or milliseconds since 1970. Null where it is none between 1990 and 2200. */
export function momentOf(value: unknown): Date | null {
  const text = textOf(value, 40)
  if (text === null) return null
  const moment = /^\d{9,14}$/.test(text) ? new Date(Number(text) * (text.length > 11 ? 1 : 1000)) : new Date(Date.parse(text))
  const year = moment.getUTCFullYear()
  return year >= 1990 && year <= 2200 ? moment : null
}
