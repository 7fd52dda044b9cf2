import type { JsonValue } from '~/lib/json-big'
import type { Answer, LeadDraft } from './lead-draft'
import { fieldTargets, isOwnField, mostFieldRules, type FieldRule, type FieldTarget } from './vocabulary'

/** Questions are compared without regard to case, width and outer spaces. */
export const foldQuestion = (question: string): string => question.normalize('NFKC').trim().toLowerCase()

/** The mapping a source's settings hold under `fields`; what is not one is passed over. */
export function fieldRulesOf(settings: Readonly<Record<string, JsonValue>>): FieldRule[] {
  const rules = settings['fields']
  return Array.isArray(rules) ? rules.slice(0, mostFieldRules).flatMap(ruleOf) : []
}

/**
 * Moves answers to where the source's own mapping says they belong. What the platform itself named stays: an answer
 * fills blanks, adds a number or an address, and remains an answer where it could not be placed. Without a mapping
 * the draft stays as it is.
 */
export function applyFieldMapping(draft: LeadDraft, settings: Readonly<Record<string, JsonValue>>): LeadDraft {
  const targets = new Map(fieldRulesOf(settings).map(({ question, field }) => [foldQuestion(question), field]))
  if (targets.size === 0 || draft.answers.length === 0) return draft
  return draft.answers.reduce<LeadDraft>((mapped, answer) => {
    const placed = place(mapped, answer, targets.get(foldQuestion(answer.question)) ?? 'keep')
    return placed ?? { ...mapped, answers: [...mapped.answers, answer] }
  }, { ...draft, answers: [] })
}

function ruleOf(rule: JsonValue): FieldRule[] {
  if (rule === null || typeof rule !== 'object' || Array.isArray(rule)) return []
  const { question, field } = rule
  if (typeof question !== 'string' || typeof field !== 'string') return []
  return (fieldTargets as readonly string[]).includes(field) || isOwnField(field) ? [{ question, field: field as FieldTarget }] : []
}

// Null: the answer stays an answer.
function place(draft: LeadDraft, { question, answer }: Answer, target: FieldTarget): LeadDraft | null {
  // What its field cannot hold is not lost: it stays an answer, too.
  if (isOwnField(target)) return { ...draft, custom: { [target.slice('custom.'.length)]: answer, ...draft.custom }, answers: [...draft.answers, { question, answer }] }
  switch (target) {
    case 'keep': return null
    case 'ignore': return draft
    case 'name': return [draft.fullName, draft.givenName, draft.familyName].some((part) => part !== null) ? null : { ...draft, fullName: answer }
    case 'phone': return { ...draft, phones: added(draft.phones, answer) }
    case 'email': return { ...draft, emails: added(draft.emails, answer) }
    case 'message': return { ...draft, message: draft.message === null ? answer : `${draft.message}\n${answer}` }
    case 'employees': return blank(draft.employees, peopleIn(answer), (employees) => ({ ...draft, employees }))
    // What was asked still says more than yes or no, so it stays readable.
    case 'request': return { ...draft, isRequest: draft.isRequest === true || isYes(answer), answers: [...draft.answers, { question, answer }] }
    default: return blank(draft[target], answer, (value) => ({ ...draft, [target]: value }))
  }
}

const blank = <T>(present: T | null, value: T | null, fill: (value: T) => LeadDraft): LeadDraft | null => (present !== null || value === null ? null : fill(value))
const added = (values: readonly string[], value: string) => (values.includes(value) ? values : [...values, value])

// "200-500" and "1,200 people" are read by their first number.
function peopleIn(answer: string): number | null {
  const found = /\d[\d,，]*/.exec(answer.normalize('NFKC'))?.[0].replaceAll(/[,，]/g, '')
  const count = found === undefined ? Number.NaN : Number(found)
  return Number.isSafeInteger(count) && count <= 10_000_000 ? count : null
}

const NO = /^(no|n|false|0|off|none|not now|否|不|不用|不需要|不必|没有|无)$/
const isYes = (answer: string): boolean => !NO.test(foldQuestion(answer))
