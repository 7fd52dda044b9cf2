import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** Whether a server may listen there; asks until `patience` milliseconds are over. */
export async function isPortFree(port: number, host: string, patience = 0): Promise<boolean> {
  const deadline = Date.now() + patience
  if (await listens(port, host)) return true
  if (Date.now() >= deadline) return false
  await sleep(Math.min(200, patience))
  return isPortFree(port, host, deadline - Date.now())
}

function listens(port: number, host: string): Promise<boolean> {
  return new Promise((done) => {
    const probe = createServer()
    probe.once('error', () => done(false))
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => done(true)))
  })
}
