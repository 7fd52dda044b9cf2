import type { JsonValue } from '~/lib/json-big'
import { randomToken } from '~/platform/crypto'
import { DomainError } from '../kernel'
import type { KeyField } from './connectors/connector'

/** What was filled in, apart: `keys` are sealed, `settings` are plain; `made` are those we made, to be shown once. */
export type FilledFields = { keys: Record<string, string>; settings: Record<string, JsonValue>; made: Record<string, string> }

/**
 * Sorts what somebody filled in by the connector's fields. Refuses `invalid` for a name it does not know, a missing
 * required one, an address that is none, and a switch that is neither true nor false.
 */
export function fillFields(fields: readonly KeyField[], given: Readonly<Record<string, string>>, refusal = 'keys'): FilledFields {
  const problems: Record<string, string[]> = {}
  const filled: FilledFields = { keys: {}, settings: {}, made: {} }
  for (const name of Object.keys(given)) if (!fields.some((field) => field.name === name)) problems[`${refusal}.${name}`] = ['unknown-field']
  for (const field of fields) {
    const value = Object.hasOwn(given, field.name) ? (given[field.name] ?? '') : ''
    const problem = problemOf(field, value)
    if (problem !== null) problems[`${refusal}.${field.name}`] = [problem]
    else take(filled, field, value)
  }
  if (Object.keys(problems).length > 0) throw new DomainError('invalid', { fields: problems })
  return filled
}

function problemOf({ kind, isRequired, generated }: KeyField, value: string): string | null {
  if (value === '') return isRequired && generated === undefined ? 'required' : null
  if (kind === 'switch') return ['true', 'false', 'on'].includes(value) ? null : 'not-a-switch'
  return kind === 'address' && !isAddress(value) ? 'not-an-address' : null
}

function take(filled: FilledFields, { name, kind, generated }: KeyField, value: string): void {
  if (kind === 'switch') return void (filled.settings[name] = value === 'true' || value === 'on')
  if (value !== '') return void (kind === 'secret' ? (filled.keys[name] = value) : (filled.settings[name] = value))
  if (generated === undefined) return
  const made = randomToken(24)
  filled.made[name] = made
  if (kind === 'secret') filled.keys[name] = made
  else filled.settings[name] = made
}

function isAddress(value: string): boolean {
  try {
    return /^https?:$/.test(new URL(value).protocol)
  } catch {
    return false
  }
}
