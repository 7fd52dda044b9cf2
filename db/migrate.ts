import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as runDrizzle } from 'drizzle-orm/postgres-js/migrator'
import postgres, { type Sql } from 'postgres'
import { repoRoot } from '~/platform/secrets'
import type { DatabaseAccess, PoolAccess } from './provision'
import { migrateQueue } from './queue-schema'

const MIGRATE_LOCK = 7_265_002
const WAIT_MS = 300_000

/** `queue: false` leaves out the queue's tables, when jobs run on Redis. `folder` is another one in tests only. */
export type MigrateOptions = { folder?: string; queue?: boolean; lockTimeout?: string }

/** How many migrations ran now, and how many there are. */
export type MigrateReport = { applied: number; total: number }

/**
 * Brings the database up to date as clew_owner: our migrations, the queue's, then the months' partitions.
 * Several processes may call it at once; one migrates and the others wait. Doing it twice changes nothing.
 */
export async function migrate(access: DatabaseAccess, options: MigrateOptions = {}): Promise<MigrateReport> {
  const folder = options.folder ?? join(repoRoot, 'db/migrations')
  const sql = ownerConnection(access.owner)
  try {
    await waitForTurn(sql)
    await sql`select set_config('lock_timeout', ${options.lockTimeout ?? '5s'}, false)`
    const before = await appliedCount(sql)
    if (existsSync(journalPath(folder))) await runDrizzle(drizzle(sql), { migrationsFolder: folder })
    const after = await appliedCount(sql)
    if (options.queue ?? true) await migrateQueue(access.owner)
    await ensurePartitions(sql)
    return { applied: after - before, total: after }
  } finally {
    // Ending the session gives the advisory lock back, whatever happened.
    await sql.end({ timeout: 5 })
  }
}

/** How many migrations of the folder are not in the database yet; readiness and `doctor` ask. */
export async function pendingMigrations(access: PoolAccess, folder = join(repoRoot, 'db/migrations')): Promise<number> {
  const sql = ownerConnection(access)
  try {
    return journalLength(folder) - (await appliedCount(sql))
  } finally {
    await sql.end({ timeout: 5 })
  }
}

function ownerConnection({ url, role }: PoolAccess): Sql {
  const connection = { application_name: 'clew migrate', ...(role ? { role } : {}) }
  return postgres(url, { max: 1, idle_timeout: 0, max_lifetime: null, onnotice: () => undefined, connection })
}

// Asked again and again rather than waited for: a waiting statement holds a snapshot, which blocks concurrent index builds.
async function waitForTurn(sql: Sql): Promise<void> {
  const deadline = Date.now() + WAIT_MS
  while (Date.now() < deadline) {
    const [row] = await sql<{ mine: boolean }[]>`select pg_try_advisory_lock(${MIGRATE_LOCK}) as mine`
    if (row?.mine) return
    await sleep(200)
  }
  throw new Error('Another process has been migrating this database for five minutes. Look at it before you try again.')
}

async function appliedCount(sql: Sql): Promise<number> {
  const [ledger] = await sql<{ exists: boolean }[]>`select to_regclass('drizzle.__drizzle_migrations') is not null as exists`
  if (!ledger?.exists) return 0
  const [row] = await sql<{ count: number }[]>`select count(*)::int as count from drizzle.__drizzle_migrations`
  return row?.count ?? 0
}

async function ensurePartitions(sql: Sql): Promise<void> {
  const [found] = await sql`
    select 1 from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'clew_ops' and p.proname = 'ensure_partitions'`
  if (found) await sql`select clew_ops.ensure_partitions(now())`
}

function journalPath(folder: string): string {
  return join(folder, 'meta/_journal.json')
}

function journalLength(folder: string): number {
  if (!existsSync(journalPath(folder))) return 0
  const journal = JSON.parse(readFileSync(journalPath(folder), 'utf8')) as { entries: unknown[] }
  return journal.entries.length
}
