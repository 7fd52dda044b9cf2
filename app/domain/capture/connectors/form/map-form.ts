import { normalizeEmail } from '~/lib/email'
import { normalizePhone } from '~/lib/phone'
import { hmacSha256 } from '~/platform/crypto'
import type { BuiltInField } from '../../vocabulary'
import { emptyDraft, type Answer, type LeadDraft } from '../../lead-draft'
import { fieldName, readField, shownFields, wordsOf, type Values } from '../../forms/check-submission'
import type { FormField } from '../../forms/definition'
import { languageOf, publishedIn, type PublishedForm } from '../../forms/published-form'
import { one, readEntries, type Entries } from '../../forms/read-entries'
import { firstTouch, lastTouch, visitorOf, type Came } from '../../forms/tracking'
import { isObject } from '../read-body'
import type { Kept, Keys, Mapped, TouchDraft } from '../connector'

/**
 * Reads a kept submission by the form as it is live now. What the form no longer asks becomes an answer under the
 * words it once had, so that a message of any former version can be read again. Checks are the door's, not the mapper's.
 */
export function mapForm({ raw, headers }: Kept, { secrets: [secret = ''], settings }: Keys): Mapped {
  const form = publishedIn(settings)
  if (form === null || !isObject(settings['form'])) return { issues: [{ path: '', code: 'no-form' }] }
  const read = readEntries(raw, headers['content-type'] ?? '')
  if (!read.ok) return { issues: [{ path: '', code: read.code }] }
  const { entries } = read
  const values: Values = Object.fromEntries(shownFields(form.fields, entries).map((field) => [field.key, readField(field, entries)]))
  const draft = draftOf(form, values, entries, headers)
  if (!isSomebody(draft)) return { issues: [{ path: '', code: 'nobody-named' }] }
  const contact = contactOf(draft)
  const externalId = form.duplicates === 'inquiry' || contact === null ? null : `contact:${contactDigest(secret, contact)}`
  return { leads: [{ ...draft, externalId }], touches: firstTouchOf(draft, entries, headers) }
}

/** The strongest key of a draft's person, the same for every way of writing it; null where there is none. */
export function contactOf({ emails, phones }: Pick<LeadDraft, 'emails' | 'phones'>): string | null {
  const email = emails.map(normalizeEmail).find((each) => each !== null)
  if (email) return `email ${email.key}`
  const phone = phones.map((raw) => normalizePhone(raw, 'CN')).find((each) => each !== null)
  return phone ? `phone ${phone.e164}` : null
}

/** A person in an id that tells nobody who it is. */
export const contactDigest = (secret: string, contact: string): string => hmacSha256(secret, `contact ${contact}`).toString('hex').slice(0, 40)

function draftOf(form: PublishedForm, values: Values, entries: Entries, headers: Kept['headers']): LeadDraft {
  const locale = languageOf(form, headers['clew-form-locale'], one(entries, '_lang'))
  const said = (kind: BuiltInField): string | null => values[kind]?.[0] ?? null
  const last = lastTouch(entries)
  const products = form.fields.find(({ kind }) => kind === 'product')
  const product = said('product')
  return {
    ...emptyDraft,
    fullName: said('full_name'), givenName: said('given_name'), familyName: said('family_name'), title: said('title'), company: said('company'),
    emails: [said('email')].flatMap((each) => each ?? []), phones: [said('mobile'), said('phone')].flatMap((each) => each ?? []),
    website: said('website'), country: said('country'), message: said('message'),
    productLine: product === null || products === undefined ? null : wordsOf(products, product, locale),
    answers: answersOf(form, values, entries, locale), utm: last.utm, clickIds: last.clickIds, landingPage: last.landingPage, referrer: last.referrer,
    external: { form_id: form.formId, form_version: headers['clew-form-version'] ?? String(form.version), ...visitor(entries), ...firstExternal(firstTouch(entries)) },
  }
}

const visitor = (entries: Entries): Record<string, string> => { const id = visitorOf(entries); return id === null ? {} : { visitor_id: id } }

// Beside the last touch, which is what the inquiry came by; the first one is never mixed into it.
function firstExternal(first: Came | null): Record<string, string> {
  if (first === null) return {}
  const named = Object.entries({ ...first.utm, ...first.clickIds }).map(([name, value]) => [`first_${name}`, value])
  return Object.fromEntries([...named, ['first_page', first.landingPage ?? ''], ...(first.referrer === null ? [] : [['first_referrer', first.referrer]])])
}

function answersOf(form: PublishedForm, values: Values, entries: Entries, locale: 'en' | 'zh-CN'): Answer[] {
  const answer = (field: FormField, said: readonly string[]): Answer[] =>
    said.length === 0 ? [] : [{ question: fieldName(field, locale), answer: said.map((value) => wordsOf(field, value, locale)).join(', ') }]
  const own = form.fields.filter(({ key, kind }) => key !== kind || kind === 'product').flatMap((field) => answer(field, values[field.key] ?? []))
  return [...own, ...form.retired.flatMap((field) => answer(field, readField(field, entries)))].slice(0, 60)
}

const isSomebody = ({ fullName, givenName, familyName, company, message, emails, phones, answers }: LeadDraft): boolean =>
  [fullName, givenName, familyName, company, message].some((each) => each !== null) || emails.length + phones.length + answers.length > 0

function firstTouchOf({ emails, phones }: LeadDraft, entries: Entries, headers: Kept['headers']): TouchDraft[] {
  const first = firstTouch(entries)
  if (first === null) return []
  return [{
    id: `first:${visitorOf(entries) ?? headers['clew-submission'] ?? ''}`, at: first.at, kind: 'page_view',
    who: { externalId: null, emails, phones, wechat: null, visitor: visitorOf(entries) },
    answers: [{ question: 'page', answer: first.landingPage ?? '' }], utm: first.utm, clickIds: first.clickIds, isFirstResponse: false,
  }]
}
