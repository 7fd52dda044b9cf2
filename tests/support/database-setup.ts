import type { TestProject } from 'vitest/node'
import { startTestServer, type TestServer } from './database-server'

declare module 'vitest' {
  // Vitest is extended by merging, which only an interface can do.
  // eslint-disable-next-line @typescript-eslint/consistent-type-definitions
  export interface ProvidedContext {
    testServer: TestServer
  }
}

type Running = { users: number; server: Promise<TestServer & { stop: () => Promise<void> }> }

// Integration, scenarios and architecture of one run share one server: each project calls this file.
const shared = globalThis as { clewTestServer?: Running }

/** Runs once per project before its workers; the last project to finish stops the server. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  shared.clewTestServer ??= { users: 0, server: startTestServer() }
  const running = shared.clewTestServer
  running.users += 1
  const { stop, ...server } = await running.server
  project.provide('testServer', server)
  return async () => {
    running.users -= 1
    if (running.users > 0) return
    delete shared.clewTestServer
    await stop()
  }
}
