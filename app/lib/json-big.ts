import { isSafeNumber, parse } from 'lossless-json'

/** A value read from JSON. Numbers that a double cannot hold exactly arrive as the text they were sent as. */
export type JsonValue = null | boolean | number | string | JsonValue[] | { [key: string]: JsonValue }

/** Limits on what is read; beyond them the text is refused before anything is built. */
export type JsonLimits = Readonly<{ maxDepth?: number; maxKeys?: number }>

/** Why a text was refused. */
export type JsonRefusal = 'not-json' | 'too-deep' | 'too-many-keys'

const LIMITS = { maxDepth: 64, maxKeys: 20_000 }
const INTEGER = /^-?\d+$/

/**
 * Reads JSON whose ids may exceed 2^53: such integers become strings, digit for digit; other numbers stay
 * numbers. Of repeated keys the last wins. Nothing in the text can reach a prototype.
 */
export function parseJson(
  text: string,
  limits: JsonLimits = {},
): { ok: true; value: JsonValue } | { ok: false; code: JsonRefusal } {
  const refusal = overLimit(text, { ...LIMITS, ...limits })
  if (refusal !== null) return { ok: false, code: refusal }
  try {
    const value = parse(text, null, { parseNumber, onDuplicateKey: ({ newValue }) => newValue }) as JsonValue
    return { ok: true, value }
  } catch {
    return { ok: false, code: 'not-json' }
  }
}

function parseNumber(text: string): number | string {
  const value = Number(text)
  if (INTEGER.test(text)) return isSafeNumber(text) && Number.isSafeInteger(value) ? value : text
  return Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER ? value : text
}

// The parser recurses, so depth is counted first, outside strings; a colon outside strings is a key.
function overLimit(text: string, limits: Required<JsonLimits>): JsonRefusal | null {
  let depth = 0
  let keys = 0
  let quoted = false
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i)
    if (quoted) {
      if (code === 0x5c) i += 1
      else if (code === 0x22) quoted = false
      continue
    }
    if (code === 0x22) quoted = true
    else if (code === 0x7b || code === 0x5b) depth += 1
    else if (code === 0x7d || code === 0x5d) depth -= 1
    else if (code === 0x3a || code === 0x2c) keys += 1
    if (depth > limits.maxDepth) return 'too-deep'
    if (keys > limits.maxKeys) return 'too-many-keys'
  }
  return null
}
