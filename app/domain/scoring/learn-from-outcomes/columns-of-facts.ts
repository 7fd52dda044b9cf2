import type { Id } from '~/lib/ids'
import { channelKinds } from '../../channels/vocabulary'
import { filterKindOf, personRoles, touchKinds, twoWayOutcomes, type FieldKind } from '../../leads/vocabulary'
import type { Criterion } from '../contract'
import type { LeadFacts } from '../lead-facts'
import type { Column } from '../learned/columns'
import { reachWays, type ScoreGroup } from '../vocabulary'

/**
 * One thing a card may learn from. `column` is what leaks are looked for in; `parts` are what points are learned of, each with how its levels are
 * said as a criterion. Of a part every lead has one level or none is known (`missing`); what cannot be said as a criterion is where points begin.
 */
export type FactColumn = { column: Column; group: ScoreGroup; parts: Part[] }
export type Part = { column: Column; says: (levels: readonly string[]) => Criterion | null; /** the levels in one criterion */ takesSeveral: boolean; missing: Criterion | null }
export type FieldKinds = ReadonlyMap<Id<'cf'>, FieldKind>

const SIZES = [[1, 9], [10, 49], [50, 249], [250, 999], [1_000, null]] as const
const LONG_STAY = 30
const MOST_LEVELS = 50

/**
 * Everything that is known of leads as they were when they were scored, column by column. `later` are the same leads as they are now: whether a field
 * knows the outcome is seen in what became of it.
 */
export function columnsOfFacts(facts: readonly LeadFacts[], kinds: FieldKinds, later: readonly LeadFacts[] = facts): FactColumn[] {
  const one = (name: string, group: ScoreGroup, of: (lead: LeadFacts) => string | null, says: Part['says'], missing: Criterion | null = null, takesSeveral = true): FactColumn => {
    const column = levels(name, facts.map(of))
    return { column, group, parts: [{ column, says, takesSeveral, missing }] }
  }
  // Of what holds or does not, "no" is nothing that was filled in: so a mark that only the won ones bear is found to know the outcome.
  const either = (name: string, group: ScoreGroup, holds: (lead: LeadFacts) => boolean, criterion: Criterion): FactColumn => ({
    column: levels(name, facts.map((lead) => (holds(lead) ? 'yes' : null))), group,
    parts: [{ column: levels(name, facts.map((lead) => (holds(lead) ? 'yes' : 'no'))), says: ([level]) => (level === 'yes' ? criterion : null), takesSeveral: false, missing: null }],
  })
  const named = <C extends Criterion['kind']>(kind: C) => (values: readonly string[]) => (values.length > 200 ? null : ({ kind, values } as unknown as Criterion))
  const unknown = (of: Extract<Criterion, { kind: 'unknown' }>['of']): Criterion => ({ kind: 'unknown', of })
  return [
    one('employees', 'fit', ({ employees }) => sizeOf(employees), ([level]) => sizeSaid(level), unknown('employees'), false),
    one('industry', 'fit', ({ industry }) => industry, named('industry'), unknown('industry')),
    one('country', 'fit', ({ country }) => (country !== null && /^[A-Z]{2}$/.test(country) ? country : null), named('country'), unknown('country')),
    ...personRoles.map((role) => either(`role:${role}`, 'fit', ({ roles }) => roles.includes(role), { kind: 'role', values: [role] })),
    either('free-mail', 'fit', ({ freeMail }) => freeMail === true, { kind: 'free-mail' }),
    ...reachWays.map((by) => either(`reachable:${by}`, 'fit', ({ reach }) => reach.has(by), { kind: 'reachable', by })),
    either('customer', 'fit', ({ isCustomer }) => isCustomer, { kind: 'customer' }),
    ...fieldsThenAndNow(fieldColumns(facts, kinds), fieldColumns(later, kinds)),
    one('channel-kind', 'interest', ({ channelKind }) => channelKind, (values) => ({ kind: 'channel-kind', values: channelKinds.filter((kind) => values.includes(kind)) })),
    one('source', 'interest', ({ sourceId }) => sourceId, named('source')),
    one('channel', 'interest', ({ channelId }) => channelId, named('channel')),
    one('campaign', 'interest', ({ campaignId }) => campaignId, named('campaign'), unknown('campaign')),
    one('product-line', 'interest', ({ productLineId }) => productLineId, named('product-line')),
    one('landing-page', 'interest', ({ landingPage }) => landingPage, named('landing-page'), unknown('landing-page')),
    one('weekday', 'interest', ({ weekday }) => String(weekday), (values) => ({ kind: 'weekday', values: values.map(Number) })),
    ...answerColumns(facts),
    ...touchKinds.map((touch) => either(`touch:${touch}`, 'interest', ({ touches }) => touches.some(({ kind, verdict }) => kind === touch && verdict === 'human'), { kind: 'touch', touch, page: null })),
    either('webinar', 'interest', ({ touches }) => touches.some(({ kind, verdict, minutes }) => kind === 'webinar' && verdict === 'human' && (minutes ?? 0) >= LONG_STAY), { kind: 'webinar', minutes: LONG_STAY }),
    either('reply', 'interest', ({ contacts }) => contacts.some(({ outcome }) => twoWayOutcomes.has(outcome)), { kind: 'reply' }),
    either('asked-again', 'interest', ({ inquiries }) => inquiries.length > 1, { kind: 'asked-again' }),
  ]
}

const levels = (name: string, texts: (string | null)[]): Column => ({ name, kind: 'level', texts, numbers: null })

function sizeOf(employees: number | null): string | null {
  const size = employees === null ? undefined : SIZES.find(([from, to]) => employees >= from && employees <= (to ?? Infinity))
  return size === undefined ? null : `${size[0]}-${size[1] ?? ''}`
}

function sizeSaid(level: string | undefined): Criterion | null {
  const size = SIZES.find(([from, to]) => `${from}-${to ?? ''}` === level)
  return size === undefined ? null : { kind: 'employees', from: size[0], to: size[1] }
}

const fieldsThenAndNow = (then: readonly FactColumn[], now: readonly FactColumn[]): FactColumn[] => then.map((column, at) => ({ ...column, column: now[at]?.column ?? column.column }))

function fieldColumns(facts: readonly LeadFacts[], kinds: FieldKinds): FactColumn[] {
  return [...kinds].flatMap(([fieldId, kind]): FactColumn[] => {
    const name = `field:${fieldId}`
    const values = facts.map(({ fields }) => fields.get(fieldId) ?? { texts: [], number: null })
    const ask = (test: Extract<Criterion, { kind: 'field' }>['test'], texts: readonly string[] = [], number: number | null = null): Criterion => ({ kind: 'field', fieldId, test, values: [...texts], number })
    const part = (texts: (string | null)[], says: Part['says'], takesSeveral: boolean, missing: Criterion | null): Part => ({ column: levels(name, texts), says, takesSeveral, missing })
    const isFilled = values.map(({ texts, number }) => number !== null || texts.length > 0)
    const filled = part(isFilled.map((is) => (is ? 'yes' : 'no')), ([level]) => (level === 'yes' ? ask('known') : null), false, null)
    if (['number', 'money'].includes(filterKindOf[kind])) {
      const numbers = Float64Array.from(values, ({ number }) => number ?? Number.NaN)
      const bounds = quarters([...numbers].filter((number) => !Number.isNaN(number)))
      const column: Column = { name, kind: 'number', texts: values.map(({ number }) => (number === null ? null : String(number))), numbers }
      return [{ column, group: 'fit', parts: [filled, ...bounds.map((bound) => part(values.map(({ number }) => (number !== null && number >= bound ? 'yes' : 'no')), ([level]) => (level === 'yes' ? ask('at-least', [], bound) : null), false, null))] }]
    }
    const texts = values.map(({ texts: own }) => own[0] ?? null)
    const all = new Set(values.flatMap(({ texts: own }) => own))
    // What is different nearly every time (a date, a link, a name) says something only by being there.
    const isSame = all.size > 0 && all.size <= MOST_LEVELS && kind !== 'date'
    if (isSame && kind === 'multi_choice') {
      return [{ column: levels(name, values.map(({ texts: own }) => (own.length === 0 ? null : [...own].sort().join(' ')))), group: 'fit',
        parts: [filled, ...[...all].map((choice) => part(values.map(({ texts: own }) => (own.includes(choice) ? 'yes' : 'no')), ([level]) => (level === 'yes' ? ask('one-of', [choice]) : null), false, null))] }]
    }
    return isSame
      ? [{ column: levels(name, texts), group: 'fit', parts: [part(texts, (one) => (one.length > 200 ? null : ask('one-of', one)), true, ask('unknown'))] }]
      : [{ column: levels(name, isFilled.map((is) => (is ? 'yes' : null))), group: 'fit', parts: [filled] }]
  })
}

/** Bounds between the quarters of what there is. */
function quarters(numbers: number[]): number[] {
  const sorted = numbers.sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0
  return sorted.length < 40 ? [] : [...new Set([at(0.25), at(0.5), at(0.75)])].filter((bound) => bound > (sorted[0] ?? 0))
}

function answerColumns(facts: readonly LeadFacts[]): FactColumn[] {
  const questions = new Set(facts.flatMap(({ answers }) => answers.map(({ question }) => question)))
  return [...questions].filter((question) => question.length > 0 && question.length <= 200).map((question): FactColumn => {
    const texts = facts.map(({ answers }) => answers.find((each) => each.question === question)?.answer.normalize('NFKC').toLowerCase().trim() ?? null)
    const all = [...new Set(texts.filter((text) => text !== null && text !== ''))] as string[]
    const column = levels(`answer:${question}`, texts)
    const answered: Part = { column: levels(column.name, texts.map((text) => (text === null ? 'no' : 'yes'))), says: ([level]) => (level === 'yes' ? { kind: 'answer', question, contains: null } : null), takesSeveral: false, missing: null }
    // A line asks whether an answer contains a text: one answer within another could not be told apart.
    const isPlain = all.length <= MOST_LEVELS && all.every((text) => text.length <= 200 && !all.some((other) => other !== text && other.includes(text)))
    const chosen = isPlain ? all.map((answer): Part => ({ column: levels(column.name, texts.map((text) => (text === answer ? 'yes' : 'no'))), says: ([level]) => (level === 'yes' ? { kind: 'answer', question, contains: answer } : null), takesSeveral: false, missing: null })) : []
    return { column, group: 'interest', parts: [answered, ...chosen] }
  })
}
