import { createReadStream, existsSync } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { env } from '~/platform/env'
import { secretsFolder } from '~/platform/secrets'
import { carriedSecrets, columnList, migrationsOf, qualified, readManifest, tablesOf, type Driver, type Manifest } from './backup-format'
import { tell } from './command'

/** Reads a backup into this installation, which must hold nothing, in one transaction: all of it or nothing. */
export async function restore(dir: string, sql: Driver): Promise<{ tables: number; rows: number }> {
  try {
    const manifest = await readManifest(dir)
    await refuseUnfit(sql, manifest)
    await sql.begin((tx) => copyBack(tx as unknown as Driver, dir, manifest))
    await carrySecrets(dir)
    return { tables: manifest.tables.length, rows: manifest.tables.reduce((sum, { rows }) => sum + rows, 0) }
  } finally {
    await sql.end({ timeout: 5 })
  }
}

async function refuseUnfit(sql: Driver, manifest: Manifest): Promise<void> {
  const here = await migrationsOf(sql)
  if (here !== manifest.migrations) throw new Error(`The backup was made after ${manifest.migrations} migrations and this installation has ${here}. Restore it with the version of Clew that made it, then update.`)
  const [row] = await sql<{ free: boolean }[]>`select rolsuper as free from pg_roles where rolname = current_user`
  if (!row?.free) throw new Error('Restoring sets row security and triggers aside, which only a superuser may: give DATABASE_OWNER_URL such a login for the restore.')
  for (const table of await tablesOf(sql)) {
    const [found] = await sql.unsafe(`select 1 from ${qualified(table)} limit 1`)
    if (found) throw new Error(`This installation is not empty: ${table.name} holds rows. Restore into a new data folder.`)
  }
}

async function copyBack(tx: Driver, dir: string, { tables, sequences }: Manifest): Promise<void> {
  // Foreign keys and append-only triggers rest: the rows were consistent where they come from.
  await tx`set local session_replication_role = replica`
  for (const [index, table] of tables.entries()) {
    const rows = await tx.unsafe(`copy ${qualified(table)} (${columnList(table.columns)}) from stdin`).writable()
    await pipeline(createReadStream(join(dir, table.file)), rows)
    const [count] = await tx.unsafe<{ rows: number }[]>(`select count(*)::int as rows from ${qualified(table)}`)
    if (count?.rows !== table.rows) throw new Error(`${table.name} came back with ${count?.rows ?? 0} rows instead of ${table.rows}. Nothing was restored.`)
    if (index % 20 === 19) tell(`${index + 1} tables…`)
  }
  for (const { name, next } of sequences) await tx`select setval(${name}::regclass, ${next}::bigint, false)`
}

async function carrySecrets(dir: string): Promise<void> {
  for (const name of carriedSecrets) {
    const from = join(dir, 'secrets', name)
    if (existsSync(from)) await copyFile(from, join(secretsFolder(env().CLEW_DATA_DIR), name))
  }
}
