import { spawn, type ChildProcess } from 'node:child_process'
import { log } from '~/platform/log'
import { repoRoot } from '~/platform/secrets'

/** A process that is kept running. `variables` are asked at every start: the database may have moved. */
export type Spec = { name: string; program: string; flags?: readonly string[]; args?: string[]; variables: () => Record<string, string> }

/** `ready` is kept when the process reports for work the first time, broken when it never manages to. */
export type Supervised = { ready: Promise<void>; restart(): void; stop(): Promise<void> }

const FIRST_PAUSE_MS = 200
const LONGEST_PAUSE_MS = 10_000
const SETTLED_MS = 20_000
const GRACE_MS = 28_000
const FIRST_ATTEMPTS = 3

/**
 * Starts a process, and again with growing pauses whenever it ends. The child ends by itself when this process
 * does, because the channel between them closes, even after kill -9.
 */
export function supervise(spec: Spec): Supervised {
  let child: ChildProcess | undefined
  let stopping = false
  let everReady = false
  let failures = 0
  let pause: NodeJS.Timeout | undefined
  let settle: { kept(): void; broken(error: Error): void } | undefined
  const ready = new Promise<void>((kept, broken) => (settle = { kept, broken }))
  ready.catch(() => undefined)

  const start = () => {
    const startedAt = Date.now()
    child = launch(spec)
    child.on('error', () => undefined)
    child.on('message', () => {
      everReady = true
      settle?.kept()
    })
    child.once('exit', (code, signal) => {
      if (stopping) return
      if (!everReady && (code === 2 || failures + 1 >= FIRST_ATTEMPTS)) {
        settle?.broken(new Error(`The ${spec.name} process does not start; its messages are above.`))
        return
      }
      failures = Date.now() - startedAt > SETTLED_MS ? 0 : failures + 1
      const wait = Math.min(FIRST_PAUSE_MS * 2 ** Math.max(0, failures - 1), LONGEST_PAUSE_MS)
      log.warn({ child: spec.name, code, signal, restartInMs: wait }, 'a process ended and is started again')
      pause = setTimeout(start, wait)
    })
  }
  start()

  return {
    ready,
    restart: () => void child?.kill('SIGTERM'),
    async stop() {
      stopping = true
      clearTimeout(pause)
      await end(child)
    },
  }
}

function launch({ program, flags = [], args = [], variables }: Spec): ChildProcess {
  return spawn(process.execPath, [...flags, '--import', 'tsx', program, ...args], {
    cwd: repoRoot,
    env: { ...process.env, ...variables(), CLEW_SUPERVISED: '1' },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
}

async function end(child: ChildProcess | undefined): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  const gone = new Promise<void>((done) => child.once('exit', () => done()))
  child.kill('SIGTERM')
  const force = setTimeout(() => child.kill('SIGKILL'), GRACE_MS)
  await gone
  clearTimeout(force)
}
