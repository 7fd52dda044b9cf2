import { isDate } from '~/lib/period'
import { normalizeEmail } from '~/lib/email'
import type { FormFieldKind } from '../vocabulary'
import { cleanText } from '../clean-text'
import type { FormConsent, FormDefinition, FormField } from './definition'
import { consentHash, type PublishedForm } from './published-form'
import { inLanguage } from './definition'
import { all, one, type Entries } from './read-entries'

/** What somebody said in the fields that were shown to them, by key; several choices are several values. */
export type Values = Readonly<Record<string, readonly string[]>>
/** A consent that was asked; `sha256` names the words that were on the page, null where we never showed them. */
export type Ticked = { consent: string; purpose: string; isGiven: boolean; sha256: string | null; locale: string }
export type Problem = 'required' | 'too-long' | 'not-an-email' | 'not-a-phone' | 'not-a-number' | 'not-a-date' | 'not-an-option' | 'consent-needed' | 'text-unknown' | 'empty'
/** Problems by the name of their input; '' is the form as a whole. */
export type Problems = Readonly<Record<string, Problem>>

export const consentName = (key: string): string => `consent.${key}`
const longest = (kind: FormFieldKind) => (kind === 'message' || kind === 'long' ? 8_000 : 500)
const TICKED = new Set(['on', 'true', 'yes', '1'])

/** Fields that are shown for these entries: a condition holds, and so does that of the field it looks at. */
export function shownFields(fields: readonly FormField[], entries: Entries): FormField[] {
  const byKey = new Map(fields.map((field) => [field.key, field]))
  const isShown = (field: FormField, seen: readonly string[]): boolean => {
    const { field: on, is } = field.when
    if (on === '') return true
    const other = byKey.get(on)
    if (other === undefined || seen.includes(field.key)) return false
    return isShown(other, [...seen, field.key]) && all(entries, on).some((value) => value.trim() === is)
  }
  return fields.filter((field) => isShown(field, []))
}

/** Reads and checks what was typed. Fields whose condition does not hold say nothing, whatever was sent for them. */
export function checkSubmission(form: PublishedForm, entries: Entries, locale: string): { values: Values; ticked: Ticked[]; problems: Problems } {
  const problems: Record<string, Problem> = {}
  const values = Object.create(null) as Record<string, string[]>
  for (const field of shownFields(form.fields, entries)) {
    const said = readField(field, entries)
    const problem = problemOf(field, said)
    if (problem !== null) problems[field.key] = problem
    else if (said.length > 0) values[field.key] = said
  }
  const ticked = form.consents.map((consent) => readConsent(form, consent, entries, locale))
  for (const [at, consent] of form.consents.entries()) {
    const found = ticked[at]
    if (found?.isGiven === true && found.sha256 === null) problems[consentName(consent.key)] = 'text-unknown'
    else if (consent.isRequired && found?.isGiven !== true) problems[consentName(consent.key)] = 'consent-needed'
  }
  const isEmpty = form.fields.every(({ key, kind }) => kind === 'hidden' || values[key] === undefined)
  if (isEmpty && Object.keys(problems).length === 0) problems[''] = 'empty'
  return { values, ticked, problems }
}

/** The values of a field as they are kept, at most what its kind holds. */
export function readField({ key, kind }: Pick<FormField, 'key' | 'kind'>, entries: Entries): string[] {
  const values = all(entries, key).slice(0, kind === 'choices' ? 60 : 1)
  return values.flatMap((value) => cleanText(value, longest(kind) + 1) ?? [])
}

function problemOf({ kind, isRequired, options }: FormField, values: readonly string[]): Problem | null {
  if (values.length === 0) return isRequired && kind !== 'hidden' ? 'required' : null
  const [value = ''] = values
  if (values.some((each) => each.length > longest(kind))) return 'too-long'
  if (kind === 'email') return normalizeEmail(value) === null ? 'not-an-email' : null
  if (kind === 'mobile' || kind === 'phone') return (value.normalize('NFKC').match(/\d/g)?.length ?? 0) >= 5 ? null : 'not-a-phone'
  if (kind === 'number') return Number.isFinite(Number(value.normalize('NFKC').replaceAll(',', ''))) ? null : 'not-a-number'
  if (kind === 'date') return isDate(value) ? null : 'not-a-date'
  if (kind === 'choice' || kind === 'choices' || kind === 'product') return values.every((each) => options.some((option) => option.value === each)) ? null : 'not-an-option'
  return null
}

// The box carries the hash of the words beside it: what was agreed to is what was on that page, not what is live by now.
function readConsent(form: PublishedForm, { key, purpose, text }: FormConsent, entries: Entries, locale: string): Ticked {
  const said = one(entries, consentName(key))
  const live = consentHash(inLanguage(text, locale === 'zh-CN' ? 'zh-CN' : 'en'))
  if (said === null || said === 'off' || said === 'false' || said === 'no' || said === '0') return { consent: key, purpose, isGiven: false, sha256: live, locale }
  if (TICKED.has(said.toLowerCase())) return { consent: key, purpose, isGiven: true, sha256: live, locale }
  const known = Object.hasOwn(form.texts, said) ? form.texts[said] : undefined
  return { consent: key, purpose, isGiven: true, sha256: known?.consent === key ? said : null, locale: known?.locale ?? locale }
}

/** Words for a value: the label of an option, else the value itself. */
export function wordsOf({ options }: Pick<FormField, 'options'>, value: string, locale: 'en' | 'zh-CN'): string {
  const option = options.find((each) => each.value === value)
  return option === undefined ? value : inLanguage(option.label, locale) || value
}

export const fieldName = ({ key, label }: Pick<FormField, 'key' | 'label'>, locale: 'en' | 'zh-CN'): string => inLanguage(label, locale) || key

/** Ways to reach or find somebody that a definition can ask for at all; a form without one makes leads nobody can call. */
export const isReachable = ({ fields }: Pick<FormDefinition, 'fields'>): boolean => fields.some(({ kind }) => kind === 'email' || kind === 'mobile' || kind === 'phone')
