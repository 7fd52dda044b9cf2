import { toSimplified } from './han-variants'

const LETTERS: Readonly<Record<string, string>> = { ß: 'ss', ø: 'o', æ: 'ae', œ: 'oe', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' }
const ODD = /[ßøæœłđðþı]/gu
const UMLAUTS: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue' }

/** A text as search compares it: one width, lower case, no accents, ß as ss, simplified Chinese. */
export function foldText(text: string): string {
  const plain = text.normalize('NFKD').replaceAll(/\p{M}/gu, '').normalize('NFKC').toLowerCase()
  return toSimplified(plain.replaceAll(ODD, (letter) => LETTERS[letter] ?? letter))
}

/** A word whose umlauts are written out the German way ("Müller" as "mueller"), folded; null where it has none. */
export function spelledOut(text: string): string | null {
  const lower = text.normalize('NFC').toLowerCase()
  return /[äöü]/u.test(lower) ? foldText(lower.replaceAll(/[äöü]/gu, (letter) => UMLAUTS[letter] ?? letter)) : null
}
