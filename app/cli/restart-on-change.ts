import { watch } from 'node:fs'
import { join } from 'node:path'
import { onShutdown } from '~/platform/lifecycle'
import { repoRoot } from '~/platform/secrets'
import type { Supervised } from './supervise'

const FOLDERS = ['app', 'db', 'jobs']
const CALM_MS = 200

/** Restarts the worker when a source changes; the web process has Vite for that. */
export function restartOnChange(worker: Supervised): void {
  let calm: NodeJS.Timeout | undefined
  const changed = (_event: string, file: string | null) => {
    if (!file || !/\.(ts|json)$/.test(file)) return
    clearTimeout(calm)
    calm = setTimeout(() => worker.restart(), CALM_MS)
  }
  const watchers = FOLDERS.map((folder) => watch(join(repoRoot, folder), { recursive: true }, changed))
  onShutdown(() => {
    clearTimeout(calm)
    for (const watcher of watchers) watcher.close()
  })
}
