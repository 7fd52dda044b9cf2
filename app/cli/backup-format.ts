import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import type { openPool } from '~db/client.server'

/** A connection as the driver gives it. */
export type Driver = ReturnType<typeof openPool>['sql']

const Table = z.object({ schema: z.string(), name: z.string(), columns: z.array(z.string()), rows: z.number().int(), file: z.string(), sha256: z.string() })
const Manifest = z.object({
  format: z.literal('clew-backup-1'),
  madeAt: z.string(),
  migrations: z.number().int(),
  tables: z.array(Table),
  sequences: z.array(z.object({ name: z.string(), next: z.string() })),
})
export type TableCopy = z.output<typeof Table>
export type Manifest = z.output<typeof Manifest>

export const manifestFile = 'manifest.json'
/** Without these, what is encrypted in the database cannot be read and what is signed is void. */
export const carriedSecrets = ['session-secret', 'encryption-key'] as const

/** The list of a backup's files. @throws Error in words when this is no backup or a file of it is damaged */
export async function readManifest(dir: string): Promise<Manifest> {
  const text = await readFile(join(dir, manifestFile), 'utf8').catch(() => null)
  if (text === null) throw new Error(`There is no backup in ${dir}: ${manifestFile} is missing, so it was never finished.`)
  const manifest = Manifest.parse(JSON.parse(text))
  for (const table of manifest.tables) {
    if ((await digestOf(join(dir, table.file))) !== table.sha256) throw new Error(`${table.file} is not what was backed up. Nothing was restored.`)
  }
  return manifest
}

export async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const part of createReadStream(path)) hash.update(part as Buffer)
  return hash.digest('hex')
}

export const quotedName = (name: string) => `"${name.replaceAll('"', '""')}"`
export const qualified = ({ schema, name }: { schema: string; name: string }) => `${quotedName(schema)}.${quotedName(name)}`
export const columnList = (columns: readonly string[]) => columns.map(quotedName).join(', ')

/** Every table that holds something of ours; partitions come with their parents, the queue can be lost, workers are of the moment. */
export async function tablesOf(sql: Driver): Promise<{ schema: string; name: string; columns: string[] }[]> {
  return sql`
    select n.nspname as schema, c.relname as name, array_agg(a.attname order by a.attnum)::text[] as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where n.nspname in ('public', 'auth') and c.relkind in ('r', 'p') and not c.relispartition
    group by 1, 2 order by 1, 2`
}

/** How many migrations this database has seen. */
export async function migrationsOf(sql: Driver): Promise<number> {
  const [row] = await sql<{ count: number }[]>`select count(*)::int as count from drizzle.__drizzle_migrations`
  return row?.count ?? 0
}
