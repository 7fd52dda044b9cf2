import { existsSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { outboxState } from '~/domain/kernel'
import type { Env } from '~/platform/env'
import { systemClock } from '~/platform/clock'
import { driver } from '~db/client.server'
import { pendingMigrations } from '~db/migrate'
import type { DatabaseAccess } from '~db/provision'

/** What one look at the installation found: wrong things must be mended, notes are worth knowing. */
export type Finding = { kind: 'wrong' | 'note' | 'fine'; text: string }

const wrong = (text: string): Finding => ({ kind: 'wrong', text })
const note = (text: string): Finding => ({ kind: 'note', text })
const fine = (text: string): Finding => ({ kind: 'fine', text })

const SILENT_SECONDS = 45
const LEAST_FREE = 1_000_000_000

export function settingsFindings(settings: Env): Finding[] {
  const found: Finding[] = []
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const recent = major > 20 || (major === 20 && minor >= 19)
  found.push(recent ? fine(`Node ${process.versions.node}.`) : wrong(`Node ${process.versions.node} is too old; Clew needs 20.19 or newer.`))
  found.push(settings.production ? fine('The settings are complete for production.') : note('This is a trial or development installation: secrets were generated into the data folder and demo worlds are allowed. Set CLEW_ENV=production for real work.'))
  if (!settings.METRICS_TOKEN && settings.production) found.push(note('METRICS_TOKEN is not set: /metrics answers to this machine only.'))
  if (!settings.SMTP_URL) found.push(note('SMTP_URL is not set: mail stays in the mailbox page and reaches nobody.'))
  found.push(...loginFindings(settings))
  return found
}

function loginFindings({ DATABASE_URL, DATABASE_OWNER_URL, DATABASE_WORKER_URL, DATABASE_AUTH_URL, DATABASE_DIRECT_URL }: Env): Finding[] {
  if (!DATABASE_URL) return [fine('The embedded database has a login of its own for every role.')]
  const found: Finding[] = []
  const shared = Object.entries({ DATABASE_OWNER_URL, DATABASE_WORKER_URL, DATABASE_AUTH_URL }).filter(([, url]) => !url).map(([name]) => name)
  if (shared.length > 0) found.push(note(`One login serves several roles because ${shared.join(', ')} ${shared.length > 1 ? 'are' : 'is'} not set. It works, but a stolen web login could then act as the others: give each role its own.`))
  if (!DATABASE_DIRECT_URL) found.push(note('DATABASE_DIRECT_URL is not set: that is right unless DATABASE_URL leads through a pooler such as PgBouncer, which swallows NOTIFY.'))
  return found
}

/** What the database says of itself, its migrations, its months and its queue. */
export async function databaseFindings(settings: Env, access: DatabaseAccess): Promise<Finding[]> {
  const sql = driver('worker')
  const [server] = await sql<{ version: number; label: string }[]>`
    select current_setting('server_version_num')::int as version, current_setting('server_version') as label`
  const found = [(server?.version ?? 0) >= 150_000 ? fine(`PostgreSQL ${server?.label ?? '?'}.`) : wrong(`PostgreSQL ${server?.label ?? '?'} is too old; Clew needs 15 or newer.`)]
  const pending = await pendingMigrations(access.owner)
  if (pending > 0) return [...found, wrong(`The database is ${pending} migration${pending > 1 ? 's' : ''} behind. Run: npm run migrate`)]
  found.push(fine('All migrations are applied.'), await partitionFinding())
  found.push(...(settings.REDIS_URL ? [] : await queueFindings()))
  return found
}

async function partitionFinding(): Promise<Finding> {
  const missing = await driver('worker')<{ part: string }[]>`
    select c.relname || to_char(m.first_day, '_YYYY_MM') as part
    from pg_partitioned_table p join pg_class c on c.oid = p.partrelid and c.relnamespace = 'public'::regnamespace
    cross join (select date_trunc('month', now() at time zone 'UTC') + make_interval(months => n) as first_day from generate_series(0, 1) n) m
    where to_regclass('public.' || quote_ident(c.relname || to_char(m.first_day, '_YYYY_MM'))) is null`
  if (missing.length === 0) return fine('The months\' partitions are there for this month and the next.')
  return wrong(`Partitions are missing: ${missing.map(({ part }) => part).join(', ')}. A running worker makes them daily; npm run migrate makes them now.`)
}

async function queueFindings(): Promise<Finding[]> {
  const [row] = await driver('worker')<{ there: boolean; usable: boolean; temporary: boolean }[]>`
    select to_regclass('bullmq.job') is not null or exists (select 1 from pg_namespace where nspname = 'bullmq') as there,
      coalesce(has_schema_privilege('clew_worker', to_regnamespace('bullmq'), 'create'), false) as usable,
      has_database_privilege('clew_worker', current_database(), 'temporary') as temporary`
  if (!row?.there) return [wrong('The queue has no tables in this database. Run: npm run migrate')]
  const found: Finding[] = []
  if (!row.usable) found.push(wrong('clew_worker may not use the queue: grant usage, create on schema bullmq to clew_worker;'))
  if (!row.temporary) found.push(wrong('clew_worker may not make temporary tables, which the queue needs: grant temporary on database … to clew_worker;'))
  return found.length > 0 ? found : [fine('The queue lies in PostgreSQL and the worker may use it.')]
}

/** What the workers and the outbox say. `running` is false when the database was started for this command only. */
export async function workFindings(running: boolean): Promise<Finding[]> {
  const found: Finding[] = []
  const sql = driver('worker')
  const workers = await sql<{ silent: number; queue_answers: boolean }[]>`
    select extract(epoch from now() - seen_at)::int as silent, queue_answers from clew_ops.workers where seen_at > now() - interval '10 minutes'`
  const alive = workers.filter(({ silent }) => silent <= SILENT_SECONDS)
  if (alive.length > 0) found.push(fine(`${alive.length} worker${alive.length > 1 ? 's are' : ' is'} at work.`))
  else found.push(running ? wrong('No worker is at work: leads are stored and wait. Run: npm run start:worker') : note('Clew is not running, so no worker is either.'))
  if (alive.some(({ queue_answers: answers }) => !answers)) found.push(wrong('A worker says that its queue does not answer. Look at REDIS_URL, or at the database.'))

  const { waiting, oldestSeconds, unsettled } = await outboxState(systemClock.now())
  const late = oldestSeconds > 60 && running
  found.push(late ? wrong(`${waiting} events wait for the relay, the oldest for ${Math.round(oldestSeconds)} s.`) : fine(`${waiting} events wait for the relay and ${unsettled} for their handlers.`))
  const [dead] = await sql<{ count: number }[]>`select count(*)::int as count from outbox_receipts where state = 'dead' and at > now() - interval '30 days'`
  if (dead && dead.count > 0) found.push(wrong(`${dead.count} events of the last 30 days were given up after their last try. The board at /admin/jobs names the reason and can retry them.`))
  const failed = await sql<{ name: string; failure: string }[]>`select name, failure from clew_ops.schedules where failure is not null`
  for (const { name, failure } of failed) found.push(wrong(`The recurring work ${name} failed: ${failure}.`))
  return found
}

export async function machineFindings({ CLEW_DATA_DIR, CHROMIUM_PATH }: Env): Promise<Finding[]> {
  const disk = await statfs(CLEW_DATA_DIR)
  const free = disk.bavail * disk.bsize
  const gigabytes = (free / 1e9).toFixed(1)
  const places = [CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome']
  const chromium = places.find((place) => place !== undefined && existsSync(place))
  return [
    free < LEAST_FREE ? wrong(`Only ${gigabytes} GB are free where ${CLEW_DATA_DIR} lies.`) : fine(`${gigabytes} GB are free where ${CLEW_DATA_DIR} lies.`),
    chromium ? fine(`Chromium is at ${chromium}.`) : note('No Chromium is installed. npm test brings its own; set CHROMIUM_PATH to use another.'),
  ]
}
