import type { Id } from '~/lib/ids'
import type { JsonValue } from '~/lib/json-big'
import { isLocale, type Locale } from '~/lib/locales'
import { sha256 } from '~/platform/crypto'
import { inLanguage, type FormDefinition, type FormField } from './definition'

/** A consent wording that was once live. */
export type KnownText = { consent: string; locale: Locale }
/** A form as it is live: the definition, its version, every consent text ever shown by hash, and fields it no longer asks. */
export type PublishedForm = FormDefinition & {
  formId: Id<'frm'>
  version: number
  texts: Record<string, KnownText>
  retired: FormField[]
}

/** SHA-256 of a consent text as it is shown: NFC, without blanks around it. */
export const consentHash = (text: string): string => sha256(text.normalize('NFC').trim()).toString('hex')

/** The live form in a source's settings, or null. We wrote it, so its shape is ours. */
export function publishedIn(settings: Readonly<Record<string, JsonValue>>): PublishedForm | null {
  const form = settings['form']
  return typeof form === 'object' && form !== null && !Array.isArray(form) ? (form as unknown as PublishedForm) : null
}

/** The texts of a form's consents, one for each of its languages, with their hashes. */
export function consentTextsOf({ consents, locales }: FormDefinition): { consent: string; purpose: string; locale: Locale; text: string; sha256: string }[] {
  return consents.flatMap(({ key, purpose, text }) => locales.map((locale) => {
    const shown = inLanguage(text, locale).normalize('NFC').trim()
    return { consent: key, purpose, locale, text: shown, sha256: consentHash(shown) }
  }))
}

/** The next live version. What former versions asked and said stays known, so that old messages can be read again. */
export function nextVersion(draft: FormDefinition, formId: Id<'frm'>, former: PublishedForm | null): PublishedForm {
  const keys = new Set(draft.fields.map(({ key }) => key))
  const gone = [...(former?.retired ?? []), ...(former?.fields ?? [])].filter(({ key }) => !keys.has(key))
  const texts = { ...(former?.texts ?? {}) }
  for (const { sha256: hash, consent, locale } of consentTextsOf(draft)) texts[hash] ??= { consent, locale }
  return { ...draft, formId, version: (former?.version ?? 0) + 1, texts, retired: [...new Map(gone.map((field) => [field.key, field])).values()].slice(-80) }
}

/** The language of a form for somebody: the one asked for, then the first of the reader's, then the form's first. */
export function languageOf(form: Pick<FormDefinition, 'locales'>, ...wanted: (string | null | undefined)[]): Locale {
  const found = wanted.map((each) => (each?.toLowerCase().startsWith('zh') === true ? 'zh-CN' : each?.toLowerCase().startsWith('en') === true ? 'en' : each))
    .find((each): each is Locale => isLocale(each) && form.locales.includes(each))
  return found ?? form.locales[0] ?? 'en'
}
