import { deflateSync, crc32 } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { stripPhoto } from '~/lib/strip-photo'

const bytes = (...parts: (number[] | string | Uint8Array)[]) => Buffer.concat(parts.map((part) => Buffer.from(part as never)))
const segment = (marker: number, body: Buffer) => bytes([0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 255], body)
// EXIF, big endian: orientation 6 and the offset of a GPS block; the place stands behind it.
const exif = bytes('Exif\0\0', 'MM\0*', [0, 0, 0, 8, 0, 2, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 38, 0, 0, 0, 0], 'GPS 31.23N 121.47E')
const scan = bytes([0xff, 0xda, 0, 4, 1, 0], [0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56])
const jpeg = bytes([0xff, 0xd8], segment(0xe0, bytes('JFIF\0', [1, 1, 0, 0, 1, 0, 1, 0, 0])), segment(0xe1, exif), segment(0xe1, bytes('http://ns.adobe.com/xap/1.0/\0secret')), segment(0xed, bytes('Photoshop secret')), segment(0xfe, bytes('secret comment')), segment(0xdb, Buffer.alloc(65, 1)), scan, [0xff, 0xd9], 'secret tail')
const chunk = (name: string, body: Buffer) => {
  const head = Buffer.alloc(4)
  head.writeUInt32BE(body.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(bytes(name, body)))
  return bytes(head, name, body, sum)
}
const header = bytes([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0])
const drawn = deflateSync(Buffer.from([0, 255]))
const png = bytes([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10], chunk('IHDR', header), chunk('eXIf', exif.subarray(6)), chunk('tEXt', bytes('Author\0secret')), chunk('IDAT', drawn), chunk('IEND', Buffer.alloc(0)), 'secret tail')

describe('a photo of a card', () => {
  it('loses place, remarks and tail; the picture and its turn stay', () => {
    const clean = stripPhoto(jpeg)
    const text = Buffer.from(clean?.bytes ?? []).toString('latin1')
    expect(clean?.contentType).toBe('image/jpeg')
    for (const gone of ['GPS', '31.23', 'secret', 'adobe']) expect(text).not.toContain(gone)
    expect(text).toContain('JFIF')
    expect(text).toContain('Exif\0\0MM\0*\0\0\0\b\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06')
    expect(text.endsWith(`${scan.toString('latin1')}\xff\xd9`)).toBe(true)
    expect(stripPhoto(Buffer.from(clean?.bytes ?? []))).toEqual(clean)
  })

  it('takes remarks between the scans of a progressive picture out too', () => {
    const clean = stripPhoto(bytes([0xff, 0xd8], segment(0xdb, Buffer.alloc(3, 1)), scan, segment(0xfe, bytes('secret')), segment(0xc4, Buffer.alloc(4, 2)), scan, [0xff, 0xd9]))
    expect(Buffer.from(clean?.bytes ?? [])).toEqual(bytes([0xff, 0xd8], segment(0xdb, Buffer.alloc(3, 1)), scan, segment(0xc4, Buffer.alloc(4, 2)), scan, [0xff, 0xd9]))
  })

  it('of a PNG keeps what is drawn', () => {
    expect(Buffer.from(stripPhoto(png)?.bytes ?? [])).toEqual(bytes([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10], chunk('IHDR', header), chunk('IDAT', drawn), chunk('IEND', Buffer.alloc(0))))
  })

  it.each([
    ['a page', bytes('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
    ['a GIF', bytes('GIF89a')],
    ['half a JPEG', jpeg.subarray(0, 120)],
    ['a JPEG without an end', jpeg.subarray(0, jpeg.length - 13)],
    ['half a PNG', png.subarray(0, 60)],
    ['nothing', Buffer.alloc(0)],
  ])('%s is no photo', (_name, content) => expect(stripPhoto(content)).toBeNull())

  it('never fails on a broken file, wherever it ends and whatever bit is wrong', () => {
    for (const whole of [jpeg, png]) {
      for (let at = 0; at < whole.length; at += 1) {
        stripPhoto(whole.subarray(0, at))
        const wrong = Buffer.from(whole)
        wrong[at] = (wrong[at] ?? 0) ^ 0xff
        stripPhoto(wrong)
      }
    }
  })
})
