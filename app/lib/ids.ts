import { V7Generator } from 'uuidv7'

/** A TypeID: a short prefix naming the kind of thing, an underscore and 26 characters of base 32 (a UUIDv7). */
export type Id<P extends string> = `${P}_${string}`

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
const PREFIX = /^[a-z](?:[a-z_]{0,61}[a-z])?$/
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

// Ids are read and written a hundred times for each lead: pairs of letters, and letters by their code, are looked up.
const PAIRS = [...ALPHABET].flatMap((first) => [...ALPHABET].map((second) => first + second))
const WRONG = 32
const VALUES = Uint8Array.from({ length: 128 }, (_, code) => (ALPHABET.includes(String.fromCharCode(code)) ? ALPHABET.indexOf(String.fromCharCode(code)) : WRONG))
const known = new Set<string>()

function isPrefix(prefix: string): boolean {
  if (known.has(prefix)) return true
  if (!PREFIX.test(prefix)) return false
  // Those of our own are a few dozen; what a stranger asks for is not kept without end.
  if (known.size < 200) known.add(prefix)
  return true
}

const generator = new V7Generator()
const traveller = new V7Generator()

/**
 * A new id, in order of creation. `now` sets its time for tests and imported history.
 * Source: TypeID specification 0.3, RFC 9562 §5.7.
 */
export function newId<P extends string>(prefix: P, now?: Date): Id<P> {
  return fromUuid(prefix, newUuid(now))
}

/** A new UUIDv7 in its usual spelling, in order of creation within this process. */
export function newUuid(now?: Date): string {
  const { bytes } = now === undefined ? generator.generate() : traveller.generateOrResetCore(now.getTime(), 0)
  // The library spells it letter by letter, which is most of the work of making one.
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset, 16).toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** The UUID inside an id. Throws RangeError where the id is malformed. */
export function toUuid(id: string): string {
  const at = id.lastIndexOf('_')
  const uuid = at < 1 ? null : readId(id.slice(0, at), id)
  if (uuid === null) throw new RangeError('Not an id')
  return uuid
}

/** The id of a UUID. Throws RangeError for a malformed prefix or UUID. */
export function fromUuid<P extends string>(prefix: P, uuid: string): Id<P> {
  if (!isPrefix(prefix)) throw new RangeError('Not an id prefix')
  if (!UUID.test(uuid)) throw new RangeError('Not a UUID')
  const hex = uuid.slice(0, 8) + uuid.slice(9, 13) + uuid.slice(14, 18) + uuid.slice(19, 23) + uuid.slice(24)
  let suffix = PAIRS[Number.parseInt(hex.slice(0, 2), 16)] ?? ''
  // Twenty bits at a time are five hexadecimal digits or four letters; big integers took ten times as long.
  for (let i = 2; i < 32; i += 5) {
    const bits = Number.parseInt(hex.slice(i, i + 5), 16)
    suffix += (PAIRS[bits >> 10] ?? '') + (PAIRS[bits & 1023] ?? '')
  }
  return `${prefix}_${suffix}`
}

/** The UUID of a value that came from outside, or null where it is not an id of this prefix. */
export function readId(prefix: string, value: unknown): string | null {
  if (typeof value !== 'string' || !isPrefix(prefix)) return null
  const from = prefix.length + 1
  if (value.length !== from + 26 || !value.startsWith(prefix) || value.charAt(prefix.length) !== '_') return null
  let hex = ''
  let wrong = 0
  // Two letters before the first group of four have only eight bits: what is beyond 128 is no id.
  for (let i = -2; i < 26; i += 4) {
    let bits = 0
    for (let k = Math.max(0, i); k < i + 4; k += 1) {
      const letter = VALUES[value.charCodeAt(from + k)] ?? WRONG
      wrong |= letter & WRONG
      bits = (bits << 5) | (letter & 31)
    }
    if (i < 0 && bits > 255) return null
    hex += i < 0 ? (bits + 0x100).toString(16).slice(1) : (bits + 0x100000).toString(16).slice(1)
  }
  return wrong === 0 ? `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}` : null
}

/** Whether a value is an id of this prefix: well formed and not beyond 128 bits. */
export function isId<P extends string>(prefix: P, value: unknown): value is Id<P> {
  return readId(prefix, value) !== null
}
