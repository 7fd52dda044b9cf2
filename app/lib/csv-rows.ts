/** A row of a file: the line of the file it begins on (the first is 1) and its cells. */
export type CsvRow = Readonly<{ line: number; cells: readonly string[] }>

/** Why a file cannot be read, with the line or header at fault. */
export class CsvRefusal extends Error {
  constructor(
    readonly code: 'empty' | 'duplicate-header' | 'broken-quotes' | 'too-many-columns' | 'line-too-long' | 'not-this-encoding',
    readonly detail: Readonly<{ line?: number; header?: string }> = {},
  ) {
    super(code)
    this.name = 'CsvRefusal'
  }
}

const MAX_COLUMNS = 1000
const MAX_LINE = 1024 * 1024
const RETURN = 13

/** Cuts text into rows as it comes; what is not whole yet waits for the next piece. Blank rows are passed over. */
export type RowCutter = { push: (text: string) => CsvRow[]; end: () => CsvRow[] }

/**
 * A cutter for RFC 4180 with any one-character delimiter. A line without quotation marks is split at once: general
 * parsers look at every character, and took ten times as long. Throws CsvRefusal.
 */
export function rowCutter(delimiter: string): RowCutter {
  let rest = ''
  let line = 1
  let returns: boolean | null = null

  const cut = (text: string, isEnd: boolean): CsvRow[] => {
    const rows: CsvRow[] = []
    let at = 0
    let quote = text.indexOf('"')
    while (at < text.length) {
      let end = text.indexOf('\n', at)
      if (end === -1) {
        if (!isEnd && quote === -1) break
        end = text.length
      }
      if (quote !== -1 && quote < at) quote = text.indexOf('"', at)
      if (quote !== -1 && quote < end) {
        const record = quoted(text, at, delimiter, isEnd, line)
        if (record === null) break
        if (record.end - at > MAX_LINE) throw new CsvRefusal('line-too-long', { line })
        keep(rows, record.cells, line)
        line += record.lines
        at = record.end
        continue
      }
      if (end === text.length && !isEnd) break
      if (end - at > MAX_LINE) throw new CsvRefusal('line-too-long', { line })
      const last = end > at && text.charCodeAt(end - 1) === RETURN ? end - 1 : end
      if (last > at) keep(rows, text.slice(at, last).split(delimiter), line)
      line += 1
      at = end + 1
    }
    rest = at >= text.length ? '' : text.slice(at)
    if (rest.length > MAX_LINE) throw new CsvRefusal('line-too-long', { line })
    return rows
  }

  return {
    push: (text) => {
      const first = rest === '' && line === 1 ? text.replace(/^\uFEFF/u, '') : text
      // Old spreadsheets end lines with a carriage return alone.
      returns ??= first === '' ? null : !first.includes('\n') && /\r[^\n]/u.test(first)
      return cut(rest + (returns === true ? first.replaceAll('\r', '\n') : first), false)
    },
    end: () => cut(rest, true),
  }
}

function keep(rows: CsvRow[], cells: string[], line: number): void {
  if (cells.length > MAX_COLUMNS) throw new CsvRefusal('too-many-columns', { line })
  if (cells.some((cell) => cell !== '')) rows.push({ line, cells })
}

type Quoted = { cells: string[]; end: number; lines: number }

// One record that has quotation marks in it; null where the text ends before it does.
function quoted(text: string, from: number, delimiter: string, isEnd: boolean, line: number): Quoted | null {
  const cells: string[] = []
  let at = from
  let lines = 0
  for (;;) {
    let cell: string
    if (text[at] === '"') {
      const close = closing(text, at + 1)
      if (close === -1 || (close + 1 === text.length && !isEnd)) {
        if (isEnd && close === -1) throw new CsvRefusal('broken-quotes', { line })
        if (text.length - from > MAX_LINE) throw new CsvRefusal('line-too-long', { line })
        return null
      }
      cell = text.slice(at + 1, close)
      for (let next = cell.indexOf('\n'); next !== -1; next = cell.indexOf('\n', next + 1)) lines += 1
      if (cell.includes('""')) cell = cell.replaceAll('""', '"')
      at = close + 1
      if (at < text.length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r') throw new CsvRefusal('broken-quotes', { line })
    } else {
      const end = plainEnd(text, at, delimiter)
      if (end === text.length && !isEnd) return null
      cell = text.slice(at, end)
      if (cell.includes('"')) throw new CsvRefusal('broken-quotes', { line })
      at = end
    }
    cells.push(cell)
    if (text[at] === delimiter) {
      at += 1
      continue
    }
    if (text[at] === '\r') {
      if (at + 1 >= text.length && !isEnd) return null
      at += 1
    }
    return { cells, end: at + 1, lines: lines + 1 }
  }
}

function closing(text: string, from: number): number {
  let at = text.indexOf('"', from)
  while (at !== -1 && text[at + 1] === '"') at = text.indexOf('"', at + 2)
  return at
}

function plainEnd(text: string, from: number, delimiter: string): number {
  let at = from
  while (at < text.length) {
    const letter = text[at]
    if (letter === delimiter || letter === '\n' || (letter === '\r' && (text[at + 1] === '\n' || at + 1 === text.length))) return at
    at += 1
  }
  return at
}
