import { eq } from 'drizzle-orm'
import postgres, { type Sql } from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSource, receiveDelivery, receiptState } from '~/domain/capture'
import { reading, type Context } from '~/domain/kernel'
import { listLeads } from '~/domain/leads'
import { createOrganisation, newOrganisationContext } from '~/domain/orgs'
import { forgetEnv } from '~/platform/env'
import { closeDatabase, database, serveAs } from '~db/client.server'
import { migrate, pendingMigrations } from '~db/migrate'
import { provisionExternal, ProvisionError } from '~db/provision'
import { deliveries } from '~db/schema'
import { startWorker } from '~jobs/start-worker'
import { bareEmbedded, bareInstalled, installedPostgres, type BareServer } from '~tests/support/bare-server'
import { useCommittedRows } from '~tests/support/committed-rows'
import { Webhook } from 'standardwebhooks'
import { eventually } from './jobs/handled'

useCommittedRows()

const APP_ROLES = ['clew_app', 'clew_worker', 'clew_auth']
const addresses = ['DATABASE_URL', 'DATABASE_OWNER_URL', 'DATABASE_WORKER_URL', 'DATABASE_AUTH_URL', 'DATABASE_DIRECT_URL']
const bin = installedPostgres()
const servers: [string, (() => Promise<BareServer>) | null][] = [
  ['the embedded version', bareEmbedded],
  ['an installed version', bin === null ? null : () => bareInstalled(bin)],
]
if (bin === null) process.stdout.write('skipped: one login on an installed PostgreSQL (no /usr/lib/postgresql/*/bin, no postgres on the path)\n')

describe.each(servers)('a PostgreSQL with one login that may create roles: %s', (_name, start) => {
  const test = start === null ? it.skip : it
  let server: BareServer
  let admin: Sql
  let url = ''

  beforeAll(async () => {
    if (start === null) return
    server = await start()
    const outside = postgres(server.superuserUrl, { max: 1, onnotice: () => undefined })
    await outside.unsafe(`create role hosted login createrole nosuperuser nobypassrls password 'of-the-hoster'`)
    await outside.unsafe('create database hosted_clew owner hosted')
    await outside.end({ timeout: 2 })
    url = at(server.superuserUrl, 'hosted:of-the-hoster')
    admin = postgres(at(server.superuserUrl), { max: 1, onnotice: () => undefined })
    await closeDatabase()
    for (const name of addresses) Reflect.deleteProperty(process.env, name)
    process.env['DATABASE_URL'] = url
    forgetEnv()
  })

  afterAll(async () => {
    if (start === null) return
    serveAs('app')
    await closeDatabase()
    await admin.end({ timeout: 2 })
    await server.stop()
  })

  const names = async (query: string) => (await admin.unsafe<{ name: string }[]>(query)).map(({ name }) => name).sort()

  test('is provisioned and migrated, and doing it twice changes nothing', async () => {
    const access = await provisionExternal({ app: url })
    for (const [pool, role] of Object.entries({ owner: 'clew_owner', app: 'clew_app', worker: 'clew_worker', auth: 'clew_auth', direct: 'clew_app' })) {
      expect(access[pool as keyof typeof access]).toEqual({ url, role })
    }
    const first = await migrate(access)
    expect(first.applied).toBe(first.total)
    expect(await pendingMigrations(access.owner)).toBe(0)
    expect(await provisionExternal({ app: url })).toEqual(access)
    expect((await migrate(access)).applied).toBe(0)
  }, 120_000)

  test('a message becomes a lead through pools that start as their role', async () => {
    const now = new Date()
    const ctx: Context = newOrganisationContext('test', now)
    await createOrganisation(ctx, { name: 'Hosted' })
    const source = await createSource(ctx, { connector: 'standard', name: 'Form' })
    const raw = JSON.stringify({ data: { external_id: 'a-1', full_name: '王芳', mobile: '13800138000' } })
    const reply = await receiveDelivery({
      connector: 'standard', sourceKey: source.sourceKey, raw: Buffer.from(raw), query: new URLSearchParams(), requestId: 'test', now,
      headers: { 'webhook-id': 'msg_1', 'webhook-timestamp': String(Math.floor(now.getTime() / 1000)), 'webhook-signature': new Webhook(source.secret ?? '').sign('msg_1', now, raw) },
    })
    expect(reply.status).toBe(200)
    serveAs('worker')
    const worker = await startWorker({ firstRetryMs: 50 })
    await eventually(async () => (await receiptState(reply.headers['Clew-Receipt'] ?? '')).state === 'processed')
    await worker.stop()
    serveAs('app')
    expect((await listLeads(ctx, {})).rows).toMatchObject([{ person: { name: '王芳' } }])
    // Without an organisation the same pool sees nothing, though its login owns the database.
    expect(await database().select().from(deliveries)).toEqual([])
    expect(await reading(newOrganisationContext('test', now), ({ tx }) => tx?.select().from(deliveries).where(eq(deliveries.orgId, ctx.orgId)) ?? Promise.resolve(null))).toEqual([])
  }, 60_000)

  test('leaves the roles of the application without property, and every table behind forced row security', async () => {
    expect(await names(`select r.rolname as name from pg_shdepend d join pg_roles r on r.oid = d.refobjid
      where d.refclassid = 'pg_authid'::regclass and d.deptype = 'o' and r.rolname = any ('{${APP_ROLES.join(',')}}')
        and not exists (select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = d.objid and n.nspname = 'bullmq')`)).toEqual([])
    const tenant = `from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'org_id' and not a.attisdropped
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition`
    expect(await names(`select c.relname as name ${tenant} and not (c.relrowsecurity and c.relforcerowsecurity)`)).toEqual([])
    expect((await names(`select c.relname as name ${tenant}`)).length).toBeGreaterThan(20)
    expect(await names(`select c.relname as name ${tenant} and pg_get_userbyid(c.relowner) <> 'clew_owner'`)).toEqual([])
    expect(await names(`select rolname as name from pg_roles where rolname like 'clew\\_%' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolcanlogin)`)).toEqual([])
    expect(await names(`select m.rolname || ' becomes ' || r.rolname as name from pg_auth_members a join pg_roles m on m.oid = a.member join pg_roles r on r.oid = a.roleid where m.rolname = any ('{${APP_ROLES.join(',')}}')`)).toEqual([])
  })

  test('a login that may not create roles hears what its administrator has to do', async () => {
    await admin.unsafe(`create role poor login nosuperuser password 'poor'`)
    await admin.unsafe('create database hosted_poor owner poor')
    const poor = new URL(at(server.superuserUrl, 'poor:poor'))
    poor.pathname = '/hosted_poor'
    const refused: unknown = await provisionExternal({ app: poor.href }).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(ProvisionError)
    expect((refused as ProvisionError).problems.join('\n')).toMatch(/grant clew_app to "poor"/)
  })
})

function at(superuserUrl: string, login?: string): string {
  const address = new URL(superuserUrl)
  address.pathname = '/hosted_clew'
  if (login === undefined) return address.href
  const [user = '', password = ''] = login.split(':')
  address.username = user
  address.password = password
  return address.href
}
