import { DomainError } from '../../kernel'
import type { CardFault } from '../contract'

/** Refuses card-faulty where anything is wrong: each fault by its place, its parameters as `<place>.<name>`. */
export function refuseFaults(faults: readonly CardFault[]): void {
  if (faults.length === 0) return
  const fields: Record<string, string[]> = {}
  for (const { at, code } of faults) (fields[at] ??= []).push(code)
  throw new DomainError('card-faulty', { fields, params: Object.fromEntries(faults.flatMap(({ at, params }) => Object.entries(params).map(([name, value]) => [`${at}.${name}`, value]))) })
}
