import type { CardTerms, PausedLine } from '../contract'
import type { KnownValues } from './known-values'

/** Lines that do not count for now: what they ask about is archived, or is not there any more. The others go on. */
export function pausedLines({ lines }: CardTerms, { fields, channels, campaigns, sources, productLines }: KnownValues): PausedLine[] {
  return lines.flatMap(({ key, criterion }, at): PausedLine[] => {
    const gone = (isKnown: boolean): PausedLine[] => (isKnown ? [] : [{ line: key, at, reason: 'value-unknown' }])
    switch (criterion.kind) {
      case 'field': {
        const field = fields.get(criterion.fieldId)
        return field === undefined ? [{ line: key, at, reason: 'field-unknown' }] : field.isArchived ? [{ line: key, at, reason: 'field-archived' }] : []
      }
      case 'channel': return gone(criterion.values.some((id) => channels.has(id)))
      case 'campaign': return gone(criterion.values.some((id) => campaigns.has(id)))
      case 'source': return gone(criterion.values.some((id) => sources.has(id)))
      case 'product-line': return gone(criterion.values.some((id) => productLines.has(id)))
      default: return []
    }
  })
}
