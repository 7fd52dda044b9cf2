import { AsyncLocalStorage } from 'node:async_hooks'
import { sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/postgres-js'
import postgres, { type Sql } from 'postgres'
import { inject } from 'vitest'
import { embeddedAccess } from '~db/provision'
import type { DatabaseAccess } from '~db/provision'
import type { Db, PoolRole, Tx } from '~db/client.server'
import * as schema from '~db/schema'
import { cloneTemplate, dropClone } from './database-server'

type Outer = { tx: Tx; end: () => Promise<void> }
type Nested = Parameters<Db['transaction']>

const ROLE: Record<PoolRole, string> = { app: 'clew_app', worker: 'clew_worker', auth: 'clew_auth' }
const rolledBack = Symbol('rolled back')
const insideTransaction = new AsyncLocalStorage<true>()

let connection: { client: Sql; db: Db; name: string } | undefined
let outer: Outer | undefined
let turn: Promise<unknown> = Promise.resolve()

/** Whether this test's rows are rolled back; false in a file that called `useCommittedRows()`. */
export function isRolledBack(): boolean {
  return outer !== undefined
}

/**
 * The database as verbs see it in this test: every transaction is a savepoint of the test's own, under the role a
 * pool of that name has, with the organisation forgotten at its end as after a real commit.
 */
export function testDb(role: PoolRole = 'app'): Db {
  const { tx } = current()
  return new Proxy(tx as unknown as Db, {
    get(target, property) {
      if (property === 'transaction') return (...args: Nested) => nested(role, ...args)
      if (!insideTransaction.getStore()) enterRole(tx, role)
      const value: unknown = Reflect.get(target, property)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

/** The driver under the test's transaction, for statements that bypass drizzle. */
export function testDriver(role: PoolRole = 'app'): Sql {
  const { tx } = current()
  enterRole(tx, role)
  return (tx as unknown as { session: { client: Sql } }).session.client
}

/** Runs statements in the test's transaction past row security and grants: to arrange what no verb makes, to look. */
export async function asSuperuser<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  if (outer === undefined) return connect().then(({ db }) => db.transaction((tx) => work(tx)))
  const { tx } = outer
  return inTurn(async () => {
    await tx.execute(sql`reset role`)
    return work(tx)
  })
}

/** The ways into this worker's database, for tests that open connections of their own. */
export async function testAccess(): Promise<DatabaseAccess & { superuserUrl: string }> {
  const { name } = await connect()
  const server = inject('testServer')
  const url = new URL(server.superuserUrl)
  url.pathname = `/${name}`
  return { ...embeddedAccess(server.superuserUrl, server.dataDir, name), superuserUrl: url.href }
}

/** Opens the transaction of a test. Called by the hooks in `database-hooks.ts`. */
export async function beginTest(): Promise<void> {
  const { db } = await connect()
  turn = Promise.resolve()
  outer = await new Promise<Outer>((opened, failed) => {
    const finished = db.transaction(async (tx) => {
      await new Promise<void>((finish) => {
        opened({ tx, end: async () => { finish(); await finished } })
      })
      throw rolledBack
    }).catch((error: unknown) => {
      if (error !== rolledBack) failed(error)
    })
  })
}

/** Rolls the test back, with everything it wrote. */
export async function endTest(): Promise<void> {
  const ending = outer
  outer = undefined
  await ending?.end()
}

/** Closes this file's connection. After `withDatabase` the next file gets a copy of its own. */
export async function disconnect({ withDatabase = false } = {}): Promise<void> {
  await connection?.client.end({ timeout: 5 })
  if (withDatabase && connection !== undefined) await dropClone(inject('testServer'), connection.name)
  connection = undefined
}

async function nested(role: PoolRole, work: Nested[0], config?: Nested[1]): Promise<unknown> {
  if (insideTransaction.getStore()) throw new Error('A transaction was opened inside another: pass ctx.tx to the inner verb')
  const { tx } = current()
  return inTurn(async () => {
    // "read only" outlives RELEASE SAVEPOINT, so a reading transaction ends by going back to where it began.
    const reading = config?.accessMode === 'read only'
    let answer: unknown
    try {
      await tx.transaction(async (savepoint) => {
        await savepoint.execute(sql.raw(`set local role ${ROLE[role]}`))
        if (reading) await savepoint.execute(sql`set transaction read only`)
        answer = await insideTransaction.run(true, () => work(savepoint))
        if (reading) throw rolledBack
      })
      return answer
    } catch (error) {
      if (error === rolledBack) return answer
      throw error
    } finally {
      // set_config(…, true) survives RELEASE SAVEPOINT and would hide a verb that forgot its context.
      await tx.execute(sql`select set_config('app.org_id', '', true)`)
    }
  })
}

// One connection serves the test: savepoints of verbs that run at once would otherwise interleave.
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const mine = turn.then(work)
  turn = mine.catch(() => undefined)
  return mine
}

function enterRole(tx: Tx, role: PoolRole): void {
  tx.execute(sql.raw(`set local role ${ROLE[role]}`)).catch(() => undefined)
}

function current(): Outer {
  if (outer === undefined) throw new Error('No test transaction is open: the database is used outside a test')
  return outer
}

async function connect(): Promise<{ client: Sql; db: Db; name: string }> {
  if (connection !== undefined) return connection
  const server = inject('testServer')
  const worker = process.env['VITEST_POOL_ID'] ?? '0'
  const project = process.env['CLEW_TEST_PROJECT'] ?? 'test'
  const name = await cloneTemplate(server, `clew_${project}_${worker}`)
  const url = new URL(server.superuserUrl)
  url.pathname = `/${name}`
  const client = postgres(url.href, { max: 1, onnotice: () => undefined })
  connection = { client, db: drizzle(client, { schema }), name }
  return connection
}
