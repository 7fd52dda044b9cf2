import { parseJson } from '~/lib/json-big'
import { textOf } from '../clean-text'
import { isObject } from '../connectors/read-body'
import { decodeText } from './decode-text'
import { readMultipart } from './read-multipart'

/** What a form says: values by name, in their order. Has no prototype, so that no name can reach one. */
export type Entries = Readonly<Record<string, readonly string[]>>
export type EntriesRefusal = 'not-a-form' | 'not-json' | 'too-deep' | 'too-many-keys' | 'not-an-object' | 'broken-multipart'

const MOST_NAMES = 300
const MOST_VALUES = 60
const MOST_NAME = 120
const MOST_VALUE = 10_000

/** Reads a body as browsers, scripts and plain HTML forms send it: urlencoded, multipart or a flat JSON object. Never throws. */
export function readEntries(raw: Uint8Array, contentType: string): { ok: true; entries: Entries } | { ok: false; code: EntriesRefusal } {
  const type = contentType.split(';')[0]?.trim().toLowerCase() ?? ''
  const charset = /;\s*charset="?([\w.:-]{1,40})"?/i.exec(contentType)?.[1] ?? null
  if (type === 'application/x-www-form-urlencoded') return { ok: true, entries: collect(urlencoded(raw, charset)) }
  if (type === 'multipart/form-data') {
    const parts = readMultipart(raw, contentType, charset)
    return parts === null ? { ok: false, code: 'broken-multipart' } : { ok: true, entries: collect(parts) }
  }
  if (type === 'application/json' || type === 'text/json') return json(raw, charset)
  return { ok: false, code: 'not-a-form' }
}

/** The first value of a name, trimmed; null where it is missing or empty. */
export function one(entries: Entries, name: string): string | null {
  const value = Object.hasOwn(entries, name) ? entries[name]?.[0]?.trim() : undefined
  return value === undefined || value === '' ? null : value
}

export const all = (entries: Entries, name: string): readonly string[] => (Object.hasOwn(entries, name) ? (entries[name] ?? []) : [])

function collect(pairs: readonly (readonly [string, string])[]): Entries {
  const entries = Object.create(null) as Record<string, string[]>
  let names = 0
  for (const [rawName, value] of pairs) {
    const name = rawName.trim()
    if (name === '' || name.length > MOST_NAME || name === '__proto__') continue
    const known = entries[name]
    if (known === undefined) {
      if (names >= MOST_NAMES) continue
      names += 1
    }
    if ((known?.length ?? 0) < MOST_VALUES) entries[name] = [...(known ?? []), value.slice(0, MOST_VALUE)]
  }
  return entries
}

function urlencoded(raw: Uint8Array, charset: string | null): [string, string][] {
  const pairs: [string, string][] = []
  let from = 0
  while (from <= raw.length && pairs.length < MOST_NAMES * 4) {
    const end = indexOf(raw, 0x26, from)
    const pair = raw.subarray(from, end)
    const split = indexOf(pair, 0x3d, 0)
    if (pair.length > 0) pairs.push([decodeText(percentDecoded(pair.subarray(0, split)), charset), decodeText(percentDecoded(pair.subarray(split + 1)), charset)])
    from = end + 1
  }
  return pairs
}

function indexOf(bytes: Uint8Array, byte: number, from: number): number {
  const at = bytes.indexOf(byte, from)
  return at < 0 ? bytes.length : at
}

// On bytes, not on text: what a percent sign says may be half a character of any encoding.
function percentDecoded(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(bytes.length)
  let length = 0
  for (let i = 0; i < bytes.length; i += 1) {
    const byte = bytes[i] ?? 0
    const code = byte === 0x25 && i + 2 < bytes.length ? hex(bytes[i + 1] ?? 0) * 16 + hex(bytes[i + 2] ?? 0) : Number.NaN
    if (!Number.isNaN(code)) i += 2
    out[length] = Number.isNaN(code) ? (byte === 0x2b ? 0x20 : byte) : code
    length += 1
  }
  return out.subarray(0, length)
}

function hex(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  const letter = byte | 0x20
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : Number.NaN
}

function json(raw: Uint8Array, charset: string | null): ReturnType<typeof readEntries> {
  const parsed = parseJson(decodeText(raw, charset).replace(/^\ufeff/, ''), { maxDepth: 16, maxKeys: 2_000 })
  if (!parsed.ok) return { ok: false, code: parsed.code }
  if (!isObject(parsed.value)) return { ok: false, code: 'not-an-object' }
  const pairs = Object.entries(parsed.value).flatMap(([name, value]) => (Array.isArray(value) ? value.slice(0, MOST_VALUES) : [value]).flatMap((each): [string, string][] => {
    const text = typeof each === 'string' ? each : textOf(each)
    return text === null || text === '' ? [] : [[name, text]]
  }))
  return { ok: true, entries: collect(pairs) }
}
