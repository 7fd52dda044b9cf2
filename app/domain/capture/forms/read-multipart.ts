import { decodeText } from './decode-text'

const MOST_PARTS = 400
const MOST_HEAD = 4_000
const CRLF2 = Buffer.from('\r\n\r\n')

/**
 * The fields of a multipart body, without its files. Written here because mapping is synchronous and pure, and what the
 * platform offers is neither. Null where the body is not what its header says. Source: RFC 7578, RFC 2046 §5.1.
 */
export function readMultipart(raw: Uint8Array, contentType: string, charset: string | null): [string, string][] | null {
  const boundary = /;\s*boundary=(?:"([^"\r\n]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType)?.slice(1).find((each) => each !== undefined)
  if (boundary === undefined) return null
  const body = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength)
  const mark = Buffer.from(`--${boundary}`)
  const parts: [string, string][] = []
  let at = body.indexOf(mark)
  if (at < 0) return null
  while (at >= 0 && parts.length < MOST_PARTS) {
    const start = at + mark.length
    if (body.subarray(start, start + 2).equals(Buffer.from('--'))) return parts
    const next = body.indexOf(mark, start)
    if (next < 0) return null
    const part = fieldOf(body.subarray(start, next), charset)
    if (part !== null) parts.push(part)
    at = next
  }
  return parts
}

function fieldOf(part: Buffer, charset: string | null): [string, string] | null {
  const end = part.indexOf(CRLF2)
  if (end < 0 || end > MOST_HEAD) return null
  const head = decodeText(part.subarray(0, end), charset)
  const disposition = /^content-disposition:([^\r\n]*)/im.exec(head)?.[1] ?? ''
  if (/;\s*filename\*?=/i.test(disposition)) return null
  const name = /;\s*name="((?:[^"\\\r\n]|\\.){0,200})"/i.exec(disposition)?.[1] ?? /;\s*name=([^\s;"]{1,200})/i.exec(disposition)?.[1]
  if (name === undefined) return null
  const own = /^content-type:[^\r\n]*charset="?([\w.:-]{1,40})/im.exec(head)?.[1] ?? charset
  const content = part.subarray(end + CRLF2.length)
  const value = content.subarray(0, content.at(-1) === 0x0a && content.at(-2) === 0x0d ? -2 : content.length)
  return [name.replaceAll('%22', '"').replaceAll('\\"', '"'), decodeText(value, own)]
}
