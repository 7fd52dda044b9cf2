import { env, EnvError } from '~/platform/env'
import { onShutdown, reportReady } from '~/platform/lifecycle'
import { closeDatabase, serveAs } from '~db/client.server'
import { startWorker } from './start-worker'

refuseWrongSettings()
serveAs('worker')
onShutdown(closeDatabase)
const worker = await startWorker()
onShutdown(() => worker.stop())
reportReady()

function refuseWrongSettings(): void {
  try {
    env()
  } catch (error) {
    if (!(error instanceof EnvError)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exit(2)
  }
}
