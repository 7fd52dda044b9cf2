let committed = false

/**
 * Call at the top of a test file about locking, LISTEN or roles: its verbs run on real pools and commit. The rows stay
 * for the tests of the file, so work in an organisation of your own; after the file its database is thrown away.
 */
export function useCommittedRows(): void {
  committed = true
}

/** Whether this file asked for committed rows. */
export function wantsCommittedRows(): boolean {
  return committed
}
