import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { isShuttingDown } from '~/platform/lifecycle'
import { repoRoot } from '~/platform/secrets'
import { database } from '~db/client.server'

type Check = 'ok' | 'broken'
/** What readiness rests on. `workerSilentSeconds` is null when no worker was ever seen. */
export type Health = {
  ready: boolean
  process: 'serving' | 'ending'
  database: Check
  migrations: Check
  worker: Check
  queue: Check
  workerSilentSeconds: number | null
}
type Row = { applied: number; silent: number | null; queue_answers: boolean | null }

const PATIENCE_MS = 2_000
// Longer than a worker needs to be started again: a restart must not take the web away from the balancer.
const SILENCE_SECONDS = 45

let expected: number | undefined

/** Whether this process may be sent requests: the database answers, is migrated, and a worker lives whose queue answers. */
export async function health(): Promise<Health> {
  if (isShuttingDown()) return verdict('ending', await look())
  return verdict('serving', await look())
}

function verdict(process: Health['process'], row: Row | null): Health {
  const found = {
    process,
    database: check(row !== null),
    migrations: check(row !== null && row.applied >= expectedMigrations()),
    worker: check(row?.silent != null && row.silent <= SILENCE_SECONDS),
    queue: check(row?.queue_answers === true),
  }
  const ready = process === 'serving' && found.database === 'ok' && found.migrations === 'ok' && found.worker === 'ok' && found.queue === 'ok'
  return { ready, ...found, workerSilentSeconds: row?.silent ?? null }
}

const check = (holds: boolean): Check => (holds ? 'ok' : 'broken')

/** One round trip; null when the database does not answer in time. */
async function look(): Promise<Row | null> {
  const asked = database().execute<Row>(sql`
    select clew_ops.applied_migrations() as applied,
      (select extract(epoch from now() - max(seen_at))::float8 from clew_ops.workers) as silent,
      (select bool_or(queue_answers) from clew_ops.workers where seen_at > now() - make_interval(secs => ${SILENCE_SECONDS})) as queue_answers`)
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>((done) => (timer = setTimeout(() => done(null), PATIENCE_MS)))
  try {
    const rows = await Promise.race([asked, late])
    return rows?.[0] ?? null
  } catch {
    return null
  } finally {
    clearTimeout(timer)
    void asked.then(() => undefined, () => undefined)
  }
}

function expectedMigrations(): number {
  expected ??= (JSON.parse(readFileSync(join(repoRoot, 'db/migrations/meta/_journal.json'), 'utf8')) as { entries: unknown[] }).entries.length
  return expected
}
