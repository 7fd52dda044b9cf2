import { inflateRawSync } from 'node:zlib'
import { readSheet } from 'read-excel-file/node'
import { TableRefusal } from './table-refusal'

export { TableRefusal } from './table-refusal'

const END = 0x06054b50
const ENTRY = 0x02014b50
const MAX = { entries: 2000, entry: 200 * 1024 * 1024, all: 300 * 1024 * 1024, ratio: 200, cells: 5_000_000 }

export const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5)

/** The first sheet of a workbook as rows of text. Throws TableRefusal for what is none, and for one that unpacks to too much. */
export async function xlsxRows(bytes: Uint8Array): Promise<string[][]> {
  assertHarmless(bytes)
  const rows = await readSheet(Buffer.from(bytes)).catch(() => { throw new TableRefusal('not-a-table') })
  if (rows.length * (rows[0]?.length ?? 0) > MAX.cells) throw new TableRefusal('unpacks-to-too-much')
  return rows.map((row) => row.map(textOf))
}

/**
 * Reads the list of entries alone and refuses before anything is unpacked: too many, too large, or packed too well. The
 * sizes a bomb lies about are found out, because an entry is unpacked here only to what it promised.
 */
function assertHarmless(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let end = bytes.length - 22
  while (end >= 0 && end > bytes.length - 66_000 && view.getUint32(end, true) !== END) end -= 1
  if (end < 0 || end <= bytes.length - 66_000) throw new TableRefusal('broken-file')
  const count = view.getUint16(end + 10, true)
  if (count > MAX.entries) throw new TableRefusal('unpacks-to-too-much')
  let at = view.getUint32(end + 16, true)
  let all = 0
  let isWorkbook = false
  for (let n = 0; n < count; n += 1) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== ENTRY) throw new TableRefusal('broken-file')
    const packed = view.getUint32(at + 20, true)
    const size = view.getUint32(at + 24, true)
    const nameLength = view.getUint16(at + 28, true)
    all += size
    if (size > MAX.entry || all > MAX.all || (size > 1024 * 1024 && size > packed * MAX.ratio)) throw new TableRefusal('unpacks-to-too-much')
    if (view.getUint16(at + 10, true) === 8) assertHonest(bytes, view, view.getUint32(at + 42, true), packed, size)
    isWorkbook ||= Buffer.from(bytes.subarray(at + 46, at + 46 + nameLength)).toString('latin1') === 'xl/workbook.xml'
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  if (!isWorkbook) throw new TableRefusal('not-a-table')
}

function assertHonest(bytes: Uint8Array, view: DataView, local: number, packed: number, size: number): void {
  if (local + 30 > bytes.length) throw new TableRefusal('broken-file')
  const from = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true)
  try {
    inflateRawSync(bytes.subarray(from, from + packed), { maxOutputLength: size + 1 })
  } catch {
    throw new TableRefusal('unpacks-to-too-much')
  }
}

// A date cell has no zone: the day and hour as they are shown.
function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  if (cell instanceof Date) return cell.toISOString().replace('T', ' ').replace(/(?: 00:00:00)?\.000Z$/u, '').replace(/\.\d{3}Z$/u, '')
  return typeof cell === 'number' || typeof cell === 'boolean' || typeof cell === 'string' ? String(cell) : ''
}
