import type { Id } from '~/lib/ids'
import { onShutdown } from '~/platform/lifecycle'
import { log } from '~/platform/log'
import { liveSubscribers } from '~/platform/metrics'
import { listen } from '~db/client.server'
import type { LiveEvent } from './live-event'

/** One open page, as the hub sees it. */
export type Listener = { orgId: Id<'org'>; hear: (events: LiveEvent[]) => void; end: () => void }

const RETRY_MS = 1_000
const listeners = new Map<Id<'org'>, Set<Listener>>()
let stopListening: Promise<() => Promise<void>> | undefined
let closing = false

/** Adds an open page; answers how to take it away. The first one opens this process's one connection. */
export function join(listener: Listener): () => void {
  const here = listeners.get(listener.orgId) ?? new Set()
  listeners.set(listener.orgId, here.add(listener))
  liveSubscribers.inc()
  if (!stopListening) open()
  return () => {
    if (!here.delete(listener)) return
    liveSubscribers.dec()
    if (here.size === 0) listeners.delete(listener.orgId)
  }
}

function open(): void {
  // A stream never ends by itself, and a server that closes waits for its answers: end them first.
  onShutdown(closeHub)
  connect()
}

function connect(): void {
  stopListening = listen('clew_live', heard)
  stopListening.catch((error: unknown) => {
    log.warn({ err: error }, 'live events are not heard yet')
    if (!closing) setTimeout(connect, RETRY_MS).unref()
  })
}

/** Ends every stream and the connection. */
export async function closeHub(): Promise<void> {
  closing = true
  for (const here of listeners.values()) for (const listener of [...here]) listener.end()
  const stop = await stopListening?.catch(() => undefined)
  stopListening = undefined
  closing = false
  await stop?.()
}

function heard(message: string): void {
  const byOrg = new Map<Id<'org'>, LiveEvent[]>()
  for (const event of JSON.parse(message) as LiveEvent[]) {
    if (!listeners.has(event.org)) continue
    byOrg.set(event.org, [...(byOrg.get(event.org) ?? []), event])
  }
  for (const [orgId, events] of byOrg) for (const listener of listeners.get(orgId) ?? []) listener.hear(events)
}
