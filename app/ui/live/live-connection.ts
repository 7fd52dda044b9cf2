/** What the server tells: the kind of event and the id it is about. `reset` means: too much was missed, read anew. */
export type LiveNews = { kind: string; id: string | null }
type Hears = (news: LiveNews) => void
/** What the connection needs of a browser; tests bring their own. */
export type Browser = {
  open: (address: string) => EventSource
  isHidden: () => boolean
  onVisibility: (changed: () => void) => () => void
}

const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 30_000
// A hidden tab keeps its place and gives its connection back: browsers allow six to a host.
const HIDDEN_MS = 30_000
const REMEMBERED = 2_000

/** One stream for all who listen in this tab: opened for the first, closed after the last, resumed where it broke off. */
export function createLiveConnection(browser: Browser) {
  const hearers = new Set<Hears>()
  const known = new Set<string>()
  let source: EventSource | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let unwatch: (() => void) | undefined
  let last: string | undefined
  let failures = 0

  const close = () => {
    clearTimeout(timer)
    source?.close()
    source = undefined
  }
  const connect = () => {
    close()
    const opened = browser.open(`/api/live${last === undefined ? '' : `?last=${last}`}`)
    source = opened
    opened.onopen = () => { failures = 0 }
    opened.onmessage = ({ lastEventId, data }) => {
      if (isRepeated(lastEventId)) return
      const news = JSON.parse(String(data)) as LiveNews
      for (const hear of [...hearers]) hear(news)
    }
    opened.onerror = () => {
      close()
      if (hearers.size === 0 || browser.isHidden()) return
      timer = setTimeout(connect, pause(failures))
      failures += 1
    }
  }
  const isRepeated = (id: string) => {
    if (id === '') return false
    if (known.has(id)) return true
    last = id
    known.add(id)
    for (const oldest of known) {
      if (known.size <= REMEMBERED) break
      known.delete(oldest)
    }
    return false
  }
  const visibilityChanged = () => {
    clearTimeout(timer)
    if (browser.isHidden()) timer = setTimeout(close, HIDDEN_MS)
    else if (!source) connect()
  }

  return {
    /** Hears every event once; answers how to stop. */
    listen(hear: Hears): () => void {
      hearers.add(hear)
      if (hearers.size === 1) {
        unwatch = browser.onVisibility(visibilityChanged)
        if (!browser.isHidden()) connect()
      }
      return () => {
        if (!hearers.delete(hear) || hearers.size > 0) return
        unwatch?.()
        close()
      }
    },
  }
}

// Spread at random, so that a restarted server is not met by every tab at once.
function pause(failures: number): number {
  return Math.min(FIRST_PAUSE_MS * 2 ** failures, LONGEST_PAUSE_MS) * (0.5 + Math.random() / 2)
}
