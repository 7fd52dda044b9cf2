import postgres, { type Sql } from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testAccess } from '~tests/support/database'

// T27: the second lock, read from the catalogue of the migrated database. A new table without it fails here.
const APP_ROLES = ['clew_app', 'clew_worker', 'clew_auth']
const ROLES = [...APP_ROLES, 'clew_owner', 'clew_search', 'clew_resolve', 'clew_privacy']
// Tables without an organisation, each with its reason.
const GLOBAL_TABLES: Record<string, string> = {}
// Indexes of tenant tables that need not begin with org_id.
const FREE_INDEXES: Record<string, string> = {
  api_keys_secret: 'found before the organisation is known: clew_resolve.api_key',
  calendar_feeds_by_token: 'found before the organisation is known: clew_resolve.calendar_feed',
  deliveries_receipt: 'found before the organisation is known: clew_resolve.receipt',
  fetches_waiting: 'the schedule works across organisations: clew_resolve.due_fetches',
  invitations_by_token: 'found before the organisation is known: clew_resolve.invitation',
  members_of_user: "a person's organisations, at sign-in: clew_resolve.memberships",
  notice_sends_due: 'the schedule works across organisations: clew_resolve.due_notice_sends',
  outreach_mails_by_token: 'found before the organisation is known: clew_resolve.unsubscription',
  outreach_mails_due: 'the schedule works across organisations: clew_resolve.due_mails',
  outbox_unsettled: 'the relay works across organisations',
  outbox_waiting: 'the relay works across organisations',
  lead_scores_due: 'the schedule works across organisations: clew_resolve.due_scores',
  rescorings_open: 'the schedule works across organisations: clew_resolve.open_rescorings',
  queue_items_due: 'the schedule works across organisations: clew_resolve.due_queue_items',
  robot_posts_due: 'the schedule works across organisations: clew_resolve.due_robot_posts',
  sla_clocks_timer: 'the schedule works across organisations: clew_resolve.due_clocks',
  sources_key: 'found before the organisation is known: clew_resolve.source',
}
// Unique beyond one organisation: random keys, from which nothing about another organisation can be learned.
const FREE_UNIQUE = ['sources_key']
// Tables that clew_worker sees whole, by policies of its own.
const WORKER_SEES = ['outbox', 'outbox_receipts']
const DEFINERS = [
  'clew_find.contacts as clew_search', 'clew_find.leads as clew_search', 'clew_find.leads_of as clew_search', 'clew_find.named as clew_search', 'clew_find.owned as clew_search',
  'clew_ops.analyse_intake as clew_owner', 'clew_ops.applied_migrations as clew_owner', 'clew_ops.ensure_partitions as clew_owner',
  'clew_ops.purge_org as clew_privacy', 'clew_ops.take_back_import as clew_privacy', 'clew_resolve.api_key as clew_resolve', 'clew_resolve.calendar_feed as clew_resolve',
  'clew_resolve.due_clocks as clew_resolve', 'clew_resolve.due_fetches as clew_resolve', 'clew_resolve.due_mails as clew_resolve', 'clew_resolve.due_notice_sends as clew_resolve', 'clew_resolve.due_queue_items as clew_resolve', 'clew_resolve.due_robot_posts as clew_resolve', 'clew_resolve.due_scores as clew_resolve', 'clew_resolve.invitation as clew_resolve',
  'clew_resolve.memberships as clew_resolve', 'clew_resolve.open_rescorings as clew_resolve', 'clew_resolve.organisations as clew_resolve', 'clew_resolve.receipt as clew_resolve', 'clew_resolve.source as clew_resolve', 'clew_resolve.sources_of as clew_resolve', 'clew_resolve.unsubscription as clew_resolve',
]
const MATERIALISED: string[] = []

let sql: Sql

beforeAll(async () => {
  const { superuserUrl } = await testAccess()
  sql = postgres(superuserUrl, { max: 1, onnotice: () => undefined })
  await sql.unsafe(`
    create temp view ours as select c.oid, c.relname, c.relkind, n.nspname, c.relowner, c.relrowsecurity, c.relforcerowsecurity, c.relispartition, c.reloptions
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast', 'bullmq', 'drizzle') and n.nspname not like 'pg_temp%' and n.nspname not like 'pg_toast%'
        and not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype = 'e');
    create temp view tenant as select o.* from ours o where o.relkind in ('r', 'p') and not o.relispartition
      and exists (select 1 from pg_attribute a where a.attrelid = o.oid and a.attname = 'org_id' and not a.attisdropped);`)
})

afterAll(async () => {
  await sql.end({ timeout: 5 })
})

async function names(query: string): Promise<string[]> {
  const rows = await sql.unsafe<{ name: string }[]>(query)
  return rows.map(({ name }) => name).sort()
}

describe('tenant tables', () => {
  it('are all tables of schema public but the listed ones', async () => {
    const without = await names(`select relname as name from ours where nspname = 'public' and relkind in ('r', 'p') and not relispartition and oid not in (select oid from tenant)`)
    expect(without).toEqual(Object.keys(GLOBAL_TABLES).sort())
    expect((await names('select relname as name from tenant')).length).toBeGreaterThan(20)
  })

  it('always name their organisation', async () => {
    expect(await names(`select t.relname as name from tenant t join pg_attribute a on a.attrelid = t.oid and a.attname = 'org_id' where not a.attnotnull or a.atttypid <> 'uuid'::regtype`)).toEqual([])
  })

  it('have row security enabled and forced', async () => {
    expect(await names('select relname as name from tenant where not (relrowsecurity and relforcerowsecurity)')).toEqual([])
  })

  it('have a policy on the organisation for reading and for writing', async () => {
    expect(await names(`select t.relname as name from tenant t where not exists (
      select 1 from pg_policy p where p.polrelid = t.oid and p.polpermissive and p.polcmd = '*'
        and pg_get_expr(p.polqual, p.polrelid) like '%app.org_id%' and pg_get_expr(p.polwithcheck, p.polrelid) like '%app.org_id%')`)).toEqual([])
  })

  it('open no policy to the application that leaves the organisation out', async () => {
    expect(await names(`select t.relname || '.' || p.polname as name from tenant t join pg_policy p on p.polrelid = t.oid
      where (p.polroles && array['clew_app'::regrole::oid, 'clew_auth'::regrole::oid, 0::oid])
        and (coalesce(pg_get_expr(p.polqual, p.polrelid), 'app.org_id') not like '%app.org_id%' or coalesce(pg_get_expr(p.polwithcheck, p.polrelid), 'app.org_id') not like '%app.org_id%')`)).toEqual([])
  })

  it('are seen whole by the worker only where the relay needs it', async () => {
    expect(await names(`select distinct t.relname as name from tenant t join pg_policy p on p.polrelid = t.oid
      where 'clew_worker'::regrole::oid = any (p.polroles) and coalesce(pg_get_expr(p.polqual, p.polrelid), '') not like '%app.org_id%'`)).toEqual(WORKER_SEES)
  })

  it('have org_id first in every key and index', async () => {
    const loose = await names(`select i.indexrelid::regclass::text as name from pg_index i join tenant t on t.oid = i.indrelid
      left join pg_attribute a on a.attrelid = t.oid and a.attnum = i.indkey[0] where a.attname is distinct from 'org_id'`)
    expect(loose).toEqual(Object.keys(FREE_INDEXES).sort())
  })

  it('have no unique index without the organisation, listed or not', async () => {
    expect(await names(`select i.indexrelid::regclass::text as name from pg_index i join tenant t on t.oid = i.indrelid
      where i.indisunique and not exists (select 1 from pg_attribute a where a.attrelid = t.oid and a.attname = 'org_id' and a.attnum = any (i.indkey))`)).toEqual(FREE_UNIQUE)
    expect(await names(`select relname as name from tenant t where not exists (select 1 from pg_index i where i.indrelid = t.oid and i.indisprimary)`)).toEqual([])
  })

  it('refer to each other within one organisation', async () => {
    expect(await names(`select c.conrelid::regclass || '.' || c.conname as name from pg_constraint c join tenant t on t.oid = c.conrelid
      join pg_attribute mine on mine.attrelid = c.conrelid and mine.attnum = c.conkey[1]
      join pg_attribute theirs on theirs.attrelid = c.confrelid and theirs.attnum = c.confkey[1]
      where c.contype = 'f' and c.confrelid in (select oid from tenant) and (mine.attname <> 'org_id' or theirs.attname <> 'org_id')`)).toEqual([])
  })

  it('are not reached through their partitions', async () => {
    const grants = await names(`select o.relname || ' to ' || r.rolname as name from ours o cross join pg_roles r
      where o.relispartition and r.rolname = any ('{${APP_ROLES.join(',')}}') and has_table_privilege(r.oid, o.oid, 'select, insert, update, delete, truncate')`)
    expect(grants).toEqual([])
  })
})

describe('roles', () => {
  it('are all there, and none may pass row security or make roles', async () => {
    expect(await names(`select rolname as name from pg_roles where rolname like 'clew\\_%'`)).toEqual([...ROLES].sort())
    expect(await names(`select rolname as name from pg_roles where rolname like 'clew\\_%' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)`)).toEqual([])
  })

  it('of the application own nothing', async () => {
    expect(await names(`select r.rolname || ' owns ' || pg_describe_object(d.classid, d.objid, d.objsubid) as name from pg_shdepend d
      join pg_roles r on r.oid = d.refobjid where d.refclassid = 'pg_authid'::regclass and d.deptype = 'o' and d.dbid in (0, (select oid from pg_database where datname = current_database()))
      and r.rolname = any ('{${APP_ROLES.join(',')}}')`)).toEqual([])
  })

  it('of the application become no other role', async () => {
    expect(await names(`select m.rolname || ' becomes ' || r.rolname as name from pg_auth_members a join pg_roles m on m.oid = a.member join pg_roles r on r.oid = a.roleid where m.rolname = any ('{${APP_ROLES.join(',')}}')`)).toEqual([])
  })

  it('of the application cannot truncate, refer to or put triggers on our tables', async () => {
    expect(await names(`select r.rolname || ' on ' || o.relname as name from ours o cross join pg_roles r
      where o.relkind in ('r', 'p') and r.rolname = any ('{${APP_ROLES.join(',')}}') and has_table_privilege(r.oid, o.oid, 'truncate, references, trigger')`)).toEqual([])
  })

  it('of the application make nothing in our schemas', async () => {
    expect(await names(`select r.rolname || ' in ' || n.nspname as name from pg_namespace n cross join pg_roles r
      where n.nspname in (select nspname from ours) and r.rolname = any ('{${APP_ROLES.join(',')}}') and has_schema_privilege(r.oid, n.oid, 'create')`)).toEqual([])
  })
})

describe('ways around', () => {
  it('views ask as the one who asks', async () => {
    expect(await names(`select relname as name from ours where relkind = 'v' and not coalesce(reloptions @> array['security_invoker=true'] or reloptions @> array['security_invoker=on'], false)`)).toEqual([])
    expect(await names(`select relname as name from ours where relkind = 'm'`)).toEqual(MATERIALISED)
  })

  it('functions that act as their owner are these, each with a fixed search path and not for everybody', async () => {
    const definers = `from pg_proc p join pg_namespace n on n.oid = p.pronamespace where p.prosecdef and n.nspname not in ('pg_catalog', 'bullmq')`
    expect(await names(`select n.nspname || '.' || p.proname || ' as ' || pg_get_userbyid(p.proowner) as name ${definers}`)).toEqual(DEFINERS)
    expect(await names(`select p.proname as name ${definers} and not exists (select 1 from unnest(p.proconfig) c where c like 'search\\_path=%')`)).toEqual([])
    expect(await names(`select p.proname as name ${definers} and (p.proacl is null or exists (select 1 from aclexplode(p.proacl) a where a.grantee = 0))`)).toEqual([])
    expect(await names(`select p.proname as name ${definers} and pg_get_userbyid(p.proowner) in ('postgres', '${APP_ROLES.join("','")}')`)).toEqual([])
  })
})
