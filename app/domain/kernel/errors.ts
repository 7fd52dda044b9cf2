/** Every expected refusal and the HTTP status that says it. The text is in `errors.json` of each language. */
export const refusals = {
  'not-found': 404,
  'not-signed-in': 401,
  'not-allowed': 403,
  invalid: 422,
  stale: 409,
  conflict: 409,
  'name-taken': 409,
  'too-many': 429,
  busy: 503,
  'wrong-credentials': 401,
  'weak-password': 422,
  'code-wrong': 422,
  'link-expired': 410,
  'last-admin': 409,
  'member-inactive': 409,
  'not-graded': 409,
  'two-way-contact-missing': 422,
  'checklist-incomplete': 422,
  'grade-missing': 422,
  'amount-missing': 422,
  'month-missing': 422,
  'day-missing': 422,
  'reason-missing': 422,
  'undo-too-late': 409,
  taken: 409,
  'at-cap': 409,
  'pool-day-cap': 409,
  'pool-held-cap': 409,
  'cooling-down': 409,
  'lead-closed': 409,
  'lead-junk': 409,
  'lead-duplicate': 409,
  'not-scored': 409,
  'already-merged': 409,
  'already-split': 409,
  'choice-missing': 422,
  'known-contact': 409,
  'other-lead-open': 409,
  'wrong-signature': 401,
  'unknown-source': 404,
  'source-paused': 410,
  'too-large': 413,
  'key-in-flight': 409,
  'key-reused': 422,
  'file-unreadable': 422,
  'wrong-region': 422,
  'reveal-cap': 429,
  'export-cap': 429,
  'template-wrong': 422,
  'does-not-want-mail': 409,
  'mail-gone': 409,
  'mail-not-set-up': 409,
  'card-faulty': 422,
  'card-not-draft': 409,
  'card-not-retired': 409,
  'card-not-tested': 409,
} as const satisfies Record<string, number>
export type Refusal = keyof typeof refusals

/** Messages by field; a field is a path joined by dots. */
export type FieldProblems = Record<string, string[]>

/** An expected refusal. Anything else that is thrown is a bug and answers 500. */
export class DomainError extends Error {
  readonly code: Refusal
  readonly fields: FieldProblems
  readonly params: Record<string, string | number>

  constructor(code: Refusal, more: { fields?: FieldProblems; params?: Record<string, string | number> } = {}) {
    super(code)
    this.name = 'DomainError'
    this.code = code
    this.fields = more.fields ?? {}
    this.params = more.params ?? {}
  }
}

/** Whether a caught value is this refusal (or any refusal). */
export function isRefusal(error: unknown, code?: Refusal): error is DomainError {
  return error instanceof DomainError && (code === undefined || error.code === code)
}
