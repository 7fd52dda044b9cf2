import { createContext, useContext, useEffect, useMemo, useRef, useSyncExternalStore, type ReactNode } from 'react'
import { createMatcher, isBusy, isComposing, parseKeys, pressesFocused, type Binding } from './match'

export type Shortcut = {
  /** "j", "g q" one after the other, "$mod+k" (Cmd or Ctrl), "Shift+ArrowDown", "?" */
  keys: string
  label: string
  run: (event: KeyboardEvent) => void
  /** heading in the list of keys */
  group?: string
  /** works, but is not listed */
  hidden?: boolean
  /** works while typing too; only for keys with Cmd or Ctrl */
  everywhere?: boolean
}

/** What a member chose: off, or other keys for some of the usual ones. */
export type PersonalKeys = { enabled: boolean; keys: Readonly<Record<string, string | undefined>> }

type Registry = {
  enabled: boolean
  personalise: (personal: PersonalKeys) => void
  own: (keys: string) => string
  add: (owner: object, shortcuts: readonly Shortcut[]) => void
  remove: (owner: object) => void
  subscribe: (listener: () => void) => () => void
  snapshot: () => readonly Shortcut[]
}

const NOTHING: readonly Shortcut[] = []
const ShortcutContext = createContext<Registry>({ enabled: false, personalise: () => undefined, own: (keys) => keys, add: () => undefined, remove: () => undefined, subscribe: () => () => undefined, snapshot: () => NOTHING })

const hasModifier = ({ keys }: Shortcut) => /\$mod|Control|Meta|Alt/.test(keys)

function createRegistry(wanted: boolean): Registry & { bindings: () => readonly Binding<Shortcut>[] } {
  const owners = new Map<object, readonly Shortcut[]>()
  const listeners = new Set<() => void>()
  let listed: readonly Shortcut[] = NOTHING
  let bindings: readonly Binding<Shortcut>[] = []
  let personal: PersonalKeys = { enabled: true, keys: {} }
  const isOn = () => wanted && personal.enabled
  const own = (keys: string) => personal.keys[keys] ?? keys
  const refresh = () => {
    // The part of the page that came last wins a key.
    listed = [...owners.values()].reverse().flat().map((shortcut) => ({ ...shortcut, keys: own(shortcut.keys) }))
    bindings = listed.filter((shortcut) => isOn() || hasModifier(shortcut)).map((target) => ({ presses: parseKeys(target.keys), target }))
    for (const listener of listeners) listener()
  }
  return {
    get enabled() {
      return isOn()
    },
    own,
    personalise: (chosen) => {
      personal = chosen
      refresh()
    },
    add: (owner, shortcuts) => {
      owners.set(owner, shortcuts)
      refresh()
    },
    remove: (owner) => {
      owners.delete(owner)
      refresh()
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    snapshot: () => listed,
    bindings: () => bindings,
  }
}

/** `enabled` is the user's preference: off leaves only keys with Cmd or Ctrl (WCAG 2.1.4). */
export function ShortcutProvider({ enabled, children }: { enabled: boolean; children: ReactNode }) {
  const registry = useMemo(() => createRegistry(enabled), [enabled])
  useEffect(() => {
    const match = createMatcher<Shortcut>()
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isComposing(event) || pressesFocused(event)) return
      const bindings = registry.bindings()
      const shortcut = match(event, isBusy(event) ? bindings.filter(({ target }) => target.everywhere === true) : bindings)
      if (shortcut === null) return
      event.preventDefault()
      shortcut.run(event)
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [registry])
  return <ShortcutContext.Provider value={registry}>{children}</ShortcutContext.Provider>
}

/** Keys of this part of the page, while it is mounted. Handlers may change every render. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const registry = useContext(ShortcutContext)
  const latest = useRef(shortcuts)
  latest.current = shortcuts
  const shape = shortcuts.map(({ keys, label, group, hidden }) => `${keys}\u0000${label}\u0000${group ?? ''}\u0000${hidden === true}`).join('\u0001')
  useEffect(() => {
    const owner = {}
    const stable = latest.current.map((shortcut, index) => ({ ...shortcut, run: (event: KeyboardEvent) => latest.current[index]?.run(event) }))
    registry.add(owner, stable)
    return () => registry.remove(owner)
  }, [registry, shape])
}

/** Takes a member's own keys into use for every part of the page. */
export function usePersonalKeys(personal: PersonalKeys): void {
  const registry = useContext(ShortcutContext)
  useEffect(() => registry.personalise(personal), [registry, personal])
}

/** The key this member presses for a usual one, as a control shows it. */
export function useOwnKey(usual: string): string {
  const registry = useContext(ShortcutContext)
  const own = () => (usual.length === 1 ? registry.own(usual.toLowerCase()) : usual)
  const key = useSyncExternalStore(registry.subscribe, own, () => usual)
  return key.length === 1 ? key.toUpperCase() : key
}

export function useShortcutList(): { shortcuts: readonly Shortcut[]; enabled: boolean } {
  const registry = useContext(ShortcutContext)
  const shortcuts = useSyncExternalStore(registry.subscribe, registry.snapshot, () => NOTHING)
  return { shortcuts, enabled: registry.enabled }
}
