import type { Id } from '~/lib/ids'
import { filterKindOf } from '../../leads/vocabulary'
import { countedKinds, type CardFault, type CardLine, type Criterion, type FaultCode } from '../contract'
import { BASE_LINE } from '../vocabulary'
import type { KnownValues } from './known-values'

type Tell = (part: string, code: FaultCode, params?: CardFault['params']) => void

/** What is wrong with each line by itself: `at` names the line and the part of it. */
export function lineFaults(lines: readonly CardLine[], known: KnownValues): CardFault[] {
  const faults: CardFault[] = []
  const keys = new Set<string>()
  lines.forEach((line, index) => {
    const tell: Tell = (part, code, params = {}) => void faults.push({ at: `lines.${index}.${part}`, code, params })
    if (line.key === BASE_LINE) tell('key', 'reserved-key')
    if (keys.has(line.key)) tell('key', 'duplicate-key', { key: line.key })
    keys.add(line.key)
    if (line.points === 0) tell('points', 'no-points')
    tellCounting(line, tell)
    tellCriterion(line.criterion, known, tell)
  })
  return faults
}

function tellCounting({ criterion, most, everyDays, expiresDays }: CardLine, tell: Tell): void {
  if (!countedKinds.has(criterion.kind)) {
    if (most !== null) tell('most', 'not-counted')
    if (everyDays !== null) tell('everyDays', 'not-counted')
    return
  }
  // A second time can come only when the first has ended: "at most twice" is never true.
  if (everyDays !== null && expiresDays !== null && everyDays >= expiresDays && (most ?? 0) > 1) tell('everyDays', 'every-longer-than-expiry', { expires: expiresDays })
}

function tellCriterion(criterion: Criterion, known: KnownValues, tell: Tell): void {
  switch (criterion.kind) {
    case 'employees': return tellEmployees(criterion, tell)
    case 'channel': return tellIds(criterion.values, (id) => known.channels.get(id), tell)
    case 'campaign': return tellIds(criterion.values, (id) => known.campaigns.get(id), tell)
    case 'source': return tellIds(criterion.values, (id) => (known.sources.has(id) ? { isArchived: false } : undefined), tell)
    case 'product-line': return tellIds(criterion.values, (id) => known.productLines.get(id), tell)
    case 'field': return tellField(criterion, known, tell)
    default: return
  }
}

function tellEmployees({ from, to }: Extract<Criterion, { kind: 'employees' }>, tell: Tell): void {
  if (from === null && to === null) tell('criterion.from', 'number-missing')
  else if (from !== null && to !== null && from > to) tell('criterion.from', 'from-after-to', { to })
}

// Of several values one that is archived still tells apart what came by it; none left is a line that nobody new can reach.
function tellIds<P extends string>(ids: readonly Id<P>[], find: (id: Id<P>) => { isArchived: boolean } | undefined, tell: Tell): void {
  const found = ids.map(find)
  if (found.some((each) => each === undefined)) tell('criterion.values', 'value-unknown')
  else if (found.every((each) => each?.isArchived === true)) tell('criterion.values', 'value-archived')
}

function tellField({ fieldId, test, values, number }: Extract<Criterion, { kind: 'field' }>, { fields }: KnownValues, tell: Tell): void {
  const field = fields.get(fieldId)
  if (field === undefined) return tell('criterion.fieldId', 'field-unknown')
  if (field.isArchived) return tell('criterion.fieldId', 'field-archived')
  const isNumber = ['number', 'money'].includes(filterKindOf[field.kind])
  if (test === 'one-of') {
    if (isNumber || field.kind === 'date') return tell('criterion.test', 'field-test')
    if (values.length === 0) return tell('criterion.values', 'value-missing')
    if (field.choices.length > 0 && values.some((value) => !field.choices.includes(value))) tell('criterion.values', 'value-unknown')
  }
  if (test !== 'at-least' && test !== 'at-most') return
  if (!isNumber) return tell('criterion.test', 'field-test')
  if (number === null) tell('criterion.number', 'number-missing')
}
