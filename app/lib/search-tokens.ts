import { pinyin } from 'pinyin-pro'

const HAN_RUN = /\p{Script=Han}+/gu
const WORD_RUN = /[\p{L}\p{N}]+/gu
const HAN = /\p{Script=Han}/u
const MAX_TOKENS = 240
const MAX_HAN = 40
const MAX_PREFIX = 12
const SYLLABLES = 4
const INITIALS = 6
const TAIL_DIGITS = 4
const RUNS_KEPT = 10_000
const runs = new Map<string, ReadonlySet<string>>()

/**
 * The words under which a name can be found, for a `tokens text[]` column: one- and two-character grams of
 * Chinese, its pinyin and initials, and every beginning of Latin words from two letters on.
 */
export function searchTokens(...texts: readonly (string | null | undefined)[]): string[] {
  const tokens = new Set<string>()
  for (const text of texts) {
    const folded = fold(text ?? '')
    for (const [run] of folded.matchAll(HAN_RUN)) for (const token of hanTokens(run.slice(0, MAX_HAN))) tokens.add(token)
    for (const word of wordsOf(folded)) addWord(tokens, word)
  }
  return [...tokens].slice(0, MAX_TOKENS)
}

/**
 * What a searcher typed, as tokens that must all be among the stored ones (`tokens @> …`). Empty where the text
 * holds nothing to search for: then nothing should be searched, not everything shown.
 */
export function queryTokens(text: string): string[] {
  const folded = fold(text)
  const tokens = new Set<string>()
  for (const [run] of folded.matchAll(HAN_RUN)) {
    const characters = [...run]
    if (characters.length === 1) tokens.add(run)
    for (let i = 0; i + 1 < characters.length; i += 1) tokens.add(characters.slice(i, i + 2).join(''))
  }
  for (const word of wordsOf(folded)) tokens.add(word.slice(0, MAX_PREFIX))
  return [...tokens]
}

// Names and parts of names come again and again, and finding their pinyin is what takes time.
function hanTokens(run: string): ReadonlySet<string> {
  const known = runs.get(run)
  if (known !== undefined) return known
  const tokens = new Set<string>()
  addHan(tokens, run)
  if (runs.size >= RUNS_KEPT) runs.clear()
  runs.set(run, tokens)
  return tokens
}

function addHan(tokens: Set<string>, run: string): void {
  const characters = [...run]
  characters.forEach((character, i) => {
    tokens.add(character)
    if (i + 1 < characters.length) tokens.add(characters.slice(i, i + 2).join(''))
  })
  for (const surname of ['off', 'head'] as const) addPinyin(tokens, run, surname)
}

// A surname may read differently (单 is shàn, not dān), so names are found under both readings.
function addPinyin(tokens: Set<string>, run: string, surname: 'off' | 'head'): void {
  const syllables = pinyin(run, { toneType: 'none', type: 'array', v: true, surname }).map((each) => each.toLowerCase())
  const initials = syllables.map((syllable) => syllable.charAt(0)).join('')
  addPrefixes(tokens, syllables.join(''))
  addPrefixes(tokens, initials)
  syllables.forEach((_, start) => {
    for (let length = 1; length <= SYLLABLES && start + length <= syllables.length; length += 1) {
      tokens.add(syllables.slice(start, start + length).join('').slice(0, MAX_PREFIX))
    }
    for (let length = 2; length <= INITIALS && start + length <= initials.length; length += 1) {
      tokens.add(initials.slice(start, start + length))
    }
  })
}

function addWord(tokens: Set<string>, word: string): void {
  if (word.length === 1) tokens.add(word)
  addPrefixes(tokens, word)
  if (/^\d{7,}$/.test(word)) tokens.add(word.slice(-TAIL_DIGITS))
}

function addPrefixes(tokens: Set<string>, word: string): void {
  for (let length = 2; length <= Math.min(word.length, MAX_PREFIX); length += 1) tokens.add(word.slice(0, length))
}

function wordsOf(folded: string): string[] {
  const latin = folded.replaceAll(HAN_RUN, ' ')
  return [...latin.matchAll(WORD_RUN)].map(([word]) => word).filter((word) => !HAN.test(word))
}

function fold(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').normalize('NFKC').toLowerCase()
}
