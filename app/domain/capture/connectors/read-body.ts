import { parseJson, type JsonValue } from '~/lib/json-big'
import type { Issue } from '../lead-draft'

export type JsonObject = { readonly [key: string]: JsonValue }

/** The JSON object in a body. Big ids are text, digit for digit. */
export function readBody(raw: Uint8Array): { body: JsonObject } | { issues: Issue[] } {
  const parsed = parseJson(Buffer.from(raw).toString('utf8').replace(/^\ufeff/, ''))
  if (!parsed.ok) return { issues: [{ path: '', code: parsed.code }] }
  return isObject(parsed.value) ? { body: parsed.value } : { issues: [{ path: '', code: 'not-an-object' }] }
}

export function isObject(value: JsonValue | undefined): value is { [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A field of its own, never one of the prototype. */
export function own(body: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(body, name) ? body[name] : undefined
}

/** Exactly these fields, missing ones undefined: what a tolerant schema is given. */
export const only = (body: JsonObject, names: readonly string[]): Record<string, JsonValue | undefined> =>
  Object.fromEntries(names.map((name) => [name, own(body, name)]))
