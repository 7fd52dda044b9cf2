import { sql } from 'drizzle-orm'
import postgres, { type Sql } from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemContext } from '~/domain/kernel'
import { listLeads } from '~/domain/leads'
import { newId, toUuid } from '~/lib/ids'
import { asSuperuser, testAccess } from '~tests/support/database'
import { useCommittedRows } from '~tests/support/committed-rows'
import { NOON } from '~tests/support/organisations'
import { random, seed } from '~tests/support/seed'
import { rowsOf } from '~tests/support/standing-cases'
import { aTrustWorld, type World } from './world'

useCommittedRows()

type Column = { table: string; names: string[]; appendOnly: boolean }
let a: World
let b: World
let app: Sql
let tables: Column[]
const run = newId('org').slice(-8)

beforeAll(async () => {
  a = await aTrustWorld(`cnry_RA_${run}`)
  b = await aTrustWorld(`cnry_RB_${run}`)
  app = postgres((await testAccess()).app.url, { max: 2, onnotice: () => undefined })
  tables = await asSuperuser(async (tx) => [...await tx.execute<Column>(sql`
    select c.relname as table, array_agg(a.attname::text order by a.attnum) filter (where a.attgenerated = '' and a.attidentity = '') as names,
      not has_table_privilege('clew_app', c.oid, 'delete') as "appendOnly"
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and exists (select from pg_attribute o where o.attrelid = c.oid and o.attname = 'org_id')
    group by c.oid, c.relname order by 1`)])
})
afterAll(() => app.end({ timeout: 5 }))

const contexts: Record<string, () => string | null> = { unset: () => null, empty: () => '', garbage: () => "x' or true --", other: () => toUuid(a.org.orgId) }
const quoted = (name: string) => `"${name}"`

/** Runs one statement as the application in a transaction that is taken back; answers its rows or its refusal. */
async function tried(context: string | null, statement: string): Promise<{ rows: number; refusal: string | null }> {
  let rows = -1
  const refusal = await app.begin(async (tx) => {
    if (context !== null) await tx`select set_config('app.org_id', ${context}, true)`
    rows = (await tx.unsafe(statement)).count
    throw new Error('taken back')
  }).catch((error: unknown) => (error instanceof Error ? ((error as { code?: string }).code ?? error.message) : 'unknown'))
  return { rows, refusal: refusal === 'taken back' ? null : String(refusal) }
}

describe('T28: the application reads and writes no row of an organisation it has not said', () => {
  it('has tables to try, with rows of B in most', async () => {
    expect(tables.length).toBeGreaterThan(35)
    const filled = Object.values(await rowsOf(b.org)).filter((digest) => !digest.startsWith('0 '))
    expect(filled.length).toBeGreaterThan(25)
  })

  it.each(Object.keys(contexts))('context %s: select, insert, update and delete of B come to nothing', async (name) => {
    const before = await rowsOf(b.org)
    const org = toUuid(b.org.orgId)
    const context = contexts[name]?.() ?? null
    for (const { table, names, appendOnly } of tables) {
      const columns = names.map(quoted).join(', ')
      const where = `where org_id = '${org}'`
      const read = await tried(context, `select 1 from ${quoted(table)} ${where}`)
      expect(read.rows === 0 || read.refusal !== null, `select ${table}: ${JSON.stringify(read)}`).toBe(true)
      const insert = await tried(context, `insert into ${quoted(table)} (${columns}) values (${names.map((column) => (column === 'org_id' ? `'${org}'` : 'default')).join(', ')})`)
      expect(['42501', '22P02'], `insert ${table}: ${JSON.stringify(insert)}`).toContain(insert.refusal)
      for (const verb of [`update ${quoted(table)} set org_id = org_id ${where}`, `delete from ${quoted(table)} ${where}`]) {
        const changed = await tried(context, verb)
        const harmless = changed.refusal === null ? changed.rows === 0 && !appendOnly : ['42501', '22P02'].includes(changed.refusal)
        expect(harmless, `${verb}: ${JSON.stringify(changed)}`).toBe(true)
      }
      expect((await tried(context, `truncate ${quoted(table)} cascade`)).refusal, `truncate ${table}`).toBe('42501')
    }
    expect(await rowsOf(b.org)).toEqual(before)
  })

  it('as A, its own rows cannot be handed to B', async () => {
    const before = await rowsOf(b.org)
    for (const { table, appendOnly } of tables) {
      if (appendOnly) continue
      const moved = await tried(toUuid(a.org.orgId), `update ${quoted(table)} set org_id = '${toUuid(b.org.orgId)}'`)
      expect(moved.refusal !== null || moved.rows === 0, `${table}: ${JSON.stringify(moved)}`).toBe(true)
    }
    expect(await rowsOf(b.org)).toEqual(before)
  })

  it('search, which goes past the policies, finds nothing without or outside an organisation', async () => {
    const find = `select * from clew_find.leads(array[]::text[], '+8613800138000', 100)`
    expect((await tried(null, find)).rows).toBe(0)
    expect((await tried('', find)).rows).toBe(0)
    const mine = await app.begin(async (tx) => {
      await tx`select set_config('app.org_id', ${toUuid(a.org.orgId)}, true)`
      const found = (await tx.unsafe(find)) as unknown as { id: string }[]
      const foreign = await tx`select 1 from leads where id = any(${found.map(({ id }) => id)}) and org_id <> ${toUuid(a.org.orgId)}`
      const known = await tx`select 1 from leads where id = any(${found.map(({ id }) => id)})`
      return { found: found.length, foreign: foreign.length, known: known.length }
    })
    expect(mine.found).toBeGreaterThan(0)
    expect(mine).toEqual({ found: mine.known, foreign: 0, known: mine.known })
  })

  it('accounts, purging and migrating are not the application’s', async () => {
    for (const statement of ['select * from auth."user"', 'select * from auth.session', `select clew_ops.purge_org('${toUuid(b.org.orgId)}')`, 'select * from drizzle.__drizzle_migrations', 'set role clew_owner', 'set role clew_worker', 'set row_security = off; select 1 from leads']) {
      const { refusal, rows } = await tried(toUuid(b.org.orgId), statement)
      expect(refusal !== null || rows <= 0 || statement.startsWith('set row_security'), `${statement}: ${String(refusal)} ${String(rows)}`).toBe(true)
      if (statement.startsWith('set row_security')) expect((await tried(toUuid(a.org.orgId), `${statement} where org_id = '${toUuid(b.org.orgId)}'`)).refusal === null).toBe(false)
    }
  })
})

describe('T29: pooled connections carry nothing over', () => {
  it('2,000 interleaved requests over a pool of 2, with errors and aborts: 0 foreign rows', async () => {
    const draw = random(seed())
    const worlds = [a, b]
    const seen = { foreign: 0, mine: 0, bare: 0, failed: 0 }
    const request = async (): Promise<void> => {
      const world = worlds[Math.floor(draw() * 2)] ?? a
      const kind = draw()
      try {
        if (kind < 0.15) {
          seen.bare += (await app`select 1 from leads`).length
          return
        }
        await app.begin(async (tx) => {
          await tx`select set_config('app.org_id', ${toUuid(world.org.orgId)}, true)`
          if (kind < 0.3) throw new Error('the request failed')
          if (kind < 0.45) await tx`select 1 / 0`
          if (kind < 0.47) {
            const slow = tx`select pg_sleep(5)`
            setImmediate(() => slow.cancel())
            await slow
          }
          const rows = await tx<{ org_id: string }[]>`select org_id from leads`
          seen.mine += rows.length
          seen.foreign += rows.filter(({ org_id: org }) => org !== toUuid(world.org.orgId)).length
        })
      } catch {
        seen.failed += 1
      }
    }
    await Promise.all(Array.from({ length: 2_000 }, request))
    expect(seen.foreign).toBe(0)
    expect(seen.bare).toBe(0)
    expect(seen.mine).toBeGreaterThan(600)
    expect(seen.failed).toBeGreaterThan(300)
  })

  it('verbs of two organisations at once, a third of them refused, each see their own', async () => {
    const draw = random(seed() + 1)
    const told = await Promise.all(Array.from({ length: 300 }, async () => {
      const world = draw() < 0.5 ? a : b
      const other = world === a ? b : a
      const ctx = systemContext(world.org.orgId, 'test', NOON)
      if (draw() < 0.33) return listLeads(ctx, { cursor: 'not a cursor' }).then(() => 'answered', () => 'refused')
      const text = JSON.stringify(await listLeads(ctx, {}), (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))
      return text.includes(other.mark) || !text.includes(world.mark) ? 'foreign' : 'own'
    }))
    expect(told).not.toContain('foreign')
    expect(told).not.toContain('answered')
    expect(told.filter((each) => each === 'own').length).toBeGreaterThan(100)
  })
})
