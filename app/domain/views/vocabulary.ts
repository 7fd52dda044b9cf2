/** Value lists of saved views and bulk changes. */
export const viewScopes = ['personal', 'team', 'organisation'] as const
export type ViewScope = (typeof viewScopes)[number]

export const bulkActionNames = ['assign', 'return', 'snooze', 'verdict', 'note', 'field'] as const
export type BulkActionName = (typeof bulkActionNames)[number]

export const bulkStates = ['running', 'done', 'cancelled', 'undoing', 'undone'] as const
export type BulkState = (typeof bulkStates)[number]

/** `changed` rows hold what puts them back; `kept` ones were worked on since and stayed as they are. */
export const bulkRowStates = ['pending', 'changed', 'unchanged', 'skipped', 'undone', 'kept'] as const
export type BulkRowState = (typeof bulkRowStates)[number]

/** Fewer are done before the answer; more are done by a job, and the page may be closed. */
export const doneAtOnce = 200
export const bulkAtMost = 50_000
export const bulkUndoHours = 24

/** Parameters of a list's address that a view keeps; the cursor, the open panel and what is being edited are not. */
export const viewParameters = [
  'from', 'to', 'view', 'reached', 'lost', 'as_of', 'stage', 'verdict', 'channel', 'campaign', 'owner', 'source', 'q', 'answered', 'hour', 'sla', 'cell', 'grading', 'f', 'or',
  'sort', 'cols', 'group', 'density', 'layout',
] as const
/** Those of them that say which leads, not how they look. */
export const filterParameters = viewParameters.slice(0, 19)

/** The part of an address that a view keeps, in one order, so that the same view is the same text. */
export function viewSearch(search: URLSearchParams): string {
  const kept = new URLSearchParams()
  for (const name of viewParameters) for (const value of search.getAll(name)) if (value !== '') kept.append(name, value)
  return kept.toString()
}

/** The part of it that says which leads: the token of "all that match". */
export function filterSearch(search: URLSearchParams): string {
  const kept = new URLSearchParams()
  for (const name of filterParameters) for (const value of search.getAll(name)) if (value !== '') kept.append(name, value)
  return kept.toString()
}
