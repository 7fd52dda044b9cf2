import { setPriority } from 'node:os'
import postgres, { type Sql } from 'postgres'
import { ensureDefaultProductLine } from '~/domain/leads'
import { createOrganisation, newOrganisationContext } from '~/domain/orgs'
import { exportAccess } from '~/cli/database'
import { toUuid, type Id } from '~/lib/ids'
import { closeDatabase, serveAs } from '~db/client.server'
import type { Embedded } from '~db/embedded'
import { migrate } from '~db/migrate'
import { provisionEmbedded } from '~db/provision'
import { namePools, type PoolName } from './names'

export const REPS = 200
const SEED = 20261122
const PEOPLE_POOL = 20_000
const COMPANY_POOL = 30_000
const BATCH = 100_000
const TABLES = ['companies', 'people', 'identities', 'leads', 'lead_stages', 'lead_people']

export type Built = { orgId: Id<'org'>; leads: number }

export const superuserOf = (embedded: Embedded, more: object = {}): Sql => {
  const url = new URL(embedded.superuserUrl)
  url.pathname = '/clew'
  return postgres(url.href, { max: 1, onnotice: () => undefined, ...more })
}

/** One organisation with so many leads, as years of business leave them. A second time it finds what it made. */
export async function build(embedded: Embedded, dataDir: string, size: number, say: (text: string) => void): Promise<Built> {
  const access = await provisionEmbedded(embedded.superuserUrl, dataDir)
  await migrate(access)
  exportAccess(access)
  serveAs('worker')
  const db = superuserOf(embedded)
  try {
    await db`create table if not exists public.bench_made (org_id text, leads int)`
    const [known] = await db<{ org_id: string; leads: number }[]>`select * from public.bench_made`
    if (known !== undefined) {
      await fillQueue(db, toUuid(known.org_id))
      return { orgId: known.org_id as Id<'org'>, leads: known.leads }
    }
    // Whoever else works on this machine goes first.
    setPriority(embedded.pid, 10)
    const startedAt = performance.now()
    const ctx = newOrganisationContext('bench', new Date())
    await createOrganisation(ctx, { name: 'Bench', timeZone: 'Asia/Shanghai' })
    const { productLineId: line } = await ensureDefaultProductLine(ctx, {})
    await closeDatabase()
    await fill(superuserOf(embedded), toUuid(ctx.orgId), toUuid(line), size, say)
    await db`insert into public.bench_made values (${ctx.orgId}, ${size})`
    await fillQueue(db, toUuid(ctx.orgId))
    say(`built ${size} leads in ${((performance.now() - startedAt) / 1000).toFixed(0)} s (seed ${SEED})`)
    return { orgId: ctx.orgId, leads: size }
  } finally {
    await db.end()
  }
}

async function fill(db: Sql, org: string, line: string, size: number, say: (text: string) => void): Promise<void> {
  try {
    await db.unsafe(`set session_replication_role = replica; set maintenance_work_mem = '1GB'; set work_mem = '128MB'; set synchronous_commit = off;
      set max_parallel_maintenance_workers = 1; select setseed(0.42)`)
    await pools(db)
    await surroundings(db, org)
    const indexes = await dropIndexes(db)
    const firms = Math.max(100, Math.round(size * 0.3))
    await db.unsafe(functions)
    for (let from = 0; from < firms; from += BATCH) await db.unsafe(makeFirms(org, from, Math.min(firms, from + BATCH) - 1, firms))
    for (let from = 0; from < size; from += BATCH) {
      await db.unsafe(makeLeads(org, line, from, Math.min(size, from + BATCH) - 1, size, firms))
      if (from % 500_000 === 0 && from > 0) say(`  ${from} leads`)
    }
    for (const statement of indexes) await db.unsafe(statement)
    for (const table of TABLES) await db.unsafe(`vacuum (analyze) public.${table}`)
  } finally {
    await db.end()
  }
}

async function pools(db: Sql): Promise<void> {
  const { people, companies } = namePools(SEED, PEOPLE_POOL, COMPANY_POOL)
  for (const [table, names] of [['pool_people', people], ['pool_companies', companies]] as const) {
    await db.unsafe(`create temp table ${table} (n int primary key, name text, slug text, tokens text[])`)
    for (let from = 0; from < names.length; from += 5_000) await poolRows(db, table, names.slice(from, from + 5_000), from)
    await db.unsafe(`analyze ${table}`)
  }
}

async function poolRows(db: Sql, table: string, names: readonly PoolName[], from: number): Promise<void> {
  const rows = JSON.stringify(names.map((each, at) => ({ n: from + at, ...each })))
  await db.unsafe(`insert into ${table} select r.n, r.name, r.slug, array(select json_array_elements_text(r.tokens)) from json_to_recordset($1::text::json) as r(n int, name text, slug text, tokens json)`, [rows])
}

/** Reps in ten teams, channels with campaigns, sources. */
async function surroundings(db: Sql, org: string): Promise<void> {
  await db.unsafe(`
    create function pg_temp.id(kind text, n bigint) returns uuid language sql immutable as $$
      select ('019000000000' || '7' || substr(md5(kind || n), 1, 3) || '8' || substr(md5(kind || n), 5, 15))::uuid $$;
    insert into teams (org_id, id, name, created_at) select '${org}'::uuid, pg_temp.id('team', n), 'Team ' || n, now() from generate_series(0, 9) n;
    insert into members (org_id, id, user_id, role, team_id, name, email, status, created_at)
      select '${org}'::uuid, pg_temp.id('mem', n), 'bench-' || n, 'rep', pg_temp.id('team', n % 10), 'Rep ' || n, 'rep' || n || '@bench.example', 'active', now() from generate_series(0, ${REPS - 1}) n;
    insert into pools (org_id, id, is_default, rules_since, created_at) values ('${org}'::uuid, pg_temp.id('pool', 0), true, now(), now());
    insert into channels (org_id, id, kind, name, key, created_at) select '${org}'::uuid, pg_temp.id('ch', n), 'paid', 'Channel ' || n, 'channel ' || n, now() from generate_series(0, 11) n;
    insert into campaigns (org_id, id, channel_id, name, key, created_at) select '${org}'::uuid, pg_temp.id('cmp', n), pg_temp.id('ch', n % 12), 'Campaign ' || n, 'campaign ' || n, now() from generate_series(0, 59) n;
    insert into sources (org_id, id, connector, name, key, channel_id, lead_rule, default_country, settings, status, created_at)
      select '${org}'::uuid, pg_temp.id('src', n), 'manual', 'Source ' || n, 'bench-' || n, pg_temp.id('ch', n), 'always', 'CN', '{}', 'active', now() from generate_series(0, 5) n;`)
}

/** Keys in the order of their rows stay; the others come back in one go when all rows are there. */
async function dropIndexes(db: Sql): Promise<string[]> {
  const rows = await db<{ name: string; made: string; constraint: string | null; body: string | null; of: string }[]>`
    select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as made, c.conname as constraint, pg_get_constraintdef(c.oid) as body, i.indrelid::regclass::text as of
    from pg_index i left join pg_constraint c on c.conindid = i.indexrelid and c.conrelid = i.indrelid and c.contype in ('p', 'u')
    where i.indrelid = any (${TABLES}::regclass[]) and (c.conname is null or i.indrelid = 'identities'::regclass)`
  for (const row of rows) await db.unsafe(row.constraint === null ? `drop index ${row.name}` : `alter table ${row.of} drop constraint ${row.constraint} cascade`)
  return rows.map((row) => (row.constraint === null ? row.made : `alter table ${row.of} add constraint ${row.constraint} ${row.body}`))
}

// A lead's number decides everything about it, so that two builds are alike. Three years, evenly, the newest last.
const functions = `
  create function pg_temp.at(n bigint, of bigint) returns timestamptz language sql stable as $$
    select date_trunc('second', now()) - make_interval(secs => (of - n) * (1095.0 * 86400 / of)) $$;
  create function pg_temp.v7(kind text, n bigint, at timestamptz) returns uuid language sql immutable as $$
    select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || substr(md5(kind || n), 1, 3) || '8' || substr(md5(kind || n), 5, 15))::uuid $$;
  create table pg_temp.firms (n int primary key, id uuid, slug text);`

const makeFirms = (org: string, from: number, to: number, firms: number) => `
    with fresh as (select n, pg_temp.v7('co', n, pg_temp.at(n, ${firms}) - interval '1 second') as id, floor(power(random(), 1.15) * ${COMPANY_POOL})::int as pick from generate_series(${from}, ${to}) n),
    put as (
      insert into companies (org_id, id, name, key, domain, tokens, created_at, city)
      select '${org}'::uuid, f.id, p.name, lower(p.name), case when f.n % 2 = 0 then 'firm' || f.n || '.example' end,
        p.tokens || case when f.n % 2 = 0 then array['firm' || f.n, 'example'] else '{}' end, pg_temp.at(f.n, ${firms}), 'Shanghai'
      from fresh f join pool_companies p on p.n = f.pick)
    insert into pg_temp.firms select f.n, f.id, p.slug from fresh f join pool_companies p on p.n = f.pick`

const makeLeads = (org: string, line: string, from: number, to: number, size: number, firms: number) => `
    create temp table fresh as
      select n, pg_temp.at(n, ${size}) as at, pg_temp.v7('lead', n, pg_temp.at(n, ${size})) as lead_id, pg_temp.v7('per', n, pg_temp.at(n, ${size})) as person_id,
        floor(power(random(), 1.3) * ${PEOPLE_POOL})::int as pick, floor(n::float8 * ${firms} / ${size} * (0.8 + random() * 0.2))::int as firm,
        random() as fate, random() as owned, floor(power(random(), 1.2) * ${REPS})::int as rep, floor(power(random(), 1.5) * 12)::int as channel, random() as age
      from generate_series(${from}, ${to}) n;
    insert into people (org_id, id, name, title, tokens, created_at) select '${org}'::uuid, f.person_id, p.name, case when f.n % 3 = 0 then 'Manager' end, p.tokens, f.at from fresh f join pool_people p on p.n = f.pick order by f.n;
    insert into identities (org_id, kind, value, person_id, shown, created_at)
      select '${org}'::uuid, 'phone', '+861' || lpad(((f.n::bigint * 1000003 + 3) % 9999999967)::text, 10, '0'), f.person_id, '1' || lpad(((f.n::bigint * 1000003 + 3) % 9999999967)::text, 10, '0'), f.at from fresh f
      union all
      select '${org}'::uuid, 'email', p.slug || f.n || '@firm' || f.firm || '.example', f.person_id, p.slug || f.n || '@firm' || f.firm || '.example', f.at from fresh f join pool_people p on p.n = f.pick where f.n % 5 < 3;
    insert into leads (org_id, id, product_line_id, company_id, person_id, owner_id, owned_since, pool_id, source_id, channel_id, campaign_id, came_in_at, is_open, is_separate, stage, verdict, junk_at, first_response_at, last_contact_at, next_step_at, snoozed_until, created_at)
      select '${org}'::uuid, f.lead_id, '${line}'::uuid, c.id, f.person_id, case when f.owned < 0.8 then pg_temp.id('mem', f.rep) end, case when f.owned < 0.8 then f.at end, pg_temp.id('pool', 0), pg_temp.id('src', f.n % 6), pg_temp.id('ch', f.channel), pg_temp.id('cmp', f.channel + 12 * (f.n % 5)),
        f.at, f.fate < 0.12, true, case when f.fate < 0.12 then (array['inquiry', 'qualified', 'graded'])[1 + (f.n % 3)] when f.fate < 0.2 then 'won' when f.fate < 0.6 then 'lost' else 'inquiry' end, case when f.fate > 0.9 then 'junk' else 'valid' end, case when f.fate > 0.9 then f.at end,
        case when f.age < 0.7 then f.at + interval '1 hour' end, case when f.age < 0.7 then least(now(), f.at + interval '20 days') end,
        case when f.fate < 0.12 and f.age < 0.4 then now() + make_interval(hours => (f.age * 1000)::int - 100) end, null, f.at
      from fresh f join pg_temp.firms c on c.n = f.firm order by f.n;
    insert into lead_stages (org_id, lead_id, stage, entered_at, qualified_at, graded_at, won_at, lost_at, lost_reason, grade, expected_amount, expected_currency, won_amount, won_currency)
      select '${org}'::uuid, f.lead_id, case when f.fate < 0.12 then (array['inquiry', 'qualified', 'graded'])[1 + (f.n % 3)] when f.fate < 0.2 then 'won' when f.fate < 0.6 then 'lost' else 'inquiry' end, f.at,
        case when f.fate < 0.2 and f.n % 3 > 0 then f.at + interval '2 days' end, case when f.fate < 0.2 and f.n % 3 = 2 then f.at + interval '5 days' end,
        case when f.fate >= 0.12 and f.fate < 0.2 then f.at + interval '30 days' end, case when f.fate >= 0.2 and f.fate < 0.6 then f.at + interval '25 days' end,
        case when f.fate >= 0.2 and f.fate < 0.6 then 'no-budget' end, case when f.fate < 0.12 and f.n % 3 = 2 then 'B' end,
        case when f.fate < 0.12 and f.n % 3 = 2 then (f.n % 900 + 1) * 100000 end, case when f.fate < 0.12 and f.n % 3 = 2 then 'CNY' end,
        case when f.fate >= 0.12 and f.fate < 0.2 then (f.n % 900 + 1) * 100000 end, case when f.fate >= 0.12 and f.fate < 0.2 then 'CNY' end from fresh f order by f.n;
    insert into lead_people (org_id, lead_id, person_id, role, added_at) select '${org}'::uuid, f.lead_id, f.person_id, 'contact', f.at from fresh f order by f.n;
    drop table fresh`

/** Loading goes past the triggers; what they keep is made up for here. */
async function fillQueue(db: Sql, org: string): Promise<void> {
  const [table] = await db`select to_regclass('public.queue_items') as name`
  if (table?.['name'] === null) return
  const [filled] = await db.unsafe(`select 1 from queue_items where org_id = '${org}'::uuid limit 1`)
  if (filled !== undefined) return
  await db.unsafe(`insert into queue_items (org_id, lead_id, owner_id, value_lost_per_hour, reason, reason_at, attempt, valued_at, revalue_at, factors)
    select l.org_id, l.id, l.owner_id, 1000.0 / (1 + extract(epoch from now() - l.came_in_at) / 86400), 'rest', l.came_in_at, 0, now(), now() + interval '1 day', '{}'
    from leads l where l.org_id = '${org}'::uuid and l.is_open and l.verdict = 'valid' and l.owner_id is not null and l.duplicate_of is null on conflict do nothing; analyze queue_items`)
}
