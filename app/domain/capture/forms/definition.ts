import * as z from 'zod'
import { LOCALES, type Locale } from '~/lib/locales'
import { line, paragraph } from '../../kernel/contract'
import { builtInFields, consentPurposes, duplicateRules, formFieldKinds, type BuiltInField, type FormFieldKind } from '../vocabulary'

/** Words of a form in its languages; one that is not worded falls back to the other. */
const said = (most: number) => z.object({ en: line(most).default(''), 'zh-CN': line(most).default('') }).default({ en: '', 'zh-CN': '' })
const saidLong = (most: number) => z.object({ en: paragraph(most).default(''), 'zh-CN': paragraph(most).default('') }).default({ en: '', 'zh-CN': '' })
export type Said = Record<Locale, string>

const RESERVED = /^(?:_.*|consent.*|constructor|prototype|__proto__)$/
const key = z.string().trim().regex(/^[a-z][a-z0-9_]{0,39}$/, 'not-a-key').refine((name) => !RESERVED.test(name), 'not-a-key')
const tick = z.union([z.boolean(), z.enum(['on', 'true', 'false', ''])]).default(false).transform((value) => value === true || value === 'on' || value === 'true')

export const FormOption = z.object({ value: key.or(z.string().regex(/^[a-z0-9_]{1,40}$/, 'not-a-key')), label: said(120) })
export const FormField = z.object({
  key,
  kind: z.enum(formFieldKinds),
  label: said(120),
  help: said(240),
  isRequired: tick,
  options: z.array(FormOption).max(60).default([]),
  /** Shown only while another field has this value. */
  when: z.object({ field: key.or(z.literal('')).default(''), is: z.string().max(120).default('') }).default({ field: '', is: '' }),
  /** What a hidden field says where the page says nothing. */
  value: line(300).default(''),
}).refine(({ key: name, kind }) => (isBuiltIn(kind) ? name === kind : !isBuiltIn(name)), { message: 'not-a-key', path: ['key'] })
export type FormField = z.output<typeof FormField>

export const FormConsent = z.object({ key, purpose: z.enum(consentPurposes), isRequired: tick, text: saidLong(2000) })
export type FormConsent = z.output<typeof FormConsent>

const origin = z.string().trim().transform((text, ctx) => {
  const found = originOf(text)
  if (found === null) ctx.addIssue({ code: 'custom', message: 'not-an-origin' })
  return found ?? ''
})
const webAddress = z.string().trim().max(2000, 'too-long').default('').refine((text) => text === '' || originOf(text) !== null, 'not-an-address')

/** What a form asks and how it behaves. Where its leads go is its source's. */
export const FormDefinition = z.object({
  locales: z.array(z.enum(LOCALES)).min(1, 'required').max(2).default(['en']),
  title: said(160),
  intro: saidLong(1000),
  button: said(60),
  fields: z.array(FormField).max(40).default([]),
  consents: z.array(FormConsent).max(8).default([]),
  doubleOptIn: tick,
  duplicates: z.enum(duplicateRules).default('inquiry'),
  thanks: saidLong(1000),
  redirect: webAddress,
  origins: z.array(origin).max(20).default([]),
  /** Quicker than this, nobody types: such a submission waits for a person. 0 switches it off. */
  minSeconds: z.coerce.number().int().min(0).max(60).default(2),
  isIndexed: tick,
}).superRefine((form, ctx) => {
  repeated(form.fields.map((field) => field.key)).forEach((at) => ctx.addIssue({ code: 'custom', path: ['fields', at, 'key'], message: 'taken' }))
  repeated(form.consents.map((consent) => consent.key)).forEach((at) => ctx.addIssue({ code: 'custom', path: ['consents', at, 'key'], message: 'taken' }))
})
export type FormDefinition = z.output<typeof FormDefinition>

const repeated = (keys: readonly string[]) => keys.flatMap((each, at) => (keys.indexOf(each) < at ? [at] : []))

export const isBuiltIn = (kind: FormFieldKind | string): kind is BuiltInField => (builtInFields as readonly string[]).includes(kind)

/** The origin of an http(s) address as browsers write it, or null. Credentials are no part of an address here. */
export function originOf(text: string): string | null {
  try {
    const url = new URL(text)
    return /^https?:$/.test(url.protocol) && url.username === '' && url.password === '' ? url.origin : null
  } catch {
    return null
  }
}

/** Words in a language, or in the other one of the form. */
export const inLanguage = (words: Said, locale: Locale): string => words[locale] || words[locale === 'en' ? 'zh-CN' : 'en']

const plain = (kind: FormFieldKind, isRequired = false): FormField => ({
  key: kind, kind, isRequired, label: { en: '', 'zh-CN': '' }, help: { en: '', 'zh-CN': '' }, options: [], when: { field: '', is: '' }, value: '',
})

/** What a new form begins with: name, company, e-mail, mobile, message, and one required note on privacy. */
export function firstDefinition(locales: Locale[], name: string): FormDefinition {
  return FormDefinition.parse({
    locales, title: { en: name, 'zh-CN': name },
    fields: [plain('full_name', true), plain('company'), plain('email', locales.includes('en')), plain('mobile', !locales.includes('en')), plain('message')],
    consents: [],
  })
}

/** A field as it is added: built-in ones by their name, others under a fresh key. */
export function newField(kind: FormFieldKind, taken: readonly string[]): FormField {
  if (isBuiltIn(kind)) return { ...plain(kind), options: kind === 'product' ? someOptions() : [] }
  let number = 1
  while (taken.includes(`q${number}`)) number += 1
  return { ...plain(kind), key: `q${number}`, options: kind === 'choice' || kind === 'choices' ? someOptions() : [] }
}

const someOptions = () => [1, 2].map((n) => ({ value: `o${n}`, label: { en: `Option ${n}`, 'zh-CN': `选项 ${n}` } }))
