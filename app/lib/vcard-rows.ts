import iconv from 'iconv-lite'
import { TableRefusal } from './table-refusal'

const HEADERS = ['full_name', 'last_name', 'first_name', 'company', 'title', 'mobile', 'phone', 'email', 'website', 'city', 'region', 'country', 'note'] as const
type Header = (typeof HEADERS)[number]
type Line = { name: string; types: string; charset: string; isQuoted: boolean; value: string }

/**
 * Cards of address books as rows: vCard 2.1 (quoted-printable, also in GBK, as Chinese phones write it), 3.0 and 4.0
 * (RFC 6350). Bytes are read one to one first, because a 2.1 file may mix character sets line by line.
 */
export function vcardRows(bytes: Uint8Array): string[][] {
  const cards: Map<Header, string>[] = []
  let card: Map<Header, string> | null = null
  for (const text of linesOf(Buffer.from(bytes).toString('latin1'))) {
    const line = lineOf(text)
    if (line === null) continue
    if (line.name === 'BEGIN') card = new Map()
    else if (line.name === 'END') {
      if (card !== null && card.size > 0) cards.push(card)
      card = null
    } else if (card !== null) read(card, line)
  }
  if (cards.length === 0) throw new TableRefusal('not-a-table')
  return [[...HEADERS], ...cards.map((each) => HEADERS.map((header) => each.get(header) ?? ''))]
}

// A line goes on after a line break and a blank (3.0, 4.0), or after a final "=" of a quoted-printable one (2.1).
function linesOf(text: string): string[] {
  const lines: string[] = []
  let isSoft = false
  for (const raw of text.split(/\r?\n/u)) {
    const last = lines.length - 1
    if (isSoft) lines[last] = (lines[last] ?? '').slice(0, -1) + raw
    else if (/^[ \t]/u.test(raw) && last >= 0) lines[last] = (lines[last] ?? '') + raw.slice(1)
    else lines.push(raw)
    const whole = lines.at(-1) ?? ''
    isSoft = whole.endsWith('=') && /^[^:]*QUOTED-PRINTABLE/iu.test(whole)
  }
  return lines
}

function lineOf(text: string): Line | null {
  const colon = text.search(/:(?=(?:[^"]*"[^"]*")*[^"]*$)/u)
  if (colon < 1 || text.length > 200_000) return null
  const [label = '', ...parameters] = text.slice(0, colon).split(';')
  const types = parameters.join(';').toUpperCase()
  const name = (label.split('.').at(-1) ?? '').toUpperCase()
  return { name, types, charset: /CHARSET="?([\w-]+)/u.exec(types)?.[1] ?? '', isQuoted: types.includes('QUOTED-PRINTABLE'), value: text.slice(colon + 1) }
}

function valueOf({ value, isQuoted, charset }: Line): string {
  const bytes = isQuoted ? Buffer.from(value.replaceAll(/=([0-9A-F]{2})/giu, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))), 'latin1') : Buffer.from(value, 'latin1')
  if (charset !== '' && iconv.encodingExists(charset)) return iconv.decode(bytes, charset)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return iconv.decode(bytes, 'gb18030')
  }
}

const partsOf = (text: string): string[] => text.split(/(?<!\\);/u).map((part) => part.replaceAll(/\\n/giu, ' ').replaceAll(/\\([,;\\])/gu, '$1').trim())

function read(card: Map<Header, string>, line: Line): void {
  const parts = partsOf(valueOf(line))
  const set = (header: Header, value: string | undefined) => {
    if (value !== undefined && value !== '' && !card.has(header)) card.set(header, value)
  }
  const add = (header: Header, value: string) => {
    if (value !== '') card.set(header, card.has(header) ? `${card.get(header) ?? ''}; ${value}` : value)
  }
  const [first = ''] = parts
  switch (line.name) {
    case 'FN': return set('full_name', first)
    case 'N': set('last_name', first); return set('first_name', parts[1])
    case 'ORG': return set('company', first)
    case 'TITLE': return set('title', first)
    case 'TEL': return add(/CELL|IPHONE/u.test(line.types) ? 'mobile' : 'phone', first.replace(/^tel:/iu, ''))
    case 'EMAIL': return add('email', first)
    case 'URL': return set('website', first)
    case 'NOTE': return set('note', first)
    case 'ADR': set('city', parts[3]); set('region', parts[4]); return set('country', parts[6])
    default: return undefined
  }
}
