import { parseJson } from './json-big'
import { TableRefusal } from './table-refusal'

const DEPTH = 3

/** A list of objects, or one object a line, as rows of text under their keys; inner objects are told by `outer.inner`. */
export function jsonRows(bytes: Uint8Array): string[][] {
  const text = new TextDecoder('utf-8').decode(bytes).trim()
  const records = listOf(text).map((each) => flat(each))
  const headers = [...new Set(records.flatMap((record) => [...record.keys()]))]
  if (headers.length === 0) throw new TableRefusal('not-a-table')
  return [headers, ...records.map((record) => headers.map((header) => record.get(header) ?? ''))]
}

function listOf(text: string): unknown[] {
  const whole = read(text)
  if (Array.isArray(whole)) return whole
  if (whole !== undefined) {
    const inner = typeof whole === 'object' && whole !== null ? Object.values(whole).find(Array.isArray) : undefined
    return Array.isArray(inner) && inner.some((each) => typeof each === 'object') ? (inner as unknown[]) : [whole]
  }
  const lines = text.split(/\r?\n/u).filter((line) => line.trim() !== '').map(read)
  if (lines.includes(undefined)) throw new TableRefusal('broken-file')
  return lines
}

function read(text: string): unknown {
  const parsed = parseJson(text, { maxDepth: 32, maxKeys: 3_000_000 })
  return parsed.ok ? parsed.value : undefined
}

function flat(value: unknown, path = '', depth = 0, cells = new Map<string, string>()): Map<string, string> {
  if (value === null || value === undefined) return cells
  if (Array.isArray(value)) {
    const plain = value.filter((each) => typeof each !== 'object' || each === null).map(String)
    if (path !== '' && plain.length > 0) cells.set(path, plain.join('; '))
    else if (value.length > 0 && depth < DEPTH) flat(value[0], path, depth + 1, cells)
    return cells
  }
  if (typeof value !== 'object') {
    if (path !== '') cells.set(path, String(value as string | number | bigint | boolean))
    return cells
  }
  if (depth >= DEPTH) return cells
  for (const [name, inner] of Object.entries(value)) flat(inner, path === '' ? name : `${path}.${name}`, depth + 1, cells)
  return cells
}
