import { LEVEL, type ColumnKind } from './kinds'
import { editDistance, jaroWinkler } from './similarity'

type Compare = (a: string, b: string) => number

/** How two different values of a column agree: `close`, `near` or `far`. Both are as `readValue` left them. */
export function compareValues(kind: ColumnKind, a: string, b: string): number {
  return comparers[kind](a, b)
}

// Below this likeness no two edits can make one text of the other.
const UNLIKE = 0.6

const far = () => LEVEL.far

const comparers: Record<ColumnKind, Compare> = {
  name: (a, b) => {
    const likeness = jaroWinkler(a, b)
    const shorter = Math.min(a.length, b.length)
    if (likeness < UNLIKE && shorter > 1) return LEVEL.far
    if (likeness >= 0.93 || (shorter >= 4 && editDistance(a, b, 1) <= 1)) return LEVEL.close
    if (likeness >= 0.85 || isInitial(a, b) || (shorter >= 5 && editDistance(a, b, 2) <= 2)) return LEVEL.near
    return LEVEL.far
  },
  company: (a, b) => {
    const likeness = jaroWinkler(a, b)
    if (likeness >= 0.94 || a.includes(b) || b.includes(a)) return LEVEL.close
    return likeness >= 0.86 || sharedWords(a, b) >= 0.5 ? LEVEL.near : LEVEL.far
  },
  text: (a, b) => {
    const likeness = jaroWinkler(a, b)
    if (likeness < UNLIKE) return sharedWords(a, b) >= 0.5 ? LEVEL.near : LEVEL.far
    if (likeness >= 0.93 || editDistance(a, b, 2) <= (Math.min(a.length, b.length) >= 6 ? 2 : 1)) return LEVEL.close
    return likeness >= 0.86 || sharedWords(a, b) >= 0.5 ? LEVEL.near : LEVEL.far
  },
  date: (a, b) => {
    if (a.length !== 8 || b.length !== 8) return byDistance(a, b)
    const [dayMonthSwapped, partsEqual] = [isDayMonthSwapped(a, b), equalParts(a, b)]
    if (dayMonthSwapped || editDistance(a, b, 1) <= 1) return LEVEL.close
    if (partsEqual >= 2 || editDistance(a, b, 2) <= 2) return LEVEL.near
    return partsEqual === 1 && editDistance(a.slice(0, 4), b.slice(0, 4), 1) <= 1 ? LEVEL.near : LEVEL.far
  },
  code: byDistance,
  phone: byDistance,
  postcode: byDistance,
  number: (a, b) => (Math.max(a.length, b.length) >= 2 && editDistance(a, b, 1) <= 1 ? LEVEL.close : LEVEL.far),
  year: (a, b) => (editDistance(a, b, 1) <= 1 ? LEVEL.close : editDistance(a, b, 2) <= 2 ? LEVEL.near : LEVEL.far),
  month: far,
  day: (a, b) => (a.length + b.length > 2 && editDistance(a, b, 1) <= 1 ? LEVEL.close : LEVEL.far),
  category: (a, b) => (Math.min(a.length, b.length) >= 2 && editDistance(a, b, 1) <= 1 ? LEVEL.close : LEVEL.far),
  email: (a, b) => {
    const [localA = '', domainA = ''] = a.split('@')
    const [localB = '', domainB = ''] = b.split('@')
    if (editDistance(a, b, 1) <= 1) return LEVEL.close
    if (localA === localB && localA.length >= 5) return LEVEL.near
    return domainA === domainB && jaroWinkler(localA, localB) >= 0.93 ? LEVEL.near : LEVEL.far
  },
  ignore: far,
}

function byDistance(a: string, b: string): number {
  const distance = editDistance(a, b, 2)
  return distance <= 1 ? LEVEL.close : distance <= 2 && Math.min(a.length, b.length) >= 5 ? LEVEL.near : LEVEL.far
}

const isInitial = (a: string, b: string): boolean => (a.length === 1 || b.length === 1) && a[0] === b[0]

const isDayMonthSwapped = (a: string, b: string): boolean => a.slice(0, 4) === b.slice(0, 4) && a.slice(4, 6) === b.slice(6) && a.slice(6) === b.slice(4, 6)

const equalParts = (a: string, b: string): number =>
  Number(a.slice(0, 4) === b.slice(0, 4)) + Number(a.slice(4, 6) === b.slice(4, 6)) + Number(a.slice(6) === b.slice(6))

function sharedWords(a: string, b: string): number {
  if (!a.includes(' ') && !b.includes(' ')) return 0
  const [words, others] = [a.split(' '), b.split(' ')]
  const shared = words.filter((word) => others.includes(word)).length
  return shared / Math.min(words.length, others.length)
}
