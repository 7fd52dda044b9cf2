import type { JsonValue } from '~/lib/json-big'
import { isObject, readBody } from './connectors/read-body'

/** How often each field is there, and in how many messages it was looked for. Names of fields and questions, never values. */
export type Shape = { paths: Readonly<Record<string, number>>; of: number }

const MOST_DEPTH = 6
const MOST_PATHS = 300
const MOST_ITEMS = 100
const LEAST_MESSAGES = 20
const LEAST_RECENT = 10
const USUAL = 0.9
/** By these an item of a list says which question it answers, and by these what was answered. Both, or it is no question. */
const NAMING = ['column_id', 'questionId', 'question_id', 'field_id', 'label', 'field', 'key', 'name', 'question', 'title']
const SAYING = ['value', 'values', 'string_value', 'answer', 'answers']

/** The fields and questions of a JSON message that say something; null where it is no JSON object. */
export function pathsOf(raw: Uint8Array): string[] | null {
  const read = readBody(raw)
  if ('issues' in read) return null
  const paths = new Set<string>()
  walk(read.body, '', 0, paths)
  return [...paths].sort()
}

function walk(value: JsonValue, path: string, depth: number, paths: Set<string>): void {
  if (paths.size >= MOST_PATHS || value === null || value === '') return
  if (Array.isArray(value)) {
    for (const item of depth < MOST_DEPTH ? value.slice(0, MOST_ITEMS) : []) walkItem(item, path, depth + 1, paths)
    return
  }
  if (!isObject(value)) return void paths.add(path)
  for (const [name, inner] of depth < MOST_DEPTH ? Object.entries(value) : []) walk(inner, path === '' ? cut(name) : `${path}.${cut(name)}`, depth + 1, paths)
}

// Only what has both a name and an answer is a question: the name in a list of people is a value.
function walkItem(item: JsonValue, path: string, depth: number, paths: Set<string>): void {
  const name = firstOf(item, NAMING)
  const said = firstOf(item, SAYING)
  if (name === undefined || said === undefined || typeof name === 'object') return walk(item, `${path}[]`, depth, paths)
  if (said !== null && said !== '' && !(Array.isArray(said) && said.length === 0)) paths.add(`${path}[${cut(String(name))}]`)
}

function firstOf(item: JsonValue, names: readonly string[]): JsonValue | undefined {
  const name = isObject(item) ? names.find((each) => Object.hasOwn(item, each)) : undefined
  return name !== undefined && isObject(item) ? item[name] : undefined
}

const cut = (name: string) => name.slice(0, 80).replaceAll('\u0000', '').replace(/\p{Surrogate}/gu, '')

/** Learns which fields a source's messages have; null where there are too few to learn from. */
export function learnShape(messages: readonly (readonly string[])[]): Shape | null {
  if (messages.length < LEAST_MESSAGES) return null
  const counts: Record<string, number> = Object.create(null) as Record<string, number>
  for (const path of messages.flat()) counts[path] = (counts[path] ?? 0) + 1
  return { paths: counts, of: messages.length }
}

/** Fields that were in nine of ten messages and are in none of the last ones. Empty where too few came to say so. */
export function vanished({ paths, of }: Shape, recent: readonly (readonly string[])[]): string[] {
  if (recent.length < LEAST_RECENT) return []
  const seen = new Set(recent.flat())
  return Object.entries(paths).filter(([path, count]) => count >= of * USUAL && !seen.has(path)).map(([path]) => path).sort()
}
