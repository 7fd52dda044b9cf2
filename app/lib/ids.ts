import { V7Generator } from 'uuidv7'

/** A TypeID: a short prefix naming the kind of thing, an underscore and 26 characters of base 32 (a UUIDv7). */
export type Id<P extends string> = `${P}_${string}`

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
const PREFIX = /^[a-z](?:[a-z_]{0,61}[a-z])?$/
const SUFFIX = /^[0-7][0-9abcdefghjkmnpqrstvwxyz]{25}$/
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

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
  if (!PREFIX.test(prefix)) throw new RangeError('Not an id prefix')
  if (!UUID.test(uuid)) throw new RangeError('Not a UUID')
  const hex = uuid.replaceAll('-', '')
  const first = Number.parseInt(hex.slice(0, 2), 16)
  let suffix = ALPHABET.charAt(first >> 5) + ALPHABET.charAt(first & 31)
  // Twenty bits at a time are five hexadecimal digits or four letters; big integers took ten times as long.
  for (let i = 2; i < 32; i += 5) {
    const bits = Number.parseInt(hex.slice(i, i + 5), 16)
    suffix += ALPHABET.charAt(bits >> 15) + ALPHABET.charAt((bits >> 10) & 31) + ALPHABET.charAt((bits >> 5) & 31) + ALPHABET.charAt(bits & 31)
  }
  return `${prefix}_${suffix}`
}

/** The UUID of a value that came from outside, or null where it is not an id of this prefix. */
export function readId(prefix: string, value: unknown): string | null {
  if (typeof value !== 'string' || !PREFIX.test(prefix)) return null
  if (!value.startsWith(`${prefix}_`)) return null
  const suffix = value.slice(prefix.length + 1)
  if (!SUFFIX.test(suffix)) return null
  const bitsOf = (from: number, to: number) => {
    let bits = 0
    for (let i = from; i < to; i += 1) bits = (bits << 5) | ALPHABET.indexOf(suffix.charAt(i))
    return bits
  }
  let hex = bitsOf(0, 2).toString(16).padStart(2, '0')
  for (let i = 2; i < 26; i += 4) hex += bitsOf(i, i + 4).toString(16).padStart(5, '0')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** Whether a value is an id of this prefix: well formed and not beyond 128 bits. */
export function isId<P extends string>(prefix: P, value: unknown): value is Id<P> {
  return readId(prefix, value) !== null
}
