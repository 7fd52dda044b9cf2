import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres, { type Sql, type TransactionSql } from 'postgres'
import { exportAccess } from '~/cli/database'
import { importFile } from '~/domain/capture'
import { systemContext } from '~/domain/kernel'
import { createOrganisation, newOrganisationContext } from '~/domain/orgs'
import { toUuid } from '~/lib/ids'
import { searchTokens } from '~/lib/search-tokens'
import { closeDatabase, serveAs } from '~db/client.server'
import { startEmbedded } from '~db/embedded'
import { migrate } from '~db/migrate'
import { provisionEmbedded } from '~db/provision'

const ROWS = Number(process.env['CLEW_BENCH_ROWS'] ?? 60_000)
const RESULT = Symbol('taken back')

/**
 * What the database alone needs for the rows of the import benchmark: the same rows in the same tables, put in by one
 * statement a table out of a table of their own, no importer. Then without what guards and finds them, share by share.
 * Processor time of the one database process in µs a row of the file, because clocks lie on a machine that others use.
 */
export async function run(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'clew-floor-'))
  process.env['CLEW_DATA_DIR'] = dataDir
  const embedded = await startEmbedded({ dataDir })
  const sql = postgres(embedded.superuserUrl.replace(/\/postgres$/, '/clew'), { max: 1, onnotice: () => undefined })
  try {
    const access = await provisionEmbedded(embedded.superuserUrl, dataDir)
    await migrate(access)
    exportAccess(access)
    serveAs('worker')
    const made = newOrganisationContext('bench', new Date())
    await createOrganisation(made, { name: 'Bench' })
    // One row, for the source, the channel and the product line.
    await importFile(systemContext(made.orgId, 'bench', new Date()), { kind: 'leads', open: () => Buffer.from('id,created,email,channel\n0,2025-01-01,first@nowhere.cn,Webinar\n') })
    await stage(sql)
    await eachShare(sql, toUuid(made.orgId))
  } finally {
    await sql.end()
    await closeDatabase()
    await embedded.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

// Ids and words are made before, so that only the putting in is measured.
async function stage(sql: Sql): Promise<void> {
  await sql.unsafe(`create schema floor;
    create table floor.firm as select uuidv7() as id, uuidv7() as lead_id, uuidv7() as move_id, n, '上海第' || n || '科技有限公司' as name, '上海第' || n || '科技' as key, 'firm' || n || '.cn' as domain,
      null::text[] as tokens from generate_series(1, ${ROWS / 3 + 1}) n;
    create table floor.line as select uuidv7() as person_id, uuidv7() as inquiry_id, uuidv7() as touch_id, r.n, f.id as company_id, f.lead_id, f.move_id, r.n % 3 = 0 or r.n = 1 as is_first,
      '13' || lpad((r.n * 7)::text, 9, '0') as phone, 'user' || r.n || '@' || f.domain as email, '2025-03-04 10:00:00+00'::timestamptz + (r.n % 300) * interval '1 day' as at
      from generate_series(1, ${ROWS}) r(n) join floor.firm f on f.n = r.n / 3 + 1 order by r.n`)
  const firms = await sql<{ n: number; name: string; domain: string }[]>`select n, name, domain from floor.firm`
  for (let from = 0; from < firms.length; from += 5000) {
    const part = firms.slice(from, from + 5000)
    await sql`update floor.firm f set tokens = string_to_array(r.words, ' ') from unnest(${part.map(({ n }) => n)}::int[], ${part.map(({ name, domain }) => searchTokens(name, domain).join(' '))}::text[]) as r(n, words) where f.n = r.n`
  }
  await sql.unsafe('create table floor.firms as select * from floor.firm order by n; grant usage on schema floor to public; grant select on all tables in schema floor to public; analyze floor.firms; analyze floor.line')
}

const statements: Readonly<Record<string, string>> = {
  companies: "(org_id, id, name, key, domain, region, city, industry, employees, tokens, created_at) select $org, id, name, key, domain, '上海', 'Shanghai', 'Machinery 4', 300, tokens, now() from floor.firms",
  people: `(org_id, id, name, given_name, family_name, title, region, city, tokens, created_at) select $org, person_id, '王秀英', '秀英', '王', 'Engineer 7', '上海', 'Shanghai', '{${searchTokens('王秀英', '秀英', '王').join(',')}}', now() from floor.line`,
  identities: "(org_id, kind, value, person_id, shown, created_at) select $org, k, case k when 'phone' then '+86' || phone else email end, person_id, case k when 'phone' then phone else email end, now() from floor.line, unnest('{phone,email}'::text[]) k on conflict do nothing",
  employments: "(org_id, person_id, company_id, title, since) select $org, person_id, company_id, 'Engineer 7', at from floor.line on conflict do nothing",
  leads: '(org_id, id, product_line_id, company_id, person_id, source_id, channel_id, came_in_at, is_open, is_imported, of_customer, created_at) select $org, lead_id, $line, company_id, person_id, $source, $channel, at, true, true, false, now() from floor.line where is_first',
  lead_stages: "(org_id, lead_id, stage, entered_at, is_imported) select $org, lead_id, 'inquiry', at, true from floor.line where is_first",
  stage_moves: "(org_id, id, lead_id, to_stage, at, actor_kind, actor_id, is_imported, recorded_at) select $org, move_id, lead_id, 'inquiry', at, 'system', 'bench', true, now() from floor.line where is_first",
  lead_people: "(org_id, lead_id, person_id, role, added_at) select $org, lead_id, person_id, 'user', now() from floor.line on conflict do nothing",
  inquiries: '(org_id, id, source_id, external_id, lead_id, person_id, company_id, channel_id, is_repeat, at, recorded_at) select $org, inquiry_id, $source, (100000000 + n)::text, lead_id, person_id, company_id, $channel, not is_first, at, now() from floor.line',
  inquiry_details: "(org_id, inquiry_id, message, answers, external, click_ids, utm) select $org, inquiry_id, 'Asked for a quote, line 44', '[{\"question\": \"Segment\", \"answer\": \"4\"}]', '{}', '{}', '{\"utm_source\": \"google\", \"utm_campaign\": \"camp-4\"}' from floor.line",
  touches: "(org_id, id, person_id, company_id, lead_id, inquiry_id, kind, verdict, source_id, channel_id, at, recorded_at) select $org, touch_id, person_id, company_id, lead_id, inquiry_id, 'import', 'human', $source, $channel, at, now() from floor.line",
}

async function eachShare(sql: Sql, org: string): Promise<void> {
  const tables = Object.keys(statements)
  const [found] = await sql<{ fks: string; gins: string; others: string; pid: number }[]>`
    select (select string_agg(format('alter table %s drop constraint %I', conrelid::regclass, conname), ';') from pg_constraint where contype = 'f' and conrelid::regclass::text = any (${tables})) as fks,
      (select string_agg(format('drop index %s', c.oid::regclass), ';') from pg_index x join pg_class c on c.oid = x.indexrelid join pg_am a on a.oid = c.relam
        where a.amname = 'gin' and x.indrelid::regclass::text = any (${tables})) as gins,
      (select string_agg(coalesce((select format('alter table %s drop constraint %I', k.conrelid::regclass, k.conname) from pg_constraint k where k.conindid = c.oid and k.contype = 'u'), format('drop index %s', c.oid::regclass)), ';')
        from pg_index x join pg_class c on c.oid = x.indexrelid join pg_am a on a.oid = c.relam where a.amname <> 'gin' and not x.indisprimary and x.indrelid::regclass::text = any (${tables})) as others,
      pg_backend_pid() as pid`
  if (found === undefined) throw new Error('No catalogue')
  const { fks, gins, others, pid } = found
  await put(sql, org, pid, 'as it is', '')
  await put(sql, org, pid, 'past row security', '', 'postgres')
  await put(sql, org, pid, 'no foreign keys', fks)
  await put(sql, org, pid, 'no index of words', gins)
  await put(sql, org, pid, 'primary keys alone', `${fks};${gins};${others}`)
}

async function put(sql: Sql, org: string, pid: number, name: string, prepare: string, role = 'clew_worker'): Promise<void> {
  const took: [string, number][] = []
  await sql.begin(async (tx) => {
    await tx.unsafe(prepare === '' ? 'select 1' : prepare)
    await tx.unsafe(`select set_config('app.org_id', '${org}', true), set_config('gin_pending_list_limit', '32768', true), set_config('role', '${role}', true)`)
    const values = await known(tx, org)
    for (const [table, rest] of Object.entries(statements)) {
      const before = processorTime(pid)
      await tx.unsafe(`insert into ${table} ${rest.replace(/\$(\w+)/gu, (_, key: string) => `'${values[key] ?? ''}'::uuid`)}`)
      took.push([table, (processorTime(pid) - before) / ROWS])
      // As the importer does: checks of foreign keys against tables without statistics may read all of an organisation's rows.
      await tx.unsafe(`select clew_ops.analyse_intake(${ROWS})`)
    }
    throw RESULT
  }).catch((error: unknown) => { if (error !== RESULT) throw error })
  const sum = took.reduce((total, [, time]) => total + time, 0)
  process.stdout.write(`${name}: ${sum.toFixed(0)} µs a row (${took.map(([table, time]) => `${table} ${time.toFixed(1)}`).join(', ')})\n`)
}

async function known(tx: TransactionSql, org: string): Promise<Record<string, string>> {
  const [ids] = await tx.unsafe<Record<string, string>[]>(`select '${org}' as org, (select id from product_lines where org_id = '${org}' limit 1) as line,
    (select id from sources where org_id = '${org}' and connector = 'import') as source, (select id from channels where org_id = '${org}' limit 1) as channel`)
  return ids ?? {}
}

function processorTime(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /u, '').split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10_000
}
