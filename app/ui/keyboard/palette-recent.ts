import type { Command } from './commands'

const KEPT = 5
const PLACE = 'clew.palette'
// Records are remembered in this tab's memory only: their names are personal and stay off the disk.
let records: Command[] = []

/** Keeps that a command was used, or a record opened. */
export function remember(command: Command): void {
  if (command.id.startsWith('open:')) {
    records = [command, ...records.filter(({ id }) => id !== command.id)].slice(0, KEPT)
    return
  }
  try {
    localStorage.setItem(PLACE, JSON.stringify([command.id, ...idsUsed().filter((id) => id !== command.id)].slice(0, KEPT)))
  } catch {
    // Private windows may keep nothing; the palette works without.
  }
}

/** What was used last, newest first: records, then commands that are still on offer. */
export function recentOf(commands: readonly Command[]): Command[] {
  const used = idsUsed().flatMap((id) => commands.find((command) => command.id === id) ?? [])
  return [...records.slice(0, 3), ...used].slice(0, KEPT)
}

function idsUsed(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(PLACE) ?? '[]')
    return Array.isArray(kept) ? kept.map(String) : []
  } catch {
    return []
  }
}
