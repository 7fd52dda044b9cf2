import { log } from './log'

type Cleanup = () => Promise<void> | void

const ORPHAN_DRAIN_MS = 3_000

const cleanups: Cleanup[] = []
let drainLimit = 25_000
let watching = false
let ending: Promise<void> | undefined

/**
 * Registers what to do before this process ends: on SIGTERM, SIGINT or SIGHUP, or when the supervisor that
 * started it is gone. The last registered runs first; the process exits when all are done, or after 25 s.
 */
export function onShutdown(cleanup: Cleanup): void {
  cleanups.push(cleanup)
  watch()
}

/** Gives this process another limit for its cleanups than 25 s; the supervisor has to outlast its children. */
export function allowDrain(milliseconds: number): void {
  drainLimit = milliseconds
}

/** Ends this process the orderly way, from the inside. */
export function shutdown(reason: string, exitCode = 0, limit = drainLimit): Promise<void> {
  return (ending ??= drain(reason, exitCode, limit))
}

/** True from the first sign of an end; the readiness probe answers 503 from here on. */
export function isShuttingDown(): boolean {
  return ending !== undefined
}

/** Tells the supervisor, if there is one, that this process does its work now. */
export function reportReady(): void {
  process.send?.({ kind: 'ready' })
}

function watch(): void {
  if (watching) return
  watching = true
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void shutdown(signal))
  if (process.env.CLEW_SUPERVISED !== '1') return
  // The kernel closes the channel with the supervisor, even after kill -9; an orphan must not hold the port.
  process.on('disconnect', () => void shutdown('the supervisor is gone', 0, ORPHAN_DRAIN_MS))
  process.channel?.unref()
  if (!process.connected) void shutdown('the supervisor is gone', 0, ORPHAN_DRAIN_MS)
}

async function drain(reason: string, exitCode: number, limit: number): Promise<void> {
  log.info({ reason }, 'shutting down')
  // Not unref'd: it also keeps the process alive until the cleanups are done.
  setTimeout(() => process.exit(exitCode === 0 ? 1 : exitCode), limit)
  for (const cleanup of cleanups.reverse()) await attempt(cleanup)
  process.exit(exitCode)
}

async function attempt(cleanup: Cleanup): Promise<void> {
  try {
    await cleanup()
  } catch (error) {
    log.error({ err: error }, 'a cleanup failed')
  }
}
