import type { ISql } from 'postgres'
import { randomToken } from '~/platform/crypto'
import { keptSecret } from '~/platform/secrets'
import type { DatabaseAccess, PoolAccess } from './provision/access'
import { EXTENSIONS, INNER_ROLES, LOGIN_ROLES, ensureLogin, ensureRole, grantSettable, locked, quoted, withAdmin } from './provision/roles'

export { ProvisionError, urlOf, type DatabaseAccess, type PoolAccess } from './provision/access'
export { externalAccess, provisionExternal, type ExternalUrls } from './provision/external'

/**
 * Makes roles, database and extensions on the embedded server; doing it twice changes nothing. The roles'
 * passwords are random and lie in the data folder. `database` has another name in tests only.
 */
export async function provisionEmbedded(superuserUrl: string, dataDir: string, database = 'clew'): Promise<DatabaseAccess> {
  await withAdmin(superuserUrl, async (sql) => {
    await locked(sql, async (tx) => {
      for (const role of LOGIN_ROLES) await ensureLogin(tx, role, rolePassword(dataDir, role))
      for (const role of INNER_ROLES) await ensureRole(tx, role)
      for (const role of INNER_ROLES) await grantSettable(tx, role, 'clew_owner')
    })
    await ensureDatabase(sql, database)
  })
  await withAdmin(onDatabase(superuserUrl, database), async (sql) => {
    await sql.unsafe(`grant create, usage on schema public to clew_owner`)
    for (const extension of EXTENSIONS) await sql.unsafe(`create extension if not exists ${extension} with schema public`)
  })
  return embeddedAccess(superuserUrl, dataDir, database)
}

/** The ways into an embedded server that was provisioned before. */
export function embeddedAccess(superuserUrl: string, dataDir: string, database = 'clew'): DatabaseAccess {
  const as = (role: string): PoolAccess => ({ url: asLogin(onDatabase(superuserUrl, database), role, rolePassword(dataDir, role)) })
  return { owner: as('clew_owner'), app: as('clew_app'), worker: as('clew_worker'), auth: as('clew_auth'), direct: as('clew_app') }
}

async function ensureDatabase(sql: ISql, database: string): Promise<void> {
  const [found] = await sql`select 1 from pg_database where datname = ${database}`
  if (found) return
  try {
    await sql.unsafe(`create database ${quoted(database)} owner clew_owner`)
  } catch (error) {
    if (!['42P04', '23505'].includes((error as { code?: string }).code ?? '')) throw error
  }
  await sql.unsafe(`revoke all on database ${quoted(database)} from public`)
  await sql.unsafe(`grant connect on database ${quoted(database)} to ${LOGIN_ROLES.join(', ')}`)
}

function rolePassword(dataDir: string, role: string): string {
  return keptSecret(dataDir, `database-${role}`, () => randomToken(24))
}

function asLogin(url: string, user: string, password: string): string {
  const parsed = new URL(url)
  parsed.username = user
  parsed.password = password
  return parsed.href
}

function onDatabase(url: string, database: string): string {
  const parsed = new URL(url)
  parsed.pathname = `/${database}`
  return parsed.href
}
