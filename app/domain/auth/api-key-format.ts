import { randomInt } from 'node:crypto'
import { sha256, timingSafeEqualText } from '~/platform/crypto'

const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const PREFIX = 'clew_live_'
const secretLength = 28
const shape = /^clew_live_([0-9A-Za-z]{28})_([0-9A-Za-z]{6})$/

/** A new key: `clew_live_`, 28 random letters of base 62 (166 bits), a checksum that tells a typing error from a guess. */
export function newApiKey(): string {
  const secret = Array.from({ length: secretLength }, () => LETTERS.charAt(randomInt(LETTERS.length))).join('')
  return `${PREFIX}${secret}_${checksum(secret)}`
}

/** Whether a text could be a key, before the database is asked. */
export function isApiKey(token: string): boolean {
  const [, secret = '', sum = ''] = shape.exec(token) ?? []
  return secret !== '' && timingSafeEqualText(checksum(secret), sum)
}

/** What is kept of a key. Its randomness makes a slow hash unnecessary. */
export const apiKeyDigest = (token: string): string => sha256(token).toString('hex')

/** The part of a key that may be shown again, to tell keys apart. */
export const apiKeyPrefix = (token: string): string => token.slice(0, PREFIX.length + 4)

function checksum(secret: string): string {
  let rest = sha256(`clew key ${secret}`).readUIntBE(0, 6)
  let text = ''
  for (let at = 0; at < 6; at += 1) {
    text += LETTERS.charAt(rest % 62)
    rest = Math.floor(rest / 62)
  }
  return text
}
