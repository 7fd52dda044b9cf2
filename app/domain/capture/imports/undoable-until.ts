import type { ImportRunRow } from './import-run-row'

const DAYS = 7
const DAY_MS = 86_400_000

/** Until when an import may be taken back: seven days after it ended or was paused; null where there is nothing to take back. */
export function undoableUntil({ state, finishedAt, ranAt, doneRows }: Pick<ImportRunRow, 'state' | 'finishedAt' | 'ranAt' | 'doneRows'>): Date | null {
  const from = state === 'done' ? finishedAt : state === 'paused' || state === 'failed' ? ranAt : null
  return from === null || doneRows === 0 ? null : new Date(from.getTime() + DAYS * DAY_MS)
}
