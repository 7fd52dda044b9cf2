import { fold } from './engine/read-value'
import { jaroWinkler } from './engine/similarity'

/** How two names of people go together: written alike, possibly of one person, or clearly of two. */
export type NameRelation = 'same' | 'like' | 'other'

const TITLES = /先生|女士|小姐|老师|老師|经理|經理|主任|总监|總監|总$|總$|工$|哥$|姐$|老板$|\b(?:mr|mrs|ms|dr|prof|herr|frau)\b\.?/gu
/** 小王, 老李: what somebody is called who is named 王 or 李. */
const FAMILIAR = /^[小老阿](?=\p{Script=Han}$)/u
const HAN = /^\p{Script=Han}+$/u
const NEARLY = 0.85

/**
 * Compares two names as people give them. "李总" may be 李伟, "J. Smith" John Smith; 王芳 is not 李伟. A Chinese and a
 * Latin spelling cannot be told apart and count as alike.
 */
export function compareNames(one: string, other: string): NameRelation {
  const [a, b] = [plain(one), plain(other)]
  if (a === b || a === '' || b === '') return a === b ? 'same' : 'like'
  if (HAN.test(a) !== HAN.test(b)) return 'like'
  if (HAN.test(a)) return a[0] === b[0] || a.includes(b) || b.includes(a) ? 'like' : 'other'
  const [words, others] = [a.split(' '), b.split(' ')]
  const isSorted = [...words].sort().join(' ') === [...others].sort().join(' ')
  if (isSorted) return 'same'
  return words.some((word) => others.some((each) => isWordAlike(word, each))) ? 'like' : 'other'
}

const plain = (name: string): string => fold(name).replaceAll(TITLES, ' ').replaceAll(/[^\p{L}]+/gu, ' ').trim().replace(FAMILIAR, '')

const isWordAlike = (a: string, b: string): boolean => (a.length === 1 || b.length === 1 ? a[0] === b[0] : jaroWinkler(a, b) >= NEARLY)
