import { useSyncExternalStore, type ReactNode } from 'react'

const never = () => () => undefined

/** The fallback on the server and during hydration, then the real thing. */
export function ClientOnly({ children, fallback = null }: { children: () => ReactNode; fallback?: ReactNode }) {
  const hydrated = useSyncExternalStore(never, () => true, () => false)
  return hydrated ? children() : fallback
}
