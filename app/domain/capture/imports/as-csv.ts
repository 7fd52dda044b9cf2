import { csvHead, csvLines } from '~/lib/csv'
import { jsonRows } from '~/lib/json-rows'
import { vcardRows } from '~/lib/vcard-rows'
import { isZip, xlsxRows, TableRefusal } from '~/lib/xlsx-rows'
import { DomainError } from '../../kernel'

const LOOK = 4096

/**
 * A file as CSV, told by what is in it and not by its name: XLSX, vCard, JSON and NDJSON are turned into lines, all else
 * is text already and stays byte for byte. Refuses `file-unreadable`.
 */
export async function asCsv(content: Uint8Array): Promise<Uint8Array> {
  try {
    const head = Buffer.from(content.subarray(0, LOOK)).toString('latin1').replace(/^\u00EF\u00BB\u00BF/u, '').trimStart()
    if (isZip(content)) return written(await xlsxRows(content))
    if (/^BEGIN:VCARD/iu.test(head)) return written(vcardRows(content))
    if (head.startsWith('[{') || /^\[\s*\{/u.test(head) || /^\{\s*"/u.test(head)) return written(jsonRows(content))
  } catch (error) {
    if (error instanceof TableRefusal) throw new DomainError('file-unreadable', { params: { why: error.code } })
    throw error
  }
  return content
}

function written([headers = [], ...rows]: readonly (readonly string[])[]): Uint8Array {
  const filled = rows.filter((row) => row.some((cell) => cell !== ''))
  if (headers.length === 0) throw new DomainError('file-unreadable', { params: { why: 'empty' } })
  return Buffer.from(csvHead(headers) + csvLines(filled))
}
