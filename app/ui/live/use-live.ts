import { useEffect, useRef } from 'react'
import { createLiveConnection, type LiveNews } from './live-connection'

let shared: ReturnType<typeof createLiveConnection> | undefined

function connection() {
  return (shared ??= createLiveConnection({
    open: (address) => new EventSource(address),
    isHidden: () => document.visibilityState === 'hidden',
    onVisibility(changed) {
      document.addEventListener('visibilitychange', changed)
      return () => document.removeEventListener('visibilitychange', changed)
    },
  }))
}

/**
 * Calls `onEvent` for whatever happens in the organisation that this person may see, each event once. All
 * components of a tab share one connection. `kind: 'reset'` means that events were missed: revalidate.
 */
export function useLive(onEvent: (news: LiveNews) => void): void {
  const latest = useRef(onEvent)
  useEffect(() => {
    latest.current = onEvent
  })
  useEffect(() => connection().listen((news) => latest.current(news)), [])
}
