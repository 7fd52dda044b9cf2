import { matchKeyBindingPress, parseKeybinding, type KeyBindingPress } from 'tinykeys'

export type Binding<T> = { presses: KeyBindingPress[]; target: T }

/** "j", "g q" (one after the other), "$mod+k", "Shift+ArrowDown", "?". */
export function parseKeys(keys: string): KeyBindingPress[] {
  return parseKeybinding(keys === '?' ? 'Shift+?' : keys)
}

const SEQUENCE_MS = 1_200
const MODIFIERS = new Set(['Shift', 'Control', 'Alt', 'Meta'])

/** Like tinykeys, but a running sequence wins: "g q" must not also press "q". */
export function createMatcher<T>(): (event: KeyboardEvent, bindings: readonly Binding<T>[]) => T | null {
  let pending: Binding<T>[] = []
  let depth = 0
  let since = 0
  return (event, bindings) => {
    if (MODIFIERS.has(event.key)) return null
    const running = depth > 0 && event.timeStamp - since < SEQUENCE_MS
    const candidates = (running ? pending : bindings).filter(({ presses }) => matches(event, presses[running ? depth : 0]))
    const reached = running ? depth + 1 : 1
    pending = candidates.filter(({ presses }) => presses.length > reached)
    depth = pending.length > 0 ? reached : 0
    since = event.timeStamp
    return candidates.find(({ presses }) => presses.length === reached)?.target ?? null
  }
}

function matches(event: KeyboardEvent, press: KeyBindingPress | undefined): boolean {
  return press !== undefined && matchKeyBindingPress(event, press)
}

const BUSY = 'input:not([type=checkbox]):not([type=radio]):not([type=button]):not([type=submit]), textarea, select, [contenteditable=""], [contenteditable="true"], [role="menu"], [role="listbox"], [role="dialog"], [role="alertdialog"], [role="combobox"], [role="spinbutton"]'

/** Somebody is typing, choosing, or composing Chinese: single keys rest. */
export function isBusy(event: KeyboardEvent): boolean {
  const focus = event.target instanceof Element ? event.target : document.activeElement
  return focus?.closest(BUSY) !== null && focus !== null
}

export const isComposing = (event: KeyboardEvent): boolean => event.isComposing || event.keyCode === 229

/** Enter and Space belong to the button that has the focus, Enter to a link as well. */
export function pressesFocused(event: KeyboardEvent): boolean {
  if (event.key !== 'Enter' && event.key !== ' ') return false
  return event.target instanceof Element && event.target.closest(`${event.key === 'Enter' ? 'a, ' : ''}button, input, summary, [role="button"], [role="checkbox"], [role="tab"], label`) !== null
}
