import { createDecipheriv, createHash } from 'node:crypto'
import { timingSafeEqualText } from '~/platform/crypto'

const KEY = /^[A-Za-z0-9+/]{43}$/
const BLOCK = 32

/** Tencent's callback signature: SHA-1 over the sorted parts, in hexadecimal. */
export function isSignedBy(tokens: readonly string[], given: string, parts: readonly string[]): boolean {
  // All tokens are compared, whichever fits: the time tells nothing.
  return tokens.filter((token) => token !== '' && timingSafeEqualText(callbackSignature(token, parts), given.toLowerCase())).length > 0
}

export const callbackSignature = (token: string, parts: readonly string[]): string => createHash('sha1').update([token, ...parts].sort().join('')).digest('hex')

export const isEncodingKey = (key: string): boolean => KEY.test(key)

/** Opens what was sealed with an EncodingAESKey: AES-256-CBC, the key's first half as vector, PKCS#7. Null where it is none. */
export function openSealed(encodingKey: string, sealed: string): Buffer | null {
  if (!isEncodingKey(encodingKey) || sealed.length === 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(sealed)) return null
  const key = Buffer.from(`${encodingKey}=`, 'base64')
  const bytes = Buffer.from(sealed, 'base64')
  if (bytes.length === 0 || bytes.length % 16 !== 0) return null
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  const plain = Buffer.concat([decipher.update(bytes), decipher.final()])
  const pad = plain.at(-1) ?? 0
  // WeCom pads to 32 bytes, not to 16; padding of every length up to that is one byte repeated.
  if (pad < 1 || pad > BLOCK || pad > plain.length || !plain.subarray(-pad).every((byte) => byte === pad)) return null
  return plain.subarray(0, plain.length - pad)
}

/** A WeCom envelope, opened: 16 random bytes, the message's length, the message, and whom it is for. */
export function openEnvelope(encodingKey: string, sealed: string): { message: string; receiver: string } | null {
  const plain = openSealed(encodingKey, sealed)
  if (plain === null || plain.length < 20) return null
  const length = plain.readUInt32BE(16)
  if (length > plain.length - 20) return null
  return { message: plain.subarray(20, 20 + length).toString('utf8'), receiver: plain.subarray(20 + length).toString('utf8') }
}
