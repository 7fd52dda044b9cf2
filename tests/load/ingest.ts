import { fork, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import { build, isBuilt } from '~/cli/build'
import { accessVariables, exportAccess } from '~/cli/database'
import { createSource } from '~/domain/capture'
import { createOrganisation, newOrganisationContext } from '~/domain/orgs'
import { repoRoot } from '~/platform/secrets'
import { closeDatabase, serveAs } from '~db/client.server'
import { startEmbedded } from '~db/embedded'
import { migrate } from '~db/migrate'
import { provisionEmbedded } from '~db/provision'
import { send, sendSteadily, type Round, type Target } from './send'

const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 3)
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 6)
const WARM_SECONDS = 2
/** What trust.md P3 is promised at. */
const STEADY_PER_SECOND = 100
const PROCESSING_PER_SECOND = 700

/** Deliveries acknowledged by the built server, beside a bare receiver on the same durable embedded database, in turns. */
export async function run(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'clew-bench-'))
  process.env['CLEW_DATA_DIR'] = dataDir
  if (!isBuilt()) await build()
  const embedded = await startEmbedded({ dataDir })
  const children: ChildProcess[] = []
  try {
    const access = await provisionEmbedded(embedded.superuserUrl, dataDir)
    await migrate(access)
    exportAccess(access)
    const bare = await startBare(access.owner.url, children)
    const clew = await startClew(accessVariables(access), dataDir, children)
    await processing(clew, embedded.superuserUrl, accessVariables(access), dataDir)
    const rounds: Record<'bare' | 'clew', Round[]> = { bare: [], clew: [] }
    await send(bare, WARM_SECONDS)
    const warm = await send(clew, WARM_SECONDS)
    for (let round = 0; round < ROUNDS; round += 1) {
      rounds.bare.push(await send(bare, SECONDS))
      rounds.clew.push(await send(clew, SECONDS))
    }
    const steady = await sendSteadily(clew, STEADY_PER_SECOND, SECONDS)
    await check(embedded.superuserUrl, [warm, ...rounds.clew, steady])
    say(`clew at a steady ${STEADY_PER_SECOND}/s: p50 ${steady.p50.toFixed(1)} ms, p99 ${steady.p99.toFixed(1)} ms, ${steady.refused} refused`)
    report(rounds)
  } finally {
    for (const child of children) child.kill('SIGTERM')
    await closeDatabase()
    await embedded.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** Sends faster than it must keep up with, with the worker beside; what counts is the last verdict. */
async function processing(clew: Target, superuserUrl: string, variables: Record<string, string>, dataDir: string): Promise<void> {
  const worker = fork(join(repoRoot, 'jobs/worker.ts'), { execArgv: ['--import', 'tsx', ...(process.env['PROF'] ? ['--cpu-prof', '--cpu-prof-dir=/tmp/prof'] : [])], env: childEnvironment(variables, dataDir), stdio: 'inherit' })
  const sql = postgres(databaseOf(superuserUrl), { max: 1 })
  const processed = async () => (await sql<{ n: number }[]>`select count(*)::int as n from delivery_outcomes where verdict = 'processed'`)[0]?.n ?? 0
  const warm = await sendSteadily(clew, 50, WARM_SECONDS)
  while ((await processed()) < warm.acked) await sleep(20)
  const startedAt = performance.now()
  const sent = await sendSteadily(clew, PROCESSING_PER_SECOND, SECONDS)
  while ((await processed()) < warm.acked + sent.acked) await sleep(20)
  const seconds = (performance.now() - startedAt) / 1000
  const [leads] = await sql<{ n: number }[]>`select count(*)::int as n from leads`
  say(`processed: ${(sent.acked / seconds).toFixed(0)} leads/s with sender and database beside (${sent.acked} sent in ${SECONDS} s, the last verdict after ${seconds.toFixed(1)} s; p99 of the answers ${sent.p99.toFixed(1)} ms; ${leads?.n ?? 0} leads)`)
  await sql.end()
  const ended = new Promise((done) => worker.once('exit', done))
  worker.kill('SIGTERM')
  await ended
}

const childEnvironment = (variables: Record<string, string>, dataDir: string): NodeJS.ProcessEnv => ({ ...process.env, ...variables, NODE_ENV: 'production', CLEW_DATA_DIR: dataDir, LOG_LEVEL: 'warn' })

function databaseOf(superuserUrl: string): string {
  const url = new URL(superuserUrl)
  url.pathname = '/clew'
  return url.href
}

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
const of = (rounds: Round[], pick: (round: Round) => number) => median(rounds.map(pick))

function report(rounds: Record<'bare' | 'clew', Round[]>): void {
  for (const name of ['bare', 'clew'] as const) {
    const each = rounds[name]
    const refused = each.reduce((sum, round) => sum + round.refused, 0)
    say(`${name}: ${of(each, (r) => r.perSecond).toFixed(0)} acknowledged/s, p50 ${of(each, (r) => r.p50).toFixed(1)} ms, p99 ${of(each, (r) => r.p99).toFixed(1)} ms, ${refused} refused (median of ${each.length} rounds of ${SECONDS} s, 32 connections)`)
  }
  say(`ratio clew/bare: ${(of(rounds.clew, (r) => r.perSecond) / of(rounds.bare, (r) => r.perSecond)).toFixed(2)}`)
}

// A figure without the rows behind it would be worth nothing.
async function check(superuserUrl: string, rounds: Round[]): Promise<void> {
  const acked = rounds.reduce((sum, round) => sum + round.acked, 0)
  const sql = postgres(databaseOf(superuserUrl), { max: 1 })
  const [row] = await sql<{ stored: number }[]>`select count(*)::int as stored from deliveries`
  await sql.end()
  if ((row?.stored ?? 0) < acked) throw new Error(`acknowledged ${acked}, but only ${row?.stored ?? 0} are stored`)
  say(`stored: ${row?.stored ?? 0} of ${acked} acknowledged`)
}

async function startBare(ownerUrl: string, children: ChildProcess[]): Promise<Target> {
  const secret = `whsec_${Buffer.from('a bare receiver needs a secret too').toString('base64')}`
  const sql = postgres(ownerUrl, { max: 1 })
  await sql`create table bare (id text primary key, body bytea not null, at timestamptz not null default now())`
  await sql.end()
  const child = fork(join(repoRoot, 'tests/load/bare-receiver.ts'), { execArgv: ['--import', 'tsx'], env: { ...process.env, BARE_SECRET: secret, BARE_DATABASE_URL: ownerUrl } })
  children.push(child)
  const { port } = await new Promise<{ port: number }>((ready) => child.once('message', (message) => ready(message as { port: number })))
  return { name: 'bare', address: `http://127.0.0.1:${port}/`, secret }
}

async function startClew(variables: Record<string, string>, dataDir: string, children: ChildProcess[]): Promise<Target> {
  serveAs('worker')
  const ctx = newOrganisationContext('bench', new Date())
  await createOrganisation(ctx, { name: 'Bench' })
  const source = await createSource(ctx, { connector: 'standard', name: 'Bench' })
  const port = await freePort()
  const child = fork(join(repoRoot, 'app/cli/web.ts'), {
    execArgv: ['--import', 'tsx'],
    env: { ...childEnvironment(variables, dataDir), HOST: '127.0.0.1', PORT: String(port) },
  })
  children.push(child)
  await new Promise<void>((ready, failed) => {
    child.once('message', () => ready())
    child.once('exit', (code) => failed(new Error(`the server ended with ${code ?? 'a signal'}`)))
  })
  return { name: 'clew', address: `http://127.0.0.1:${port}/api/hooks/standard/${source.sourceKey}`, secret: source.secret ?? '' }
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const probe = createServer()
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => done(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

const say = (line: string): void => void process.stdout.write(`${line}\n`)
