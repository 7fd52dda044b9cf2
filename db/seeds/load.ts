import { sql } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import { toUuid, type Id } from '~/lib/ids'
import { database, type Tx } from '~db/client.server'
import * as schema from '~db/schema'
import type { WorldRows } from './worlds/rows'

const BATCH = 500

/** Writes a told organisation in one transaction: all of it or nothing. Answers how many rows. */
export async function loadRows(orgId: Id<'org'>, rows: WorldRows, progress: (table: string, count: number) => void = () => undefined): Promise<number> {
  return database().transaction(async (tx) => {
    await tx.execute(sql`select set_config('app.org_id', ${toUuid(orgId)}, true)`)
    let count = 0
    for (const name of Object.keys(rows) as (keyof WorldRows)[]) {
      await insertAll(tx, schema[name], rows[name])
      count += rows[name].length
      progress(name, rows[name].length)
    }
    return count
  })
}

async function insertAll(tx: Tx, table: PgTable, rows: readonly object[]): Promise<void> {
  for (let from = 0; from < rows.length; from += BATCH) await tx.insert(table).values(rows.slice(from, from + BATCH) as never[])
}
