import { setTimeout as sleep } from 'node:timers/promises'
import type { SQL } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import postgres, { type Sql, type TransactionSql } from 'postgres'
import { env } from '~/platform/env'
import { externalAccess, type PoolAccess } from './provision'
import * as schema from './schema'

export type Db = PostgresJsDatabase<typeof schema>
/** The driver's own transaction, for statements that must be prepared or pipelined. */
export type DriverTx = TransactionSql
export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0]
/** Which login a pool starts with: what it may touch is decided by the database. */
export type PoolRole = 'app' | 'worker' | 'auth'

type Pool = { sql: Sql; db: Db }

const pools = new Map<PoolRole, Pool>()
let servingAs: PoolRole = 'app'

/** The worker and the command line serve as `clew_worker`; everything else as `clew_app`. */
export function serveAs(role: PoolRole): void {
  servingAs = role
}

function accessOf(role: PoolRole | 'direct'): PoolAccess {
  const urls = env()
  if (urls.DATABASE_URL === undefined) throw new Error('DATABASE_URL is not set; start the database first')
  return externalAccess({
    app: urls.DATABASE_URL,
    owner: urls.DATABASE_OWNER_URL,
    worker: urls.DATABASE_WORKER_URL,
    auth: urls.DATABASE_AUTH_URL,
    direct: urls.DATABASE_DIRECT_URL,
  })[role]
}

/** A new pool. `max` is small: a web process needs few connections, and PostgreSQL dislikes many. */
export function openPool(access: PoolAccess, max = 10): Pool {
  const sql = postgres(access.url, {
    max,
    idle_timeout: 60,
    connect_timeout: 5,
    // The driver's own pauses grow to 20 s: after a restart of PostgreSQL we would be away that much longer.
    backoff: (attempt) => Math.min(0.1 * 2 ** attempt, 1),
    onnotice: () => undefined,
    connection: { application_name: 'clew', ...(access.role === undefined ? {} : { role: access.role }) },
  })
  return { sql, db: drizzle(sql, { schema }) }
}

function pool(role: PoolRole): Pool {
  const known = pools.get(role)
  if (known) return known
  const made = openPool(accessOf(role))
  pools.set(role, made)
  return made
}

/** The database as this process serves it; accounts alone ask for their own role. */
export const database = (role: PoolRole = servingAs): Db => pool(role).db
/** The driver under `database()`, for the few statements that must be one round trip. */
export const driver = (role: PoolRole = servingAs): Sql => pool(role).sql

/** The driver under a transaction: it prepares its statements once a connection, which drizzle's raw ones are not. */
export const driverOf = (tx: Tx): DriverTx => (tx as unknown as { session: { client: DriverTx } }).session.client

const dialect = new PgDialect()

/** Runs a raw statement of drizzle's under a plan the connection keeps: for long ones that come again and again. */
export async function executePrepared<T extends object>(tx: Tx, statement: SQL): Promise<T[]> {
  const { sql: text, params } = dialect.sqlToQuery(statement)
  return [...(await driverOf(tx).unsafe<T[]>(text, params as never[], { prepare: true }))]
}

// A database that is just coming back refuses for some seconds; a process that ended over it would take longer to return.
const PATIENCE = 30
const PATIENCE_MS = 1_000

/** One connection outside every pool that hears NOTIFY; it reconnects by itself. */
export async function listen(channel: string, heard: (payload: string) => void): Promise<() => Promise<void>> {
  for (let left = PATIENCE; ; left -= 1) {
    const { sql } = openPool(accessOf('direct'), 1)
    try {
      await sql.listen(channel, heard)
      return () => sql.end({ timeout: 1 })
    } catch (error) {
      await sql.end({ timeout: 1 })
      if (left === 0) throw error
      await sleep(PATIENCE_MS)
    }
  }
}

/** Lets every pool finish what it does. */
export async function closeDatabase(): Promise<void> {
  await Promise.all([...pools.values()].map(({ sql }) => sql.end({ timeout: 5 })))
  pools.clear()
}
