import postgres, { type ISql, type Sql, type TransactionSql } from 'postgres'

const PROVISION_LOCK = 7_265_001

export const LOGIN_ROLES = ['clew_owner', 'clew_app', 'clew_worker', 'clew_auth'] as const
export const INNER_ROLES = ['clew_search', 'clew_resolve', 'clew_privacy'] as const
export const EXTENSIONS = ['pg_trgm', 'btree_gin', 'pgcrypto', 'unaccent'] as const

/** Makes a role that may log in with this password. */
export async function ensureLogin(sql: ISql, role: string, password: string): Promise<void> {
  await ensureRole(sql, role)
  await sql.unsafe(`alter role ${role} login password '${password}'`)
}

/** Makes a role that may do nothing by itself; refuses one that may do too much. */
export async function ensureRole(sql: ISql, role: string): Promise<void> {
  const [found] = await sql`select rolsuper or rolbypassrls or rolcreatedb or rolcreaterole as excessive from pg_roles where rolname = ${role}`
  if (found?.excessive === true) throw new Error(`The role ${role} must be NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE.`)
  // NOINHERIT is what PostgreSQL 15 has in the place of "with inherit false".
  if (!found) await sql.unsafe(`create role ${role} nologin noinherit`)
}

/** Lets `member` become `role` on purpose, never by inheritance: row policies and grants of `role` stay its own. */
export async function grantSettable(sql: ISql, role: string, member: string): Promise<void> {
  const [already] = await sql`
    select 1 from pg_auth_members m
    join pg_roles granted on granted.oid = m.roleid join pg_roles holder on holder.oid = m.member
    where granted.rolname = ${role} and holder.rolname = ${member}
      and coalesce((to_jsonb(m) ->> 'set_option')::boolean, true)`
  if (already) return
  const options = (await serverVersion(sql)) >= 160_000 ? ' with inherit false, set true' : ''
  await sql.unsafe(`grant ${role} to ${quoted(member)}${options}`)
}

/** One short connection for administration. */
export async function withAdmin<T>(url: string, act: (sql: Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined, connection: { application_name: 'clew provision' } })
  try {
    return await act(sql)
  } finally {
    await sql.end({ timeout: 5 })
  }
}

/** One transaction that no other provisioning of this server runs beside. */
export async function locked<T>(sql: Sql, act: (tx: TransactionSql) => Promise<T>): Promise<T> {
  const result = await sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(${PROVISION_LOCK})`
    return { value: await act(tx) }
  })
  return (result as { value: T }).value
}

/** 180004 for 18.4. */
export async function serverVersion(sql: ISql): Promise<number> {
  const [row] = await sql`select current_setting('server_version_num')::int as version`
  return Number(row?.version)
}

/** A name as SQL wants it. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
