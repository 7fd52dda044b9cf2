import { analyse } from 'chardet'
import iconv from 'iconv-lite'
import { CsvRefusal, rowCutter, type CsvRow } from './csv-rows'

export { CsvRefusal, type CsvRow } from './csv-rows'

/** How a file is written. */
export type CsvDialect = Readonly<{ encoding: CsvEncoding; delimiter: CsvDelimiter }>
export const csvEncodings = ['utf-8', 'gb18030', 'big5', 'utf-16le', 'utf-16be'] as const
export type CsvEncoding = (typeof csvEncodings)[number]
export type CsvDelimiter = ',' | ';' | '\t' | '|'

/** A line under headers. `values` has no prototype, so that a column may be called anything. */
export type CsvRecord = Readonly<{ line: number; values: Readonly<Record<string, string>>; extraCells: number }>

type Bytes = Uint8Array | AsyncIterable<Uint8Array>

const DELIMITERS: readonly CsvDelimiter[] = [',', ';', '\t', '|']
const BOMS: readonly (readonly [CsvEncoding, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]], ['utf-16le', [0xff, 0xfe]], ['utf-16be', [0xfe, 0xff]],
]
const HEAD = 256 * 1024
const PIECE = 64 * 1024
const SAMPLE_LINES = 20

/** Guesses encoding (unless it is given) and delimiter from the beginning of a file (up to 256 kB of it). */
export function sniffCsv(head: Uint8Array, given?: CsvEncoding): CsvDialect {
  const encoding = given ?? encodingOf(head)
  return { encoding, delimiter: delimiterOf(iconv.decode(Buffer.from(head), encoding)) }
}

/**
 * Reads a file line by line without holding it whole. Blank lines are passed over. Throws CsvRefusal where quotes
 * are broken, a line is beyond 1 MB or 1,000 cells, or bytes are not of the encoding.
 */
export async function* readCsv(input: Bytes, dialect?: Partial<CsvDialect>): AsyncGenerator<CsvRow> {
  for await (const rows of readCsvPieces(input, dialect)) yield* rows
}

/** As `readCsv`, by the pieces in which the file is read: a promise a row would cost more than the row. */
export async function* readCsvPieces(input: Bytes, dialect?: Partial<CsvDialect>): AsyncGenerator<CsvRow[]> {
  const { head, rest } = await splitHead(input)
  const { encoding, delimiter } = { ...sniffCsv(head), ...dialect }
  const cutter = rowCutter(delimiter)
  try {
    for await (const text of decode(encoding, head, rest)) {
      const rows = cutter.push(text)
      if (rows.length > 0) yield rows
    }
    const rows = cutter.end()
    if (rows.length > 0) yield rows
  } catch (error) {
    throw refusalOf(error)
  } finally {
    await rest.return?.()
  }
}

/**
 * Reads the lines under a header line (the first one, or the one on file line `headerLine`). Headers are trimmed;
 * one that is empty is called `column_N`; two alike but for case and width are refused, because one would be lost.
 */
export async function* readCsvRecords(
  input: Bytes,
  options: Readonly<{ dialect?: Partial<CsvDialect>; headerLine?: number }> = {},
): AsyncGenerator<CsvRecord> {
  let headers: readonly string[] | null = null
  for await (const row of readCsv(input, options.dialect)) {
    if (headers === null) {
      if (options.headerLine === undefined || row.line >= options.headerLine) headers = headersOf(row.cells)
      continue
    }
    yield recordOf(headers, row)
  }
  if (headers === null) throw new CsvRefusal('empty')
}

/** The names of the columns, as `readCsvRecords` uses them. Throws CsvRefusal for two that are alike. */
export function headersOf(cells: readonly string[]): string[] {
  const seen = new Set<string>()
  return cells.map((cell, index) => {
    const header = cell.trim() === '' ? `column_${String(index + 1)}` : cell.trim()
    const key = header.normalize('NFKC').toLowerCase()
    if (seen.has(key)) throw new CsvRefusal('duplicate-header', { header })
    seen.add(key)
    return header
  })
}

function recordOf(headers: readonly string[], row: CsvRow): CsvRecord {
  const values = Object.create(null) as Record<string, string>
  headers.forEach((header, index) => {
    Object.defineProperty(values, header, { value: row.cells[index] ?? '', enumerable: true })
  })
  const extra = row.cells.slice(headers.length).filter((cell) => cell !== '')
  return { line: row.line, values, extraCells: extra.length }
}

function encodingOf(head: Uint8Array): CsvEncoding {
  const marked = BOMS.find(([, bom]) => bom.every((byte, index) => head[index] === byte))
  if (marked !== undefined) return marked[0]
  const sample = head.subarray(0, 4096)
  const zeros = (odd: number) => sample.reduce((n, byte, index) => n + (byte === 0 && index % 2 === odd ? 1 : 0), 0)
  if (zeros(1) > sample.length / 8) return 'utf-16le'
  if (zeros(0) > sample.length / 8) return 'utf-16be'
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
    return 'utf-8'
  } catch {
    return chineseEncoding(head)
  }
}

// Both are two bytes a character; what one of them cannot decode is the other, else how usual its characters are decides.
function chineseEncoding(head: Uint8Array): CsvEncoding {
  const broken = (encoding: CsvEncoding) => [...iconv.decode(Buffer.from(head.subarray(0, 64 * 1024)), encoding).slice(0, -2)].filter((letter) => letter === '\uFFFD').length
  if (broken('gb18030') > 0 && broken('big5') === 0) return 'big5'
  if (broken('big5') > 0) return 'gb18030'
  const guesses = analyse(head.subarray(0, 64 * 1024))
  const sure = (name: string) => guesses.find((guess) => guess.name === name)?.confidence ?? 0
  return sure('Big5') > sure('GB18030') ? 'big5' : 'gb18030'
}

// The delimiter that cuts the most lines into the same number of cells, at least two.
function delimiterOf(text: string): CsvDelimiter {
  let best: { delimiter: CsvDelimiter; score: number } = { delimiter: ',', score: 0 }
  for (const delimiter of DELIMITERS) {
    const counts = cellCounts(text, delimiter)
    const tally = new Map<number, number>()
    for (const count of counts) tally.set(count, (tally.get(count) ?? 0) + 1)
    for (const [count, lines] of tally) {
      const score = count < 2 ? 0 : (lines / counts.length) * 1000 + Math.min(count, 500)
      if (score > best.score) best = { delimiter, score }
    }
  }
  return best.delimiter
}

function cellCounts(text: string, delimiter: string): number[] {
  const counts: number[] = []
  let cells = 1
  let quoted = false
  let blank = true
  for (const character of text) {
    if (character === '"') quoted = !quoted
    else if (!quoted && character === delimiter) cells += 1
    else if (!quoted && character === '\n') {
      if (!blank || cells > 1) counts.push(cells)
      if (counts.length === SAMPLE_LINES) return counts
      cells = 1
      blank = true
      continue
    }
    if (character !== '\r' && character !== '\uFEFF') blank = false
  }
  if (counts.length === 0 || (!blank && !quoted)) counts.push(cells)
  return counts
}

async function splitHead(input: Bytes): Promise<{ head: Uint8Array; rest: AsyncIterator<Uint8Array> }> {
  const source = input instanceof Uint8Array ? once(input) : input
  const rest = source[Symbol.asyncIterator]()
  const chunks: Uint8Array[] = []
  let size = 0
  while (size < HEAD) {
    const next = await rest.next()
    if (next.done === true) break
    chunks.push(next.value)
    size += next.value.length
  }
  return { head: Buffer.concat(chunks), rest }
}

// A file in memory is read in pieces, too: as one text with all its rows it would take ten times its size.
async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE) yield await Promise.resolve(bytes.subarray(at, at + PIECE))
}

async function* decode(encoding: CsvEncoding, head: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<string> {
  const decoder = decoderOf(encoding)
  yield decoder.write(head)
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield decoder.write(next.value)
  yield decoder.end()
}

// Bytes are checked to the last one: a wrong guess must stop the import, not store garbled names.
function decoderOf(encoding: CsvEncoding): { write: (bytes: Uint8Array) => string; end: () => string } {
  if (encoding === 'utf-8') {
    const strict = new TextDecoder('utf-8', { fatal: true })
    return { write: (bytes) => strict.decode(bytes, { stream: true }), end: () => strict.decode() }
  }
  const decoder = iconv.getDecoder(encoding)
  return { write: (bytes) => whole(decoder.write(Buffer.from(bytes))), end: () => whole(decoder.end() ?? '') }
}

function whole(text: string): string {
  if (text.includes('\uFFFD')) throw new CsvRefusal('not-this-encoding')
  return text
}

function refusalOf(error: unknown): unknown {
  const undecodable = error instanceof TypeError && 'code' in error && error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA'
  return undecodable ? new CsvRefusal('not-this-encoding') : error
}
