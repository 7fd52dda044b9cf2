import { getCountries } from 'libphonenumber-js/max'
import { formWords, type FormWords } from '~/i18n/form-words.server'
import type { Locale } from '~/lib/locales'
import { consentName } from '../check-submission'
import { inLanguage, type FormDefinition, type FormField } from '../definition'
import { HONEYPOT } from '../hold-submission'
import { consentHash, type PublishedForm } from '../published-form'
import type { ShownForm } from '../submit-form'

export type ShownField = {
  name: string; input: 'text' | 'email' | 'tel' | 'url' | 'number' | 'date' | 'textarea' | 'select' | 'radio' | 'checks' | 'hidden'
  label: string; help: string; isRequired: boolean; autocomplete: string | null; inputMode: string | null; options: { value: string; label: string }[]
  when: { field: string; is: string } | null; value: string; most: number
}
/** A form in one language, as the hosted page and the embed script draw it. */
export type FormModel = {
  key: string; version: number; locale: Locale; locales: Locale[]; title: string; intro: string; button: string
  fields: ShownField[]; consents: { name: string; text: string; sha256: string; isRequired: boolean }[]
  honeypot: string; shownAt: string; id: string
  words: Pick<FormWords, 'problem' | 'optional' | 'choose' | 'sending' | 'trap' | 'failed' | 'tooMany' | 'closed' | 'wrongSite' | 'thanks'>
}

const INPUT = {
  full_name: 'text', given_name: 'text', family_name: 'text', company: 'text', title: 'text', email: 'email', mobile: 'tel', phone: 'tel', website: 'url', country: 'select',
  product: 'select', message: 'textarea', short: 'text', long: 'textarea', choice: 'select', choices: 'checks', number: 'number', date: 'date', hidden: 'hidden',
} as const
// Source: HTML living standard, autofill detail tokens.
const AUTOCOMPLETE: Partial<Record<FormField['kind'], string>> = {
  full_name: 'name', given_name: 'given-name', family_name: 'family-name', company: 'organization', title: 'organization-title', email: 'email', mobile: 'tel', phone: 'work tel', website: 'url', country: 'country',
}
const MOST_RADIOS = 5

/** Puts a form into the words of one language. */
export function formModel({ key, form, locale, shownAt, id }: ShownForm): FormModel {
  const words = formWords(locale)
  const { problem, optional, choose, sending, trap, failed, tooMany, closed, wrongSite, thanks } = words
  return {
    key, version: form.version, locale, locales: form.locales, title: inLanguage(form.title, locale), intro: inLanguage(form.intro, locale), button: inLanguage(form.button, locale) || words.send,
    fields: form.fields.map((field) => shownField(field, locale, words)), honeypot: HONEYPOT, shownAt, id,
    consents: form.consents.map((consent) => { const text = inLanguage(consent.text, locale); return { name: consentName(consent.key), text, sha256: consentHash(text), isRequired: consent.isRequired } }),
    words: { problem, optional, choose, sending, trap, failed, tooMany, closed, wrongSite, thanks },
  }
}

/** A draft as it would look: nothing of it can be sent. */
export function previewModel(draft: FormDefinition, locale: Locale): FormModel {
  const form: PublishedForm = { ...draft, formId: 'frm_preview', version: 0, texts: {}, retired: [] }
  return formModel({ key: '', form, locale, shownAt: '', id: '' })
}

function shownField(field: FormField, locale: Locale, words: FormWords): ShownField {
  const { key, kind, label, help, isRequired, when, value } = field
  const options = kind === 'country' ? countries(locale) : field.options.map((option) => ({ value: option.value, label: inLanguage(option.label, locale) || option.value }))
  const input = (kind === 'choice' || kind === 'product') && options.length <= MOST_RADIOS ? 'radio' : INPUT[kind]
  return {
    name: key, input, label: inLanguage(label, locale) || (Object.hasOwn(words.field, kind) ? words.field[kind as keyof FormWords['field']] : key), help: inLanguage(help, locale), isRequired: isRequired && kind !== 'hidden',
    autocomplete: AUTOCOMPLETE[kind] ?? null, inputMode: kind === 'number' ? 'decimal' : null, options, when: when.field === '' ? null : when, value, most: kind === 'message' || kind === 'long' ? 8_000 : 500,
  }
}

function countries(locale: Locale): { value: string; label: string }[] {
  const names = new Intl.DisplayNames([locale], { type: 'region' })
  return getCountries().map((value) => ({ value, label: names.of(value) ?? value })).sort((a, b) => a.label.localeCompare(b.label, locale))
}
