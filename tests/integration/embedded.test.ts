import { execFile, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findRunningEmbedded, isEmbeddedAlive, startEmbedded, type Embedded } from '~db/embedded'
import { mendDriver } from '~db/mend-driver'
import { provisionEmbedded, urlOf, type DatabaseAccess } from '~db/provision'

let dataDir: string
let server: Embedded

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'clew-embedded-'))
  chmodSync(dataDir, 0o711)
  server = await startEmbedded({ dataDir })
}, 120_000)

afterAll(async () => {
  await (await findRunningEmbedded(dataDir))?.stop()
  rmSync(dataDir, { recursive: true, force: true })
}, 60_000)

async function ask<T>(url: string, act: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined })
  try {
    return await act(sql)
  } finally {
    await sql.end({ timeout: 2 })
  }
}

async function untilGone(pid: number): Promise<void> {
  for (let turn = 0; turn < 500 && isEmbeddedAlive(pid); turn++) await sleep(20)
}

describe('the embedded PostgreSQL', () => {
  it('listens on the loopback only and asks for its password', async () => {
    const wrong = server.superuserUrl.replace(/:[^:@]+@/, ':wrong@')
    await expect(ask(wrong, (sql) => sql`select 1`)).rejects.toMatchObject({ code: '28P01' })
    const [row] = await ask(server.superuserUrl, (sql) => sql`select current_setting('listen_addresses') as addresses`)
    expect(row).toEqual({ addresses: '127.0.0.1' })
  })

  it('sees letters in Chinese names', async () => {
    const [row] = await ask(server.superuserUrl, async (sql) => {
      await sql`create extension if not exists pg_trgm`
      return sql<{ grams: string[] }[]>`select show_trgm('张伟') as grams`
    })
    expect(row?.grams.length).toBeGreaterThan(0)
  })

  it('is found again instead of started twice, also by many at once', async () => {
    const all = await Promise.all(Array.from({ length: 3 }, () => startEmbedded({ dataDir })))
    expect(new Set(all.map(({ pid }) => pid))).toEqual(new Set([server.pid]))
    expect(all.every(({ attached }) => attached)).toBe(true)
  })

  it('keeps every committed row over kill -9, on the same port', async () => {
    await ask(server.superuserUrl, async (sql) => {
      await sql`create table kept (n int)`
      await sql`insert into kept select generate_series(1, 1000)`
    })
    process.kill(server.pid, 'SIGKILL')
    await untilGone(server.pid)
    const again = await startEmbedded({ dataDir, port: server.port })
    expect(again).toMatchObject({ attached: false, port: server.port })
    const [row] = await ask(again.superuserUrl, (sql) => sql`select count(*)::int as rows from kept`)
    expect(row).toEqual({ rows: 1000 })
    server = again
  }, 60_000)

  it('starts over a pid file whose number belongs to another program now', async () => {
    const path = join(dataDir, 'postgres/postmaster.pid')
    const lines = readFileSync(path, 'utf8').split('\n')
    await server.stop()
    const stranger = spawn('sleep', ['60'])
    try {
      writeFileSync(path, [stranger.pid, ...lines.slice(1)].join('\n'))
      expect(await findRunningEmbedded(dataDir)).toBeUndefined()
      server = await startEmbedded({ dataDir })
      expect(server.attached).toBe(false)
      expect(stranger.exitCode).toBeNull()
    } finally {
      stranger.kill()
    }
  }, 60_000)

  it('stops when told to, and then is not found', async () => {
    await server.stop()
    expect(isEmbeddedAlive(server.pid)).toBe(false)
    expect(await findRunningEmbedded(dataDir)).toBeUndefined()
    server = await startEmbedded({ dataDir })
  }, 60_000)
})

describe('the driver', () => {
  // In a process of its own: unmended, the driver throws from a timer and ends the process.
  const story = `
    import postgres from 'postgres'
    const sql = postgres(process.argv[1], { max: 2, onnotice() {} })
    const held = await sql.reserve()
    const [{ pid }] = await held\`select pg_backend_pid() as pid\`
    await sql\`select pg_terminate_backend(\${pid})\`
    await new Promise((done) => setTimeout(done, 300))
    await held\`select 1\`.catch((error) => console.log(error.code))
    held.release()
    // Given back dead, it may refuse one more query; after that it has to be whole.
    await Promise.allSettled([sql\`select 1\`, sql\`select 2\`])
    for (let turn = 0; turn < 20; turn++) await Promise.all([sql\`select 1\`, sql\`select 2\`])
    console.log('alive')
    process.exit(0)`

  it('outlives a server that goes away under a held connection', async () => {
    expect(mendDriver()).toBe(true)
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', story, server.superuserUrl], { timeout: 20_000 })
    expect(stdout.trim().split('\n')).toEqual(['CONNECTION_CLOSED', 'alive'])
  }, 30_000)
})

describe('provisioning', () => {
  let access: DatabaseAccess

  beforeAll(async () => {
    access = await provisionEmbedded(server.superuserUrl, dataDir)
  }, 60_000)

  it('gives each pool its own role, none of which may do more than it must', async () => {
    for (const [pool, role] of [['owner', 'clew_owner'], ['app', 'clew_app'], ['worker', 'clew_worker'], ['auth', 'clew_auth'], ['direct', 'clew_app']] as const) {
      const [row] = await ask(urlOf(access[pool]), (sql) => sql`
        select current_user as name, rolsuper or rolbypassrls or rolcreatedb or rolcreaterole as excessive
        from pg_roles where rolname = current_user`)
      expect(row).toEqual({ name: role, excessive: false })
    }
  })

  it('is the same the second time, and keeps the passwords to their owner', async () => {
    expect(await provisionEmbedded(server.superuserUrl, dataDir)).toEqual(access)
    const [row] = await ask(urlOf(access.owner), (sql) => sql`select count(*)::int as roles from pg_roles where rolname like 'clew\\_%'`)
    expect(row).toEqual({ roles: 7 })
  })

  it('lets the owner hand functions to clew_search without inheriting from it', async () => {
    const name = await ask(urlOf(access.owner), async (sql) => {
      await sql.unsafe(`create schema tryout; grant create, usage on schema tryout to clew_search;
        create function tryout.whoami() returns text language sql security definer set search_path = pg_catalog as 'select current_user::text';
        alter function tryout.whoami() owner to clew_search`)
      const [row] = await sql`select tryout.whoami() as name, pg_has_role('clew_owner', 'clew_search', 'usage') as inherits`
      await sql.unsafe('drop schema tryout cascade')
      return row
    })
    expect(name).toEqual({ name: 'clew_search', inherits: false })
  })
})
