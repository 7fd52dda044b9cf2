import { stringify } from 'csv-stringify/sync'

/** What a cell may hold. Null and undefined are empty. */
export type CsvCell = string | number | bigint | boolean | Date | null | undefined

const BOM = '\uFEFF'
// A spreadsheet runs a cell that begins with one of these; another delimiter or a line break inside a cell may
// begin a new one (OWASP, CSV injection). Full-width forms are run by some, too.
const FORMULA = /(^|[,;|\t\r\n])([\s"'\u200B\uFEFF]*)([=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/gu
const ESCAPED = /(^|[,;|\t\r\n])([\s"'\u200B\uFEFF]*?)'([=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/gu
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
  const escaped = text.replaceAll(FORMULA, "$1$2'$3")
  return LEADING_CONTROL.test(escaped) ? `'${escaped}` : escaped
}

/** Undoes `escapeFormulas`, for files that come back. */
export function unescapeFormulas(text: string): string {
  const inner = /^'[\t\r\n]/.test(text) ? text.slice(1) : text
  return inner.replaceAll(ESCAPED, '$1$2$3')
}

function cellText(cell: CsvCell): string | number | bigint {
  if (cell === null || cell === undefined) return ''
  if (typeof cell === 'number' || typeof cell === 'bigint') return cell
  if (typeof cell === 'boolean') return cell ? 'true' : 'false'
  if (cell instanceof Date) return cell.toISOString()
  return escapeFormulas(cell)
}
