import type { ISql, TransactionSql } from 'postgres'
import { ProvisionError, type DatabaseAccess, type PoolAccess } from './access'
import { EXTENSIONS, INNER_ROLES, LOGIN_ROLES, ensureRole, grantSettable, locked, quoted, serverVersion, withAdmin } from './roles'

/** Addresses of a PostgreSQL that others run; what is missing falls back to `app`. */
export type ExternalUrls = { app: string; owner?: string; worker?: string; auth?: string; direct?: string }

type Pool = 'owner' | 'app' | 'worker' | 'auth'

const POOL_ROLES = { owner: 'clew_owner', app: 'clew_app', worker: 'clew_worker', auth: 'clew_auth' } as const
const POOLS = Object.keys(POOL_ROLES) as Pool[]

/**
 * Prepares a PostgreSQL that others run (15 or newer). With one login that may create roles, the roles are made
 * and granted to it; with roles made by an administrator, it only checks. @throws ProvisionError
 */
export async function provisionExternal(urls: ExternalUrls): Promise<DatabaseAccess> {
  const owner = urls.owner ?? urls.app
  const problems = await withAdmin(owner, async (sql) => {
    await refuseOldServer(sql)
    return locked(sql, (tx) => prepareExternal(tx, urls))
  })
  if (problems.length > 0) throw new ProvisionError(problems)
  return externalAccess(urls)
}

/** The ways into a PostgreSQL that others run; a login that is not the role itself starts as the role. */
export function externalAccess(urls: ExternalUrls): DatabaseAccess {
  const as = (pool: Pool, url: string): PoolAccess => (userOf(url) === POOL_ROLES[pool] ? { url } : { url, role: POOL_ROLES[pool] })
  return {
    owner: as('owner', urls.owner ?? urls.app),
    app: as('app', urls.app),
    worker: as('worker', urls.worker ?? urls.app),
    auth: as('auth', urls.auth ?? urls.app),
    direct: as('app', urls.direct ?? urls.app),
  }
}

async function prepareExternal(sql: TransactionSql, urls: ExternalUrls): Promise<string[]> {
  const problems: string[] = []
  for (const role of [...LOGIN_ROLES, ...INNER_ROLES]) {
    await attempt(sql, problems, `The role ${role} is missing and this login may not create it: create role ${role} nologin;`, (tx) => ensureRole(tx, role))
  }
  if (problems.length > 0) return problems

  for (const pool of POOLS) {
    const login = userOf(urls[pool] ?? urls.app)
    const role = POOL_ROLES[pool]
    if (login === role) continue
    await attempt(sql, problems, `The login ${login} may not act as ${role}: grant ${role} to "${login}";`, (tx) => grantSettable(tx, role, login))
  }
  for (const role of INNER_ROLES) {
    await attempt(sql, problems, `clew_owner may not act as ${role}: grant ${role} to clew_owner;`, (tx) => grantSettable(tx, role, 'clew_owner'))
  }
  await attempt(sql, problems, 'clew_owner may not create schemas: grant create on database … to clew_owner;', grantDatabase)
  await attempt(sql, problems, 'clew_owner may not use the schema public: grant usage, create on schema public to clew_owner;', grantPublic)
  for (const extension of EXTENSIONS) {
    await attempt(sql, problems, `The extension ${extension} is missing and this login may not create it: create extension ${extension};`, async (tx) => {
      await tx.unsafe(`create extension if not exists ${extension} with schema public`)
    })
  }
  return problems
}

async function grantDatabase(sql: ISql): Promise<void> {
  const [row] = await sql`select current_database() as name, has_database_privilege('clew_owner', current_database(), 'create') as granted`
  if (row?.granted !== true) await sql.unsafe(`grant create, connect, temporary on database ${quoted(String(row?.name))} to clew_owner`)
  await confirm(sql, `has_database_privilege('clew_owner', current_database(), 'create')`)
}

async function grantPublic(sql: ISql): Promise<void> {
  const [row] = await sql`select has_schema_privilege('clew_owner', 'public', 'create') as granted`
  if (row?.granted !== true) await sql.unsafe(`grant usage, create on schema public to clew_owner`)
  await confirm(sql, `has_schema_privilege('clew_owner', 'public', 'create')`)
}

// PostgreSQL only warns when a grant was not possible.
async function confirm(sql: ISql, condition: string): Promise<void> {
  const [row] = await sql.unsafe(`select ${condition} as holds`)
  if (row?.holds !== true) throw new Error('not granted')
}

async function attempt(sql: TransactionSql, problems: string[], sentence: string, act: (tx: ISql) => Promise<void>): Promise<void> {
  try {
    await sql.savepoint(act)
  } catch (error) {
    problems.push(`${sentence} (${(error as Error).message})`)
  }
}

async function refuseOldServer(sql: ISql): Promise<void> {
  if ((await serverVersion(sql)) >= 150_000) return
  throw new ProvisionError(['Clew needs PostgreSQL 15 or newer; the server behind DATABASE_URL is older.'])
}

function userOf(url: string): string {
  return decodeURIComponent(new URL(url).username)
}
