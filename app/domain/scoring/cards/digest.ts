import { sha256 } from '~/platform/crypto'
import type { CardTerms } from '../contract'

/**
 * Names what a card says, whatever the order of its keys. The calibration is not in it: it is fitted to the rest, and
 * fitting it changes no points.
 */
export const digestOf = ({ base, lines, thresholds }: CardTerms): string => sha256(JSON.stringify(ordered({ base, lines, thresholds }))).toString('hex').slice(0, 32)

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, ordered(each)]))
}
