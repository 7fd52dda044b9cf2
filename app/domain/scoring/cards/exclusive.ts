import type { Criterion } from '../contract'

/** A company has one size, a lead one channel: of what a lead has only one of, two criteria may never hold together. */
export function excludeEachOther(a: Criterion, b: Criterion): boolean {
  if (a.kind === 'unknown') return isAbout(b, a.of)
  if (b.kind === 'unknown') return isAbout(a, b.of)
  if (a.kind === 'employees' && b.kind === 'employees') return (a.from ?? 0) > (b.to ?? Infinity) || (b.from ?? 0) > (a.to ?? Infinity)
  if (a.kind === 'field' && b.kind === 'field') return a.fieldId === b.fieldId && fieldsExclude(a, b)
  if (a.kind !== b.kind || !('values' in a) || !('values' in b)) return false
  return single.has(a.kind) && !a.values.some((value) => (b.values as readonly (string | number)[]).some((other) => folded(other) === folded(value)))
}

const single = new Set<Criterion['kind']>(['industry', 'country', 'channel-kind', 'channel', 'campaign', 'source', 'product-line', 'weekday'])
/** As criteria compare texts: without regard to case and width. */
export const folded = (value: string | number): string => String(value).normalize('NFKC').toLowerCase().trim()
/** Whether a criterion can only hold where that is known. */
const isAbout = ({ kind }: Criterion, of: string): boolean => kind === of

type Field = Extract<Criterion, { kind: 'field' }>
function fieldsExclude(a: Field, b: Field): boolean {
  if (a.test === 'unknown' || b.test === 'unknown') return a.test !== b.test
  const [low, high] = [a, b].some(({ test }) => test === 'at-least') && [a, b].some(({ test }) => test === 'at-most') ? [[a, b].find(({ test }) => test === 'at-least'), [a, b].find(({ test }) => test === 'at-most')] : []
  return low !== undefined && high !== undefined && (low.number ?? 0) > (high.number ?? 0)
}
