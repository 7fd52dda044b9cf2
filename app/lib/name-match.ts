import { foldText, spelledOut } from './fold-text'
import { hanReadings } from './han-readings'

const HAN_RUN = /\p{Script=Han}+/gu
const PIECE = /\p{Script=Han}+|[\p{L}\p{N}]+/gu
const LETTER = /[\p{L}\p{N}]/u

/** Where in a name a searched text stands: pairs of positions in the name as it is shown, [from, to) each, in order. */
export type Ranges = [from: number, to: number][]
/** How a name fits what was typed: the same, beginning with it, only containing its words, or not visibly. */
export type NameFit = 'exact' | 'beginning' | 'words' | 'none'

/** How well a name fits what was typed, by its characters, its pinyin and its initials. */
export function nameFit(typed: string, name: string): NameFit {
  const wanted = squeezed(typed)
  if (wanted === '') return 'none'
  const forms = formsOf(name)
  if (forms.full.includes(wanted)) return 'exact'
  if ([...forms.full, ...forms.initials].some((form) => form.startsWith(wanted))) return 'beginning'
  return matchRanges(typed, name).length > 0 ? 'words' : 'none'
}

/** The parts of a name that a search matched, for marking them. Empty where nothing visible did. */
export function matchRanges(typed: string, name: string): Ranges {
  const { folded, origin } = foldedWithOrigin(name)
  const ranges: Ranges = []
  for (const [piece] of foldText(typed).matchAll(PIECE)) {
    const place = placeOf(piece, folded)
    if (place === null) continue
    const [from, to] = [origin[place[0]], origin[place[1] - 1]]
    if (from !== undefined && to !== undefined) ranges.push([from.from, to.to])
  }
  return joined(ranges)
}

function placeOf(piece: string, folded: string): [number, number] | null {
  if (/\p{Script=Han}/u.test(piece)) {
    const at = folded.indexOf(piece)
    return at < 0 ? null : [at, at + piece.length]
  }
  for (const form of new Set([piece, piece.replaceAll(/([aou])e/g, '$1')])) {
    for (let at = folded.indexOf(form); at >= 0; at = folded.indexOf(form, at + 1)) {
      if (at === 0 || !LETTER.test(folded.charAt(at - 1)) || /\p{Script=Han}/u.test(folded.charAt(at - 1))) return [at, at + form.length]
    }
  }
  return soundOf(piece, folded)
}

function soundOf(piece: string, folded: string): [number, number] | null {
  for (const found of folded.matchAll(HAN_RUN)) {
    for (const syllables of hanReadings(found[0].slice(0, 40))) {
      const place = soundIn(piece, syllables)
      if (place !== null) return [found.index + place[0], found.index + place[1]]
    }
  }
  return null
}

function soundIn(piece: string, syllables: readonly string[]): [number, number] | null {
  for (let start = 0; start < syllables.length; start += 1) {
    let said = ''
    for (let end = start; end < syllables.length && said.length < piece.length; end += 1) {
      said += syllables[end] ?? ''
      if (said.startsWith(piece)) return [start, end + 1]
    }
  }
  const initials = syllables.map((syllable) => syllable.charAt(0)).join('')
  const at = piece.length > 1 ? initials.indexOf(piece) : -1
  return at < 0 ? null : [at, at + piece.length]
}

function formsOf(name: string): { full: string[]; initials: string[] } {
  const plain = squeezed(name)
  const german = spelledOut(name)
  const full = [plain, plain.replaceAll(/([aou])e/g, '$1'), ...(german === null ? [] : [squeezed(german)])]
  const runs = [...plain.matchAll(HAN_RUN)].map(([run]) => run)
  const first = runs[0]
  if (first === undefined || !plain.startsWith(first)) return { full, initials: [] }
  const readings = hanReadings(first.slice(0, 40))
  return {
    full: [...full, ...readings.map((syllables) => syllables.join('') + plain.slice(first.length))],
    initials: readings.map((syllables) => syllables.map((syllable) => syllable.charAt(0)).join('')),
  }
}

const squeezed = (text: string): string => foldText(text).replaceAll(/[^\p{L}\p{N}]+/gu, '')

function foldedWithOrigin(name: string): { folded: string; origin: { from: number; to: number }[] } {
  let folded = ''
  const origin: { from: number; to: number }[] = []
  let from = 0
  for (const character of name) {
    const part = foldText(character)
    for (let i = 0; i < part.length; i += 1) origin.push({ from, to: from + character.length })
    folded += part
    from += character.length
  }
  return { folded, origin }
}

function joined(ranges: Ranges): Ranges {
  const sorted = ranges.sort(([a], [b]) => a - b)
  const kept: Ranges = []
  for (const [from, to] of sorted) {
    const last = kept.at(-1)
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to)
    else kept.push([from, to])
  }
  return kept
}
