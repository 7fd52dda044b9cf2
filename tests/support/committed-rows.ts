let committed = false

/**
 * Call at the top of a test file about locking, LISTEN or roles: its verbs run on real pools and commit. Work in an
 * organisation of your own and count only its rows, because they stay for the files that follow.
 */
export function useCommittedRows(): void {
  committed = true
}

/** Whether this file asked for committed rows. */
export function wantsCommittedRows(): boolean {
  return committed
}
