import type { RowProblemCode, RowRemarkCode } from './read-cells'

const harmless: ReadonlySet<RowProblemCode | RowRemarkCode> = new Set(['email-kept', 'person-twice', 'stage-kept'] as const)

/** The kinds of warnings a check came to, each of which must be ticked before the import runs. */
export const warningsOf = (tally: Readonly<Record<string, number>>): string[] =>
  Object.entries(tally).filter(([code, n]) => n > 0 && !(harmless as ReadonlySet<string>).has(code)).map(([code]) => code)
