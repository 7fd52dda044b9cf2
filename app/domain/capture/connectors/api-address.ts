import { textOf } from '../clean-text'
import type { KeyField, Keys } from './connector'

/** A setting, or what its field falls back to where it was left empty. */
export function settingOf(fields: readonly KeyField[], { settings }: Keys, name: string): string {
  const given = Object.hasOwn(settings, name) ? textOf(settings[name], 500) : null
  return given ?? fields.find((field) => field.name === name)?.fallback ?? ''
}

/** The address of a platform's interface without a slash at its end. */
export const apiBase = (fields: readonly KeyField[], keys: Keys): string => settingOf(fields, keys, 'api_base').replace(/\/+$/, '')
