import { stringify } from 'csv-stringify/sync'

/** What a cell may hold. Null and undefined are empty. */
export type CsvCell = string | number | bigint | boolean | Date | null | undefined

const BOM = '\uFEFF'
// A spreadsheet runs a cell that begins with one of these; another delimiter or a line break inside a cell may
// begin a new one (OWASP, CSV injection). Full-width forms are run by some, too.
const OPENS = new Set('=+-@\uFF1D\uFF0B\uFF0D\uFF20')
const BEGINS = /[,;|\t\r\n]/
const SKIPPED = /[\s"'\u200B\uFEFF]/u
const PLAIN_NUMBER = /^-?\d+(?:\.\d+)?$/
const LEADING_CONTROL = /^[\t\r\n]/

/** The first bytes of an export: a byte-order mark, so that spreadsheets read it as UTF-8, and the header line. */
export function csvHead(headers: readonly string[]): string {
  return BOM + csvLines([headers])
}

/** Lines of an export, each ending in CRLF. Text is quoted and cannot become a formula; numbers stay numbers. */
export function csvLines(rows: readonly (readonly CsvCell[])[]): string {
  return stringify(rows.map((row) => row.map(cellText)), { quoted_string: true, record_delimiter: 'windows' })
}

/** Puts an apostrophe before whatever a spreadsheet would run. Plain negative numbers are left alone. */
export function escapeFormulas(text: string): string {
  if (PLAIN_NUMBER.test(text)) return text
  const escaped = walk(text, (letter) => (OPENS.has(letter) ? `'${letter}` : null))
  return LEADING_CONTROL.test(escaped) ? `'${escaped}` : escaped
}

/** Undoes `escapeFormulas`, for files that come back. */
export function unescapeFormulas(text: string): string {
  const inner = /^'[\t\r\n]/.test(text) ? text.slice(1) : text
  return walk(inner, (letter, next) => (letter === "'" && OPENS.has(next) ? '' : null))
}

/**
 * Hands over each letter with which a cell may begin and puts in its place what `change` answers. One pass: a
 * pattern that looks ahead from every line break would take minutes for a cell of nothing else.
 */
function walk(text: string, change: (letter: string, next: string) => string | null): string {
  let told = ''
  let isOpen = true
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charAt(at)
    const changed: string | null = isOpen ? change(letter, text.charAt(at + 1)) : null
    told += changed ?? letter
    if (changed === '') { told += text.charAt(at + 1); at += 1 }
    isOpen = changed === null && (BEGINS.test(letter) || (isOpen && SKIPPED.test(letter)))
  }
  return told
}

function cellText(cell: CsvCell): string | number | bigint {
  if (cell === null || cell === undefined) return ''
  if (typeof cell === 'number' || typeof cell === 'bigint') return cell
  if (typeof cell === 'boolean') return cell ? 'true' : 'false'
  if (cell instanceof Date) return cell.toISOString()
  return escapeFormulas(cell)
}
