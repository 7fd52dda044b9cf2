import { formFieldKinds, type FormFieldKind } from '../vocabulary'
import { newField, type FormField } from './definition'

type Part = Record<string, unknown>
const isPart = (value: unknown): value is Part => typeof value === 'object' && value !== null && !Array.isArray(value)
const parts = (value: unknown): Part[] => (Array.isArray(value) ? value.filter(isPart) : [])

/** What the page of fields says, as parts of a definition, after one `change`: `add:kind`, `up:0`, `down:0`, `remove:0`, `add-option:0`, `remove-option:0:1`. */
export function editedFields({ title, intro, button, fields, change }: Part): Part {
  const listed = parts(fields).map((field) => ({ ...field, when: conditionOf(field['when']), options: parts(field['options']) }))
  return { title: title ?? {}, intro: intro ?? {}, button: button ?? {}, fields: changed(listed, String(change ?? '')) }
}

/** The same for the page of consents: `add`, `remove:0`. */
export function editedConsents({ consents, change }: Part): Part {
  const listed = parts(consents)
  const [verb, index] = String(change ?? '').split(':')
  if (verb === 'remove') return { consents: without(listed, Number(index)) }
  if (verb !== 'add') return { consents: listed }
  const keys = listed.map(({ key }) => key)
  let number = 1
  while (keys.includes(`c${number}`)) number += 1
  return { consents: [...listed, { key: `c${number}`, purpose: 'privacy', isRequired: false, text: {} }] }
}

function changed(fields: (Part & { options: Part[] })[], change: string): Part[] {
  const [verb = '', first = '', second = ''] = change.split(':')
  const at = Number(first)
  if (verb === 'add') return (formFieldKinds as readonly string[]).includes(first) ? added(fields, first as FormFieldKind) : fields
  const field = fields[at]
  if (field === undefined) return fields
  switch (verb) {
    case 'up': return at === 0 ? fields : [...fields.slice(0, at - 1), field, ...fields.slice(at - 1, at), ...fields.slice(at + 1)]
    case 'down': return at === fields.length - 1 ? fields : [...fields.slice(0, at), ...fields.slice(at + 1, at + 2), field, ...fields.slice(at + 2)]
    case 'remove': return without(fields, at)
    case 'add-option': return fields.with(at, { ...field, options: [...field.options, nextOption(field.options)] })
    case 'remove-option': return fields.with(at, { ...field, options: without(field.options, Number(second)) })
    default: return fields
  }
}

function added(fields: Part[], kind: FormFieldKind): (Part | FormField)[] {
  const keys = fields.map(({ key }) => String(key))
  const field = newField(kind, keys)
  return keys.includes(field.key) ? fields : [...fields, field]
}

// An option keeps its value when others go: what was answered with it must never come to mean another.
function nextOption(options: readonly Part[]): Part {
  const numbers = options.map(({ value }) => Number(/^o(\d{1,4})$/.exec(String(value))?.[1] ?? 0))
  return { value: `o${Math.max(0, ...numbers) + 1}`, label: {} }
}

const without = <T>(items: readonly T[], at: number): T[] => items.filter((_, index) => index !== at)

/** A condition as one select says it: `q1=o2`. */
function conditionOf(value: unknown): Part {
  if (isPart(value)) return value
  const [field = '', is = ''] = typeof value === 'string' ? value.split('=') : []
  return { field, is }
}
