import { randomInt } from 'node:crypto'
import { sha256 } from '~/platform/crypto'

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
const MARK = 'sha256:'
const amount = 8

/** Eight codes of 26 letters of base 32, 130 bits each, in groups to read aloud. Shown once. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: amount }, () => {
    const letters = Array.from({ length: 26 }, () => ALPHABET.charAt(randomInt(32))).join('')
    return [letters.slice(0, 5), letters.slice(5, 10), letters.slice(10, 15), letters.slice(15, 20), letters.slice(20)].join('-')
  })
}

/** What is kept of a code: blanks, dashes and case do not matter; o, i and l are read as the digits they resemble. */
export function recoveryDigest(code: string): string {
  const letters = code.normalize('NFKC').toLowerCase().replace(/[^a-z0-9]/g, '').replaceAll('o', '0').replace(/[il]/g, '1')
  return MARK + sha256(letters).toString('base64url')
}

/** The stored form of a list of codes: digests only. What is a digest already stays as it is. */
export const hashedList = (codes: readonly string[]): string =>
  JSON.stringify(codes.map((code) => (code.startsWith(MARK) ? code : recoveryDigest(code))))

/** better-auth's hook for keeping codes, bent so that digests lie in the table and digests are compared. */
export const keepHashed = {
  encrypt: async (list: string) => hashedList(JSON.parse(list) as string[]),
  decrypt: async (list: string) => list,
}
