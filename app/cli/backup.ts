import { createWriteStream } from 'node:fs'
import { copyFile, mkdir, readdir, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Command } from 'commander'
import { env } from '~/platform/env'
import { systemClock } from '~/platform/clock'
import { secretsFolder } from '~/platform/secrets'
import { superuserUrlOf } from '~db/embedded'
import { openPool } from '~db/client.server'
import { carriedSecrets, columnList, digestOf, manifestFile, migrationsOf, qualified, tablesOf, type Driver, type Manifest, type TableCopy } from './backup-format'
import { runCommand, tell } from './command'
import { restore } from './restore'

/** `clew backup|restore --dir D`: the whole installation as files, and back into an empty one. */
export function register(program: Command): void {
  program
    .command('backup')
    .description('write everything to a new folder, as it is at one moment, while Clew runs')
    .requiredOption('--dir <folder>', 'a folder that is empty or does not exist')
    .action(async (options: { dir: string }, command: Command) => {
      const embedded = isEmbedded()
      await runCommand(command, () => backup(resolve(options.dir), embedded), (made) => `${made.tables} tables with ${made.rows} rows are in ${made.dir}. It holds the keys of this installation: keep it as safe as the data.`)
    })
  program
    .command('restore')
    .description('read a backup into an installation that holds nothing yet')
    .requiredOption('--dir <folder>', 'the folder of the backup')
    .action(async (options: { dir: string }, command: Command) => {
      const embedded = isEmbedded()
      await runCommand(command, () => restore(resolve(options.dir), unguarded(embedded)), (done) => `${done.tables} tables with ${done.rows} rows are restored.`)
    })
}

type Made = { dir: string; tables: number; rows: number }

async function backup(dir: string, embedded: boolean): Promise<Made> {
  await mkdir(dir, { recursive: true, mode: 0o700 })
  if ((await readdir(dir)).length > 0) throw new Error(`${dir} is not empty. Name another folder.`)
  const sql = unguarded(embedded)
  try {
    await refuseGuarded(sql)
    const manifest = (await sql.begin('isolation level repeatable read read only', (tx) => copyAll(tx as unknown as Driver, dir))) as Manifest
    await copySecrets(dir)
    // Written last: a folder without it is a backup that was cut short.
    await writeFile(join(dir, manifestFile), JSON.stringify(manifest, null, 2), { mode: 0o600 })
    return { dir, tables: manifest.tables.length, rows: manifest.tables.reduce((sum, { rows }) => sum + rows, 0) }
  } finally {
    await sql.end({ timeout: 5 })
  }
}

/** A connection row security does not bind: of the embedded server, its administrator; else the owner's, if it may. */
function unguarded(embedded: boolean): Driver {
  const { DATABASE_OWNER_URL, DATABASE_URL, CLEW_DATA_DIR } = env()
  const owner = DATABASE_OWNER_URL ?? DATABASE_URL ?? ''
  if (!embedded) return openPool({ url: owner }, 1).sql
  const { port, pathname } = new URL(owner)
  const address = new URL(superuserUrlOf(CLEW_DATA_DIR, Number(port)))
  address.pathname = pathname
  return openPool({ url: address.href }, 1).sql
}

// Asked before the database is opened: then the environment names the embedded one too.
const isEmbedded = () => env().DATABASE_URL === undefined

async function refuseGuarded(sql: Driver): Promise<void> {
  const [row] = await sql<{ free: boolean }[]>`select rolsuper or rolbypassrls as free from pg_roles where rolname = current_user`
  if (row?.free) return
  throw new Error('This login is bound by row security and would back up nothing. Use pg_dump with a login that has BYPASSRLS, or give DATABASE_OWNER_URL such a login for the backup.')
}

async function copyAll(tx: Driver, dir: string): Promise<Manifest> {
  const tables: TableCopy[] = []
  for (const table of await tablesOf(tx)) {
    const file = `${table.schema}.${table.name}.copy`
    const path = join(dir, file)
    // Selected, because a partitioned table cannot be copied itself.
    const rows = await tx.unsafe(`copy (select ${columnList(table.columns)} from ${qualified(table)}) to stdout`).readable()
    await pipeline(rows, createWriteStream(path, { mode: 0o600 }))
    // The driver pauses its socket for a full stream and, when that was the last of it, never wakes it: reading does.
    rows._read(0)
    const [count] = await tx.unsafe<{ rows: number }[]>(`select count(*)::int as rows from ${qualified(table)}`)
    tables.push({ ...table, rows: count?.rows ?? 0, file, sha256: await digestOf(path) })
    if (tables.length % 20 === 0) tell(`${tables.length} tables…`)
  }
  const sequences = await tx<{ name: string; next: string }[]>`
    select quote_ident(schemaname) || '.' || quote_ident(sequencename) as name, coalesce(last_value + 1, start_value)::text as next
    from pg_sequences where schemaname in ('public', 'auth')`
  return { format: 'clew-backup-1', madeAt: systemClock.now().toISOString(), migrations: await migrationsOf(tx), tables, sequences: [...sequences] }
}

async function copySecrets(dir: string): Promise<void> {
  await mkdir(join(dir, 'secrets'), { mode: 0o700 })
  for (const name of carriedSecrets) {
    const from = join(secretsFolder(env().CLEW_DATA_DIR), name)
    if (existsSync(from)) await copyFile(from, join(dir, 'secrets', name))
  }
}
