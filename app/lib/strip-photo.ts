/** A picture as it may be kept: what it is by its first bytes, without what a camera or a program wrote into it. */
export type CleanPhoto = { contentType: 'image/jpeg' | 'image/png'; bytes: Uint8Array }

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
// What a PNG needs to be drawn; text, time, EXIF and everything unknown goes.
const DRAWN = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'sBIT', 'bKGD', 'pHYs'])

/**
 * Takes place, time, camera and comments out of a JPEG (APP1–APP15 but Adobe's colour mark, COM) or a PNG (chunks that
 * draw nothing), and whatever hangs behind the end. The turn of a JPEG is kept as the only EXIF field, so that a card
 * stands upright. Null for anything else and for broken files. Source: ITU T.81 annex B, PNG (third edition) §5.
 */
export function stripPhoto(bytes: Uint8Array): CleanPhoto | null {
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return cleaned('image/jpeg', jpegParts(bytes))
  if (PNG.every((byte, index) => bytes[index] === byte)) return cleaned('image/png', pngParts(bytes))
  return null
}

function cleaned(contentType: CleanPhoto['contentType'], parts: Uint8Array[] | null): CleanPhoto | null {
  if (parts === null) return null
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return { contentType, bytes: joined }
}

const wordAt = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)

function jpegParts(bytes: Uint8Array): Uint8Array[] | null {
  const parts = [bytes.subarray(0, 2)]
  for (let at = 2; at + 4 <= bytes.length;) {
    if (bytes[at] !== 0xff) return null
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) {
      at += 1
      continue
    }
    const end = at + 2 + wordAt(bytes, at + 2)
    if (marker === 0xd9 || end > bytes.length || end < at + 4) return null
    const turn = marker === 0xe1 ? turnOf(bytes.subarray(at + 4, end)) : null
    if (turn !== null && turn > 1) parts.push(turned(turn))
    if (!isRemark(marker)) parts.push(bytes.subarray(at, end))
    if (marker === 0xda) {
      const over = endOfImage(bytes, end)
      return over === null ? null : [...parts, ...over]
    }
    at = end
  }
  return null
}

// APP0 is JFIF, APP14 says how colours are meant; every other application segment and comments are remarks.
const isRemark = (marker: number): boolean => marker === 0xfe || (marker > 0xe0 && marker <= 0xef && marker !== 0xee)

/** The scans behind the first one, segment by segment: a progressive picture has tables and more scans between them. */
function endOfImage(bytes: Uint8Array, from: number): Uint8Array[] | null {
  const parts: Uint8Array[] = []
  let start = from
  for (let at = from; at + 1 < bytes.length; at += 1) {
    if (bytes[at] !== 0xff) continue
    const marker = bytes[at + 1] ?? 0
    if (marker === 0 || marker === 0xff || (marker >= 0xd0 && marker <= 0xd7)) continue
    if (marker === 0xd9) return [...parts, bytes.subarray(start, at + 2)]
    const end = at + 2 + wordAt(bytes, at + 2)
    if (end > bytes.length || end < at + 4) return null
    if (isRemark(marker)) {
      parts.push(bytes.subarray(start, at))
      start = end
    }
    at = end - 1
  }
  return null
}

/** The orientation an EXIF block names, 1 to 8; null without one. Source: EXIF 2.3 §4.6, tag 0x0112. */
function turnOf(segment: Uint8Array): number | null {
  if (String.fromCharCode(...segment.subarray(0, 6)) !== 'Exif\0\0') return null
  const tiff = segment.subarray(6)
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength)
  if (tiff.length < 14) return null
  const little = tiff[0] === 0x49
  const first = view.getUint32(4, little)
  if (first + 2 > tiff.length) return null
  const count = view.getUint16(first, little)
  for (let index = 0; index < count; index += 1) {
    const at = first + 2 + index * 12
    if (at + 12 > tiff.length) return null
    const value = view.getUint16(at + 8, little)
    if (view.getUint16(at, little) === 0x0112) return value >= 1 && value <= 8 ? value : null
  }
  return null
}

/** An EXIF block that says nothing but how the picture is turned. */
const turned = (turn: number): Uint8Array => Uint8Array.from([
  0xff, 0xe1, 0, 34, 0x45, 0x78, 0x69, 0x66, 0, 0, 0x4d, 0x4d, 0, 0x2a, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, turn, 0, 0, 0, 0, 0, 0,
])

function pngParts(bytes: Uint8Array): Uint8Array[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const parts = [bytes.subarray(0, 8)]
  for (let at = 8; at + 12 <= bytes.length;) {
    const end = at + 12 + view.getUint32(at)
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    if (end > bytes.length || (at === 8 && name !== 'IHDR')) return null
    if (DRAWN.has(name)) parts.push(bytes.subarray(at, end))
    if (name === 'IEND') return parts
    at = end
  }
  return null
}
