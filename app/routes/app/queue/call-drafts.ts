/** What was said of a call that is not finished: kept in this browser until it is saved or thrown away. */
export type CallDraft = { outcome: string | null; text: string }

const keyOf = (leadId: string) => `clew-draft:${leadId}`

export function readDraft(leadId: string): CallDraft | null {
  try {
    const kept = localStorage.getItem(keyOf(leadId))
    return kept === null ? null : (JSON.parse(kept) as CallDraft)
  } catch {
    return null
  }
}

export function keepDraft(leadId: string, draft: CallDraft): void {
  try {
    localStorage.setItem(keyOf(leadId), JSON.stringify(draft))
  } catch {
    // A browser that keeps nothing loses the draft, and nothing else.
  }
}

export function dropDraft(leadId: string): void {
  try {
    localStorage.removeItem(keyOf(leadId))
  } catch {
    // Nothing was kept.
  }
}
