import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import postgres, { type Sql } from 'postgres'
import { build, isBuilt } from '~/cli/build'
import { accessVariables, exportAccess } from '~/cli/database'
import { closeDatabase } from '~db/client.server'
import { startEmbedded } from '~db/embedded'
import { migrate } from '~db/migrate'
import { provisionEmbedded } from '~db/provision'
import { cpuSeconds, treeCpuSeconds } from './cpu-time'
import { end, startBare, startClew, startWorker, type Server } from './ingest-servers'
import { send, sendSteadily, type Round } from './send'

const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 3)
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 6)
const WARM_SECONDS = 2
/** What trust.md P3 is promised at. */
const STEADY_PER_SECOND = 100
const PROCESSING_PER_SECOND = Number(process.env['BENCH_OFFERED'] ?? 700)

/** CPU seconds by who spent them. */
type Spent = Record<'sender' | 'web' | 'worker' | 'database', number>
type Measured = Round & { spent: Spent }
type Where = { sql: Sql; postmaster: number }

/** Deliveries acknowledged by the built server, beside a bare receiver on the same durable embedded database, in turns. */
export async function run(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'clew-bench-'))
  process.env['CLEW_DATA_DIR'] = dataDir
  if (!isBuilt()) await build()
  const embedded = await startEmbedded({ dataDir })
  const servers: Server[] = []
  const sql = postgres(databaseOf(embedded.superuserUrl), { max: 1 })
  const where: Where = { sql, postmaster: embedded.pid }
  try {
    const access = await provisionEmbedded(embedded.superuserUrl, dataDir)
    await migrate(access)
    exportAccess(access)
    servers.push(await startBare(access.owner.url, 'bare', 200), await startBare(access.owner.url, 'bare, one insert each', 1))
    const bare = [...servers]
    const clew = await startClew(accessVariables(access), dataDir)
    servers.push(clew)
    await processing(clew, where, () => startWorker(accessVariables(access), dataDir))
    if (ROUNDS > 0) await acknowledging(bare, clew, where)
  } finally {
    await Promise.all(servers.map(({ child }) => end(child)))
    await closeDatabase()
    await sql.end()
    await embedded.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function processing(clew: Server, where: Where, start: () => ChildProcess): Promise<void> {
  const worker = start()
  try {
    await processed(clew, where, worker)
  } finally {
    await end(worker)
  }
}

/** Sends faster than it must keep up with, with the worker beside; what counts is when nothing is owed any more. */
async function processed(clew: Server, where: Where, worker: ChildProcess): Promise<void> {
  const { sql } = where
  const warm = await sendSteadily(clew, 50, WARM_SECONDS)
  await until(() => verdicts(sql), warm.acked)
  await until(async () => -(await owed(sql)), 0)
  const startedAt = performance.now()
  const secondsSince = () => (performance.now() - startedAt) / 1000
  const sent = await spending(where, clew, worker, async () => {
    const round = await sendSteadily(clew, PROCESSING_PER_SECOND, SECONDS)
    await until(() => verdicts(sql), warm.acked + round.acked)
    const decided = secondsSince()
    await until(async () => -(await owed(sql)), 0)
    return { ...round, decided }
  })
  const seconds = secondsSince()
  const [leads] = await sql<{ n: number }[]>`select count(*)::int as n from leads`
  say(`processed: ${(sent.acked / sent.decided).toFixed(0)} leads/s to the last verdict, ${(sent.acked / seconds).toFixed(0)} leads/s to the last match, with sender and database beside ` +
    `(${sent.acked} sent in ${SECONDS} s, verdicts after ${sent.decided.toFixed(1)} s, matches after ${seconds.toFixed(1)} s; p99 of the answers ${sent.p99.toFixed(1)} ms; ${leads?.n ?? 0} leads)`)
  say(`  ${shown(sent)}`)
}

const verdicts = async (sql: Sql) => (await sql<{ n: number }[]>`select count(*)::int as n from delivery_outcomes where verdict = 'processed'`)[0]?.n ?? 0
const owed = async (sql: Sql) => (await sql<{ n: number }[]>`select count(*)::int as n from outbox where settled_at is null`)[0]?.n ?? 0

async function until(count: () => Promise<number>, enough: number): Promise<void> {
  while ((await count()) < enough) await sleep(50)
}

// The bare receiver in both readings of "group commit": its own, and PostgreSQL's.
async function acknowledging(bare: readonly Server[], clew: Server, where: Where): Promise<void> {
  const all = [...bare, clew]
  const rounds = new Map<string, Measured[]>(all.map(({ name }) => [name, []]))
  const warm = new Map<string, Round>()
  for (const server of all) warm.set(server.name, await send(server, WARM_SECONDS))
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const server of all) rounds.get(server.name)?.push(await spending(where, server, null, () => send(server, SECONDS)))
  }
  const own = rounds.get(clew.name) ?? []
  const perSecond = of(own, (each) => each.perSecond)
  const steady = await sendSteadily(clew, STEADY_PER_SECOND, SECONDS)
  const half = await sendSteadily(clew, Math.round(perSecond / 2), SECONDS)
  await check(where.sql, [warm.get(clew.name), ...own, steady, half].flatMap((round) => round ?? []))
  for (const [at, round] of [['a steady 100/s', steady], [`half its load (${Math.round(perSecond / 2)}/s)`, half]] as const) {
    say(`clew at ${at}: p50 ${round.p50.toFixed(1)} ms, p99 ${round.p99.toFixed(1)} ms, ${round.refused} refused`)
  }
  for (const { name } of all) report(name, rounds.get(name) ?? [])
  for (const { name } of bare.toReversed()) {
    const each = own.map((round, i) => round.perSecond / (rounds.get(name)?.[i]?.perSecond ?? Number.NaN))
    say(`ratio clew/${name}: ${(perSecond / of(rounds.get(name) ?? [], (round) => round.perSecond)).toFixed(2)} (by turns: ${each.map((ratio) => ratio.toFixed(2)).join(', ')})`)
  }
}

function report(name: string, rounds: readonly Measured[]): void {
  const refused = rounds.reduce((sum, round) => sum + round.refused, 0)
  const all = rounds.map(({ perSecond }) => perSecond.toFixed(0)).join(', ')
  say(`${name}: ${of(rounds, (r) => r.perSecond).toFixed(0)} acknowledged/s, p50 ${of(rounds, (r) => r.p50).toFixed(1)} ms, p99 ${of(rounds, (r) => r.p99).toFixed(1)} ms, ${refused} refused (median of ${all}; ${SECONDS} s each, 32 connections)`)
  for (const round of rounds.slice(-1)) say(`  ${shown(round)}`)
}

/** What a stretch of work cost, by who did it. The machine is shared: this says more than the clock. */
async function spending<T extends Round>({ postmaster }: Where, { child }: Server, worker: ChildProcess | null, work: () => Promise<T>): Promise<T & { spent: Spent }> {
  const now = (): Spent => {
    const { user, system } = process.cpuUsage()
    return { sender: (user + system) / 1e6, web: cpuSeconds(child.pid ?? 0), worker: worker === null ? 0 : cpuSeconds(worker.pid ?? 0), database: treeCpuSeconds(postmaster) }
  }
  const before = now()
  const done = await work()
  const after = now()
  return { ...done, spent: { sender: after.sender - before.sender, web: after.web - before.web, worker: after.worker - before.worker, database: after.database - before.database } }
}

function shown({ acked, spent }: Measured): string {
  const each = Object.entries(spent).filter(([, seconds]) => seconds > 0).map(([name, seconds]) => `${name} ${((seconds * 1000) / acked).toFixed(3)}`)
  const total = Object.values(spent).reduce((sum, seconds) => sum + seconds, 0)
  return `CPU seconds per 1,000: ${((total * 1000) / acked).toFixed(3)} (${each.join(', ')})`
}

// A figure without the rows behind it would be worth nothing.
async function check(sql: Sql, rounds: readonly Round[]): Promise<void> {
  const acked = rounds.reduce((sum, round) => sum + round.acked, 0)
  const [row] = await sql<{ stored: number }[]>`select count(*)::int as stored from deliveries`
  if ((row?.stored ?? 0) < acked) throw new Error(`acknowledged ${acked}, but only ${row?.stored ?? 0} are stored`)
  say(`stored: ${row?.stored ?? 0} of ${acked} acknowledged`)
}

function databaseOf(superuserUrl: string): string {
  const url = new URL(superuserUrl)
  url.pathname = '/clew'
  return url.href
}

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
const of = (rounds: readonly Measured[], pick: (round: Measured) => number) => median(rounds.map(pick))
const say = (line: string): void => void process.stdout.write(`${line}\n`)
