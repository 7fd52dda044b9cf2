import { commonPasswords } from './common-passwords'

/** Why a password is refused; each is a key of the messages. */
export type PasswordProblem = 'too-short' | 'too-long' | 'common' | 'context'
export type PasswordRules = { twoFactor: boolean; words: readonly string[] }

export const passwordLengths = { alone: 15, withTwoFactor: 8, most: 256 } as const
const leftBesideWords = 8

/**
 * What stands against a password, counted in code points after NFKC; empty when it may be used. No rules of composition.
 * `words` are those an attacker would try first: names, address, organisation. Source: NIST SP 800-63B-4 §3.1.1.2.
 */
export function passwordProblems(password: string, { twoFactor, words }: PasswordRules): PasswordProblem[] {
  const text = password.normalize('NFKC')
  const length = [...text].length
  if (length > passwordLengths.most) return ['too-long']
  const problems: PasswordProblem[] = []
  if (length < (twoFactor ? passwordLengths.withTwoFactor : passwordLengths.alone)) problems.push('too-short')
  if (isCommon(text.toLowerCase())) problems.push('common')
  if (isMadeOfWords(text.toLowerCase(), contextWords(words))) problems.push('context')
  return problems
}

/** Names, addresses and the product's own name, cut into the words a guesser would combine; the longest first. */
export function contextWords(sources: readonly string[]): string[] {
  const words = ['clew', '线索', ...sources].flatMap((source) => {
    const text = source.normalize('NFKC').toLowerCase()
    return [text, text.replace(/[^\p{L}\p{N}]+/gu, ''), ...text.split(/[^\p{L}\p{N}]+/u)]
  })
  const long = words.filter((word) => [...word].length >= (/\p{Script=Han}/u.test(word) ? 2 : 3))
  return [...new Set(long)].sort((a, b) => b.length - a.length)
}

function isMadeOfWords(text: string, words: readonly string[]): boolean {
  const rest = words.reduce((left, word) => left.replaceAll(word, ''), text)
  return rest !== text && [...rest].length < leftBesideWords
}

function isCommon(text: string): boolean {
  const common = commonPasswords()
  if (common.has(text) || common.has(text.replace(/[^\p{L}\p{N}]+/gu, ''))) return true
  return repeatedUnit(text, common) || isStraight(text)
}

/** "passwordpassword", "abababab": a short or common unit said again and again. */
function repeatedUnit(text: string, common: ReadonlySet<string>): boolean {
  const letters = [...text]
  for (let size = 1; size <= letters.length / 2; size += 1) {
    const unit = letters.slice(0, size)
    const repeats = letters.every((letter, at) => letter === unit[at % size])
    if (repeats && (size <= 4 || common.has(unit.join('')))) return true
  }
  return false
}

/** "abcdefghijklmno", "987654321098765": each character next to the one before it; 0 follows 9. */
function isStraight(text: string): boolean {
  const codes = [...text].map((letter) => letter.codePointAt(0) ?? 0)
  const step = (from: number, to: number) => (from === 0x39 && to === 0x30 ? 1 : from === 0x30 && to === 0x39 ? -1 : to - from)
  const steps = codes.slice(1).map((code, at) => step(codes[at] ?? 0, code))
  return steps.length > 0 && (steps.every((by) => by === 1) || steps.every((by) => by === -1))
}
