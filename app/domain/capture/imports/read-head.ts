import { CsvRefusal, headersOf, readCsv, sniffCsv, type CsvDialect, type CsvEncoding } from '~/lib/csv-import'
import { DomainError } from '../../kernel'
import { fieldOfHeader } from './fields'

/** Opens the file from its beginning; called more than once. */
export type OpenFile = () => Uint8Array | AsyncIterable<Uint8Array>

/** What the beginning of a file says: how it is written, its headers and the rows mappings are proposed from. */
export type FileHead = { dialect: CsvDialect; headerLine: number; headers: readonly string[]; rows: readonly (readonly string[])[] }

const SAMPLE = 2000
const PREAMBLE = 15

/**
 * Reads the beginning of a file. Exports put a title above the headers: of the first 15 lines, the first one with the
 * most names we know is the header; where none has any, it is the first line. Refuses `file-unreadable`.
 */
export async function readHead(open: OpenFile, encoding?: CsvEncoding): Promise<FileHead> {
  return readable(async () => {
    const dialect = sniffCsv(await firstBytes(open()), encoding)
    const lines: { line: number; cells: readonly string[] }[] = []
    for await (const row of readCsv(open(), dialect)) {
      lines.push(row)
      if (lines.length > SAMPLE) break
    }
    const known = lines.slice(0, PREAMBLE).map(({ cells }, index) => {
      const names = cells.filter((cell) => fieldOfHeader(cell) !== undefined).length
      return index > 0 && names < 2 ? 0 : names
    })
    const at = Math.max(0, known.indexOf(Math.max(1, ...known)))
    const header = lines[at]
    if (header === undefined) throw new CsvRefusal('empty')
    return { dialect, headerLine: header.line, headers: headersOf(header.cells), rows: lines.slice(at + 1).map(({ cells }) => cells) }
  })
}

/** Turns what the reader refuses into a refusal of the domain, with the line at fault. */
export async function readable<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (!(error instanceof CsvRefusal)) throw error
    const { line, header } = error.detail
    throw new DomainError('file-unreadable', { params: { why: error.code, ...(line === undefined ? {} : { line }), ...(header === undefined ? {} : { header }) } })
  }
}

async function firstBytes(input: Uint8Array | AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  if (input instanceof Uint8Array) return input.subarray(0, 256 * 1024)
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of input) {
    chunks.push(chunk)
    size += chunk.length
    if (size >= 256 * 1024) break
  }
  return Buffer.concat(chunks)
}
