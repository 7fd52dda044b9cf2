import { useEffect, useRef } from 'react'
import { createLiveConnection, type LiveNews } from './live-connection'

let shared: ReturnType<typeof createLiveConnection> | undefined

let keeps = false
let asked = false

function connection() {
  return (shared ??= createLiveConnection({
    open: (address) => new EventSource(address),
    isHidden: () => document.visibilityState === 'hidden' && !keeps,
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

/**
 * Lets one tab of this browser go on listening while it is hidden, so that notifications are shown. The lock goes to
 * another tab when that one is closed; all others give their connection back as usual.
 */
export function keepListening(): void {
  if (asked || !('locks' in navigator)) return
  asked = true
  void navigator.locks.request('clew-live', () => {
    keeps = true
    // A tab that was hidden before has closed its connection: it opens it again as if it were seen.
    document.dispatchEvent(new Event('visibilitychange'))
    return new Promise(() => undefined)
  })
}
