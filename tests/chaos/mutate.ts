/** Chance between 0 and 1, seeded. */
export type Chance = () => number
type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

const STRANGE: readonly Json[] = [
  null, true, false, 0, -1, 1e308, '', ' ', 'null', 'NaN', '\u0000', 'a\u0000b', '\ud800', '\udfff\ud800', '\u202egnp.exe', '0000-01-01', '9999-12-31T23:59:59Z', '2024-02-30', '1e3',
  '9'.repeat(400), '-', '=cmd()', '<script>x()</script>', "'; drop table leads; --", '{{constructor}}', '${x}', '../../etc/passwd', 'http://[', 'javascript:x()', [], {}, [[]], [null], '🧵'.repeat(300), '＝１＋１', 'İ', 'ß'.repeat(100),
]
const KEYS = ['__proto__', 'constructor', 'prototype', 'toString', '', ' ', '\u0000', 'data', 'length', 'é', '键', '0', 'hasOwnProperty', 'valueOf', 'then']
const pick = <T>(chance: Chance, from: readonly T[]): T => from[Math.floor(chance() * from.length)] as T

/** A JSON value changed in one to four places: keys dropped, doubled, renamed, values of another type, depth, length. */
export function mutateJson(value: Json, chance: Chance): Json {
  let changed = structuredClone(value)
  for (let turns = 1 + Math.floor(chance() * 4); turns > 0; turns -= 1) changed = once(changed, chance)
  return changed
}

function once(value: Json, chance: Chance): Json {
  const isLeaf = typeof value !== 'object' || value === null
  if (isLeaf || chance() < 0.12) return replace(value, chance)
  if (Array.isArray(value)) return inArray(value, chance)
  return inObject(value, chance)
}

function replace(value: Json, chance: Chance): Json {
  const roll = chance()
  if (roll < 0.5) return pick(chance, STRANGE)
  if (roll < 0.6) return nested(2 + Math.floor(chance() * 200))
  if (roll < 0.65) return 'x'.repeat(1 + Math.floor(chance() * 60_000))
  if (roll < 0.75) return typeof value === 'string' ? Number(value) || 0 : JSON.stringify(value)
  if (roll < 0.85) return [value]
  if (roll < 0.95) return { value }
  return Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`k${index}`, index]))
}

const nested = (depth: number): Json => (depth === 0 ? 'deep' : depth % 2 === 0 ? [nested(depth - 1)] : { a: nested(depth - 1) })

function inArray(value: Json[], chance: Chance): Json {
  const at = Math.floor(chance() * value.length)
  const roll = chance()
  if (value.length === 0 || roll < 0.15) return [...value, pick(chance, STRANGE)]
  if (roll < 0.3) return [...value, value[at] ?? null]
  if (roll < 0.4) return value.toSpliced(at, 1)
  return value.with(at, once(value[at] ?? null, chance))
}

function inObject(value: { [key: string]: Json }, chance: Chance): Json {
  const keys = Object.keys(value)
  const key = keys.length === 0 ? 'a' : pick(chance, keys)
  const roll = chance()
  if (roll < 0.12) return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key))
  if (roll < 0.2) return { ...value, [pick(chance, KEYS)]: pick(chance, STRANGE) }
  if (roll < 0.26) return Object.fromEntries(Object.entries(value).map(([name, each]) => [name === key ? pick(chance, KEYS) : name, each]))
  return { ...value, [key]: once(value[key] ?? null, chance) }
}

/** The bytes of a text changed: cut, doubled, bits flipped, other encodings, a key written twice. */
export function mutateBytes(bytes: Buffer, chance: Chance): Buffer {
  const roll = chance()
  const at = Math.floor(chance() * bytes.length)
  if (roll < 0.2) return bytes.subarray(0, at)
  if (roll < 0.4) {
    const changed = Buffer.from(bytes)
    for (let turns = 1 + Math.floor(chance() * 5); turns > 0; turns -= 1) changed[Math.floor(chance() * bytes.length)] = Math.floor(chance() * 256)
    return changed
  }
  if (roll < 0.5) return Buffer.concat([bytes, bytes])
  if (roll < 0.6) return Buffer.from(bytes.toString('utf8'), 'utf16le')
  if (roll < 0.7) return Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes])
  if (roll < 0.8) return Buffer.from(bytes.toString('utf8').replace(/"(\w+)":/, '"$1":NaN,"$1":'))
  if (roll < 0.9) return Buffer.from(bytes.toString('utf8').replace(/\d+/, '9'.repeat(30)))
  return Buffer.concat([bytes.subarray(0, at), Buffer.from([0, 0xff, 0xfe]), bytes.subarray(at)])
}
