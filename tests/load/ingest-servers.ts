import { fork, type ChildProcess } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'
import postgres from 'postgres'
import { createSource } from '~/domain/capture'
import type { Context } from '~/domain/kernel'
import { createOrganisation, newOrganisationContext } from '~/domain/orgs'
import { repoRoot } from '~/platform/secrets'
import { serveAs } from '~db/client.server'
import type { Target } from './send'

/** A server under load: where to send, and its process. */
export type Server = Target & { child: ChildProcess }

/** PROF=1 leaves a CPU profile of every process of ours. */
const profiled = (): string[] => ['--import', 'tsx', ...(process.env['PROF'] ? ['--cpu-prof', '--cpu-prof-dir=/tmp/prof'] : [])]

/** Starts a bare receiver on one table in the same database; see `bare-receiver.ts` for `together`. */
export async function startBare(ownerUrl: string, name: string, together: number): Promise<Server> {
  const secret = `whsec_${Buffer.from('a bare receiver needs a secret too').toString('base64')}`
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => undefined })
  await sql`create table if not exists bare (id text primary key, body bytea not null, at timestamptz not null default now())`
  await sql.end()
  const child = fork(join(repoRoot, 'tests/load/bare-receiver.ts'), { execArgv: ['--import', 'tsx'], env: { ...process.env, BARE_SECRET: secret, BARE_DATABASE_URL: ownerUrl, BARE_TOGETHER: String(together) } })
  const { port } = await new Promise<{ port: number }>((ready) => child.once('message', (message) => ready(message as { port: number })))
  return { name, address: `http://127.0.0.1:${port}/`, secret, child }
}

/** Starts the built server with one source, in an organisation of its own or that of `inside`. */
export async function startClew(variables: Record<string, string>, dataDir: string, inside?: Context): Promise<Server> {
  serveAs('worker')
  const ctx = inside ?? newOrganisationContext('bench', new Date())
  if (inside === undefined) await createOrganisation(ctx, { name: 'Bench' })
  const source = await createSource(ctx, { connector: 'standard', name: `Bench ${ctx.now.toISOString()}` })
  const port = await freePort()
  const child = fork(join(repoRoot, 'app/cli/web.ts'), { execArgv: profiled(), env: { ...childEnvironment(variables, dataDir), HOST: '127.0.0.1', PORT: String(port) } })
  await new Promise<void>((ready, failed) => {
    child.once('message', () => ready())
    child.once('exit', (code) => failed(new Error(`the server ended with ${code ?? 'a signal'}`)))
  })
  return { name: 'clew', address: `http://127.0.0.1:${port}/api/hooks/standard/${source.sourceKey}`, secret: source.secret ?? '', child }
}

/** Starts a worker beside. */
export const startWorker = (variables: Record<string, string>, dataDir: string): ChildProcess =>
  fork(join(repoRoot, 'jobs/worker.ts'), { execArgv: profiled(), env: childEnvironment(variables, dataDir), stdio: 'inherit' })

/** Ends a process in its own time, so that a profile is written. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const ended = new Promise((done) => child.once('exit', done))
  child.kill('SIGTERM')
  await ended
}

const childEnvironment = (variables: Record<string, string>, dataDir: string): NodeJS.ProcessEnv => ({ ...process.env, ...variables, NODE_ENV: 'production', CLEW_DATA_DIR: dataDir, LOG_LEVEL: 'warn' })

function freePort(): Promise<number> {
  return new Promise((done) => {
    const probe = createServer()
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => done(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
