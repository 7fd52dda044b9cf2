import { createCipheriv, createDecipheriv, createHash, createHmac, hash, randomBytes, timingSafeEqual } from 'node:crypto'
import { env } from './env'

const ALGORITHM = 'aes-256-gcm'
const VERSION = 'c1'
const TAG_BYTES = 16
const NONCE_BYTES = 12

/** Encrypts under the first key and decrypts under any. Made by `createCipher`. */
export type Cipher = {
  encrypt(text: string, context?: string): string
  decrypt(sealed: string, context?: string): string
  /** True when the text was sealed under another key than the first, and should be sealed again. */
  isStale(sealed: string): boolean
}

/**
 * AES-256-GCM over a rotatable list of 32-byte keys. A sealed text reads `c1.<key id>.<nonce><tag><cipher text>`,
 * base64url. `context` (for example table, column and row) is authenticated: a value moved elsewhere will not open.
 */
export function createCipher(keys: readonly Buffer[]): Cipher {
  const [first] = keys
  if (!first) throw new Error('createCipher needs at least one key')
  const byId = new Map(keys.map((key) => [keyId(key), key]))
  const firstId = keyId(first)

  return {
    encrypt(text, context = '') {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv(ALGORITHM, first, nonce, { authTagLength: TAG_BYTES })
      cipher.setAAD(Buffer.from(`${VERSION}.${firstId}.${context}`))
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return `${VERSION}.${firstId}.${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')}`
    },
    decrypt(sealed, context = '') {
      const [version, id = '', body = ''] = sealed.split('.')
      const key = version === VERSION ? byId.get(id) : undefined
      if (!key) throw new Error('sealed under a key this installation does not have')
      const bytes = Buffer.from(body, 'base64url')
      const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
      decipher.setAAD(Buffer.from(`${VERSION}.${id}.${context}`))
      decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
      const opened = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()])
      return opened.toString('utf8')
    },
    isStale: (sealed) => !sealed.startsWith(`${VERSION}.${firstId}.`),
  }
}

let own: Cipher | undefined

/** Seals a text under this installation's ENCRYPTION_KEY. */
export function encrypt(text: string, context?: string): string {
  return ownCipher().encrypt(text, context)
}

/** Opens what `encrypt` sealed, under the same context. @throws when the key is unknown or a bit was changed */
export function decrypt(sealed: string, context?: string): string {
  return ownCipher().decrypt(sealed, context)
}

function ownCipher(): Cipher {
  return (own ??= createCipher(env().ENCRYPTION_KEY))
}

/** HMAC-SHA-256 of the bytes or UTF-8 text. */
export function hmacSha256(key: string | Uint8Array, content: string | Uint8Array): Buffer {
  return createHmac('sha256', key).update(content).digest()
}

/** SHA-256 of the bytes or UTF-8 text. */
export function sha256(content: string | Uint8Array): Buffer {
  return hash('sha256', content, 'buffer')
}

/** Whether two texts are equal, in a time that tells neither where they differ nor how long the secret is. */
export function timingSafeEqualText(left: string, right: string): boolean {
  return timingSafeEqual(sha256(left), sha256(right)) && left.length === right.length
}

/** Unguessable text of `bytes` random bytes, base64url; 16 bytes are 128 bits. */
export function randomToken(bytes = 32): string {
  return randomBytes(bytes).toString('base64url')
}

// The id comes from the key itself, so that rotating means nothing more than putting a new key in front.
function keyId(key: Buffer): string {
  return createHash('sha256').update('clew key id').update(key).digest('hex').slice(0, 8)
}
