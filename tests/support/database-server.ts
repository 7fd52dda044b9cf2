import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { findRunningEmbedded, startEmbedded } from '~db/embedded'
import { migrate } from '~db/migrate'
import { provisionEmbedded } from '~db/provision'

/** Where the database of this run is; handed to every worker. */
export type TestServer = { superuserUrl: string; dataDir: string }

export const TEMPLATE = 'clew_template'
const PREFIX = 'clew-test-'

/** Starts an embedded server of its own for this run and migrates the template that workers clone. */
export async function startTestServer(): Promise<TestServer & { stop: () => Promise<void> }> {
  await sweep()
  const dataDir = mkdtempSync(join(tmpdir(), `${PREFIX}${String(process.pid)}-`))
  const server = await startEmbedded({ dataDir, durable: false })
  const access = await provisionEmbedded(server.superuserUrl, dataDir, TEMPLATE)
  await migrate(access)
  return {
    superuserUrl: server.superuserUrl,
    dataDir,
    stop: async () => {
      await server.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** A database of its own, copied from the template; returns its name. A copy left by an earlier file is used again. */
export async function cloneTemplate(server: TestServer, name: string, fresh = false): Promise<string> {
  const sql = postgres(server.superuserUrl, { max: 1, onnotice: () => undefined })
  try {
    if (fresh) await dropClone(server, name)
    const [known] = await sql`select 1 from pg_database where datname = ${name}`
    if (known !== undefined) return name
    await sql.unsafe(`create database ${name} template ${TEMPLATE} owner clew_owner`)
    // Rights on a database are not copied with it.
    await sql.unsafe(`revoke all on database ${name} from public`)
    await sql.unsafe(`grant connect on database ${name} to clew_owner, clew_app, clew_worker, clew_auth`)
    await sql.unsafe(`grant temporary on database ${name} to clew_worker`)
    return name
  } finally {
    await sql.end({ timeout: 5 })
  }
}

/** Removes a copy, whoever is connected to it. */
export async function dropClone(server: TestServer, name: string): Promise<void> {
  const sql = postgres(server.superuserUrl, { max: 1, onnotice: () => undefined })
  await sql.unsafe(`drop database if exists ${name} with (force)`)
  await sql.end({ timeout: 5 })
}

// A run that was killed leaves its server behind, because the server is detached: its process id tells.
async function sweep(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1] ?? Number.NaN)
    if (Number.isNaN(pid) || existsSync(`/proc/${String(pid)}`) || !existsSync('/proc')) continue
    const dataDir = join(tmpdir(), name)
    const orphan = await findRunningEmbedded(dataDir).catch(() => undefined)
    await orphan?.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}
