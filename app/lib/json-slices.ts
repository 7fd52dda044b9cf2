/**
 * The elements of a list inside a JSON text, each as the characters that stand there: what an interface answered
 * about one thing, byte for byte. `path` leads to the list; an object found there counts as a list of one. Null where
 * there is none. The text must have been read by a JSON parser before: this one trusts it.
 */
export function jsonSlices(text: string, path: readonly (string | number)[]): string[] | null {
  let at = skipBlanks(text, 0)
  for (const step of path) {
    const next = typeof step === 'number' ? elementsAt(text, at)[step]?.start : memberAt(text, at, step)
    if (next === undefined) return null
    at = next
  }
  if (text[at] === '{') return [text.slice(at, endOf(text, at))]
  return text[at] === '[' ? elementsAt(text, at).map(({ start, end }) => text.slice(start, end)) : null
}

type Span = { start: number; end: number }

function elementsAt(text: string, list: number): Span[] {
  const spans: Span[] = []
  if (text[list] !== '[') return spans
  let at = skipBlanks(text, list + 1)
  while (at < text.length && text[at] !== ']') {
    const end = endOf(text, at)
    spans.push({ start: at, end })
    at = skipBlanks(text, end)
    if (text[at] === ',') at = skipBlanks(text, at + 1)
  }
  return spans
}

// Of repeated keys the last wins, as in the parser.
function memberAt(text: string, object: number, name: string): number | undefined {
  if (text[object] !== '{') return undefined
  let found: number | undefined
  let at = skipBlanks(text, object + 1)
  while (text[at] === '"') {
    const keyEnd = endOf(text, at)
    const value = skipBlanks(text, skipBlanks(text, keyEnd) + 1)
    if (nameIn(text.slice(at, keyEnd)) === name) found = value
    at = skipBlanks(text, endOf(text, value))
    if (text[at] === ',') at = skipBlanks(text, at + 1)
  }
  return found
}

function nameIn(quoted: string): string | null {
  try {
    return String(JSON.parse(quoted))
  } catch {
    return null
  }
}

function endOf(text: string, start: number): number {
  if (text[start] === '"') return endOfString(text, start)
  if (text[start] !== '{' && text[start] !== '[') return endOfWord(text, start)
  let depth = 0
  let at = start
  while (at < text.length) {
    const sign = text[at]
    if (sign === '"') {
      at = endOfString(text, at)
      continue
    }
    if (sign === '{' || sign === '[') depth += 1
    if (sign === '}' || sign === ']') depth -= 1
    at += 1
    if (depth === 0) return at
  }
  return at
}

function endOfString(text: string, start: number): number {
  let at = start + 1
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at + 1
}

function endOfWord(text: string, start: number): number {
  let at = start
  while (at < text.length && !/[\s,\]}]/.test(text.charAt(at))) at += 1
  return Math.max(at, start + 1)
}

function skipBlanks(text: string, start: number): number {
  let at = start
  while (at < text.length && /\s/.test(text.charAt(at))) at += 1
  return at
}
