import { useEffect, useRef, useSyncExternalStore } from 'react'
import type { Command } from './commands'

const NONE: readonly Command[] = []
const owners = new Map<object, readonly Command[]>()
const listeners = new Set<() => void>()
let listed: readonly Command[] = NONE

function refresh(): void {
  listed = [...owners.values()].flat()
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Commands of what is open or selected, in the palette for as long as this part of the page is mounted. */
export function usePaletteCommands(commands: readonly Command[]): void {
  const latest = useRef(commands)
  latest.current = commands
  const shape = commands.map(({ id, label, group, shortcut }) => `${id}\u0000${label}\u0000${group}\u0000${shortcut ?? ''}`).join('\u0001')
  useEffect(() => {
    const owner = {}
    owners.set(owner, latest.current.map((command, index) => ({ ...command, run: command.run === undefined ? undefined : () => latest.current[index]?.run?.() })))
    refresh()
    return () => {
      owners.delete(owner)
      refresh()
    }
  }, [shape])
}

export const usePaletteCommandList = (): readonly Command[] => useSyncExternalStore(subscribe, () => listed, () => NONE)
