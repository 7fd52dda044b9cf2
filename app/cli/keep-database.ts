import { setTimeout as sleep } from 'node:timers/promises'
import { log } from '~/platform/log'
import { isEmbeddedAlive, startEmbedded, type Embedded } from '~db/embedded'

const ASK_MS = 100

/** The database kept running. `stop` ends the watch first, then whichever server runs. */
export type KeptDatabase = { stop(): Promise<void> }

/**
 * Watches the embedded database and starts it again when it was killed, on the same port if that is free;
 * `moved` is called when it is not.
 */
export function keepDatabase(dataDir: string, first: Embedded, moved: (server: Embedded) => void): KeptDatabase {
  let current = first
  let stopped = false
  const watch = async () => {
    while (!stopped) {
      await sleep(ASK_MS, undefined, { ref: false })
      if (stopped || isEmbeddedAlive(current.pid)) continue
      const before = current
      current = (await restart(dataDir, before)) ?? before
      if (current.port !== before.port) moved(current)
    }
  }
  const watching = watch()
  return {
    async stop() {
      stopped = true
      await watching
      await current.stop()
    },
  }
}

async function restart(dataDir: string, { pid, port }: Embedded): Promise<Embedded | undefined> {
  const startedAt = Date.now()
  log.error({ pid }, 'the embedded database is gone and is started again')
  try {
    const server = await startEmbedded({ dataDir, port })
    log.warn({ pid: server.pid, ms: Date.now() - startedAt }, 'the embedded database is back')
    return server
  } catch (error) {
    log.error({ err: error }, 'the embedded database does not start')
    return undefined
  }
}
