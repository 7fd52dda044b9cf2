import { foldText, spelledOut } from './fold-text'
import { hanReadings } from './han-readings'

const HAN_RUN = /\p{Script=Han}+/gu
const WORD_RUN = /[\p{L}\p{N}]+/gu
const HAN = /\p{Script=Han}/u
const JOINED = /(?<=\p{L})['’‘`-](?=\p{L})/gu
const MAX_TOKENS = 240
const MAX_HAN = 40
export const MAX_PREFIX = 12
const SYLLABLES = 4
const INITIALS = 6
const TAIL_DIGITS = 4
const SHORTEST_NEAR = 4
const LETTERS = 'abcdefghijklmnopqrstuvwxyz'
const RUNS_KEPT = 10_000
const runs = new Map<string, ReadonlySet<string>>()

/**
 * The words under which a name can be found, for a `tokens text[]` column: one- and two-character grams of Chinese
 * (simplified), its pinyin and initials under every reading, and every beginning of Latin words from two letters on,
 * accents folded and umlauts also written out.
 */
export function searchTokens(...texts: readonly (string | null | undefined)[]): string[] {
  const tokens = new Set<string>()
  for (const text of texts) {
    const given = text ?? ''
    const folded = foldText(given)
    for (const [run] of folded.matchAll(HAN_RUN)) for (const token of hanTokens(run.slice(0, MAX_HAN))) tokens.add(token)
    addWords(tokens, folded)
    const german = spelledOut(given)
    if (german !== null) addWords(tokens, german)
  }
  return [...tokens].slice(0, MAX_TOKENS)
}

/**
 * What a searcher typed, as tokens that must all be among the stored ones (`tokens @> …`). Empty where the text
 * holds nothing to search for: then nothing should be searched, not everything shown.
 */
export function queryTokens(text: string): string[] {
  const folded = foldText(text)
  const tokens = new Set<string>()
  for (const [run] of folded.matchAll(HAN_RUN)) {
    const characters = [...run]
    if (characters.length === 1) tokens.add(run)
    for (let i = 0; i + 1 < characters.length; i += 1) tokens.add(characters.slice(i, i + 2).join(''))
  }
  const words = wordsOf(folded)
  // A lone letter beside words ("wei z") is on its way to more; alone it finds names of one letter.
  const told = words.filter((word) => word.length > 1)
  for (const word of told.length > 0 || tokens.size > 0 ? told : words) tokens.add(word.slice(0, MAX_PREFIX))
  return [...tokens]
}

export type NearSearch = {
  /** must all be there as typed */
  words: string[]
  /** one of these must be there instead of the word that may be mistyped */
  near: string[]
}

/**
 * The same search with one typing error: one letter wrong, missing, too many, or two exchanged, in one word of at
 * least four letters; or Chinese of the same sound with other characters. One entry a word that may be the wrong one.
 */
export function nearSearches(text: string): NearSearch[] {
  const folded = foldText(text)
  const typed = queryTokens(text)
  const runsOfHan = [...folded.matchAll(HAN_RUN)].map(([run]) => run).filter((run) => [...run].length > 1)
  const latin = typed.filter((word) => /^[a-z]+$/.test(word))
  const misspelled = latin.filter((word) => word.length >= SHORTEST_NEAR)
    .map((word) => ({ words: typed.filter((other) => other !== word), near: oneErrorAway(word) }))
  if (runsOfHan.length === 0) return misspelled
  const sounds = runsOfHan.flatMap((run) => hanReadings(run).map((syllables) => syllables.join('').slice(0, MAX_PREFIX)))
  return [{ words: latin, near: [...new Set(sounds)] }, ...misspelled]
}

/** Every word one error away from this one, itself not among them. */
export function oneErrorAway(word: string): string[] {
  const found = new Set<string>()
  for (let at = 0; at <= word.length; at += 1) {
    const [before, after] = [word.slice(0, at), word.slice(at)]
    if (after !== '') found.add(before + after.slice(1))
    if (after.length > 1) found.add(before + after.charAt(1) + after.charAt(0) + after.slice(2))
    for (const letter of LETTERS) {
      if (after !== '') found.add(before + letter + after.slice(1))
      found.add((before + letter + after).slice(0, MAX_PREFIX))
    }
  }
  found.delete(word)
  return [...found]
}

// Names and parts of names come again and again, and finding their pinyin is what takes time.
function hanTokens(run: string): ReadonlySet<string> {
  const known = runs.get(run)
  if (known !== undefined) return known
  const tokens = new Set<string>()
  const characters = [...run]
  characters.forEach((character, i) => {
    tokens.add(character)
    if (i + 1 < characters.length) tokens.add(characters.slice(i, i + 2).join(''))
  })
  for (const syllables of hanReadings(run)) addSyllables(tokens, syllables)
  if (runs.size >= RUNS_KEPT) runs.clear()
  runs.set(run, tokens)
  return tokens
}

function addSyllables(tokens: Set<string>, syllables: readonly string[]): void {
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

function addWords(tokens: Set<string>, folded: string): void {
  for (const word of wordsOf(folded)) addWord(tokens, word)
  if (folded.search(JOINED) >= 0) for (const word of wordsOf(folded.replaceAll(JOINED, ''))) addWord(tokens, word)
}

function addWord(tokens: Set<string>, word: string): void {
  if (word.length === 1) tokens.add(word)
  addPrefixes(tokens, word)
  // Whoever wrote "Mueller" is found by "Müller" too.
  if (/[aou]e/.test(word)) addPrefixes(tokens, word.replaceAll(/([aou])e/g, '$1'))
  if (/^\d{7,}$/.test(word)) tokens.add(word.slice(-TAIL_DIGITS))
}

function addPrefixes(tokens: Set<string>, word: string): void {
  for (let length = 2; length <= Math.min(word.length, MAX_PREFIX); length += 1) tokens.add(word.slice(0, length))
}

function wordsOf(folded: string): string[] {
  const latin = folded.replaceAll(HAN_RUN, ' ')
  return [...latin.matchAll(WORD_RUN)].map(([word]) => word).filter((word) => !HAN.test(word))
}
