import type { Id } from '~/lib/ids'
import type { CardTerms } from './card-terms'

/** Keys of the lines over fields that are not in use (put away, or gone): they give nothing until the field is back. */
export const pausedLines = (terms: CardTerms, fields: ReadonlySet<Id<'cf'>>): string[] =>
  terms.lines.flatMap(({ key, criterion }) => (criterion.kind === 'field' && !fields.has(criterion.fieldId) ? [key] : []))

/** Fields that a card asks about. */
export const fieldsAsked = (terms: CardTerms): Set<Id<'cf'>> => new Set(terms.lines.flatMap(({ criterion }) => (criterion.kind === 'field' ? [criterion.fieldId] : [])))
