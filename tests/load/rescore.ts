import type { ChildProcess } from 'node:child_process'
import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Sql } from 'postgres'
import { build as buildSite, isBuilt } from '~/cli/build'
import { accessVariables, exportAccess } from '~/cli/database'
import { inTransaction, systemContext, type Context } from '~/domain/kernel'
import { keepTouches } from '~/domain/leads'
import { beginRescoring, scoreLeads } from '~/domain/scoring'
import type { CardLine, CardTerms } from '~/domain/scoring/card-terms'
import { fromUuid, newId, newUuid, toUuid, type Id } from '~/lib/ids'
import { closeDatabase, serveAs } from '~db/client.server'
import { startEmbedded } from '~db/embedded'
import { provisionEmbedded } from '~db/provision'
import { cpuSeconds, treeCpuSeconds } from './cpu-time'
import { end, startClew, startWorker, type Server } from './ingest-servers'
import { build, superuserOf } from './lists/build'
import { sendSteadily, type Round } from './send'

/** How many leads; `CLEW_BENCH_SIZES=5000` for a quick look. */
const SIZES = (process.env['CLEW_BENCH_SIZES'] ?? '100000').split(',').map(Number)
const HOME = process.env['CLEW_DATA_DIR'] ?? join(tmpdir(), 'clew-bench-rescore')
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 15)
const PER_SECOND = 100
const SAMPLES = 200
/** `BENCH_ONLY=touch` leaves the rescoring of everybody out. */
const ONLY = process.env['BENCH_ONLY'] ?? ''
const say = (text: string) => void process.stdout.write(`${text}\n`)

type Spent = () => Record<'worker' | 'database', number>

/**
 * Publishes a card over so many leads, with web and worker running: how long every lead takes to be scored anew, what
 * that does to the answers at the door, and how soon one touch is in its score. Data are kept in `CLEW_DATA_DIR`.
 */
export async function run(): Promise<void> {
  if (!isBuilt()) await buildSite()
  for (const size of SIZES) {
    const dataDir = join(HOME, `bench-rescore-${size}`)
    process.env['CLEW_DATA_DIR'] = dataDir
    await ofSize(size, dataDir)
    if (process.env['CLEW_BENCH_KEEP'] === '0') rmSync(dataDir, { recursive: true, force: true })
  }
}

async function ofSize(size: number, dataDir: string): Promise<void> {
  const first = await startEmbedded({ dataDir })
  const { orgId } = await build(first, dataDir, size, say).finally(async () => { await closeDatabase(); await first.stop() })
  // Started anew: building gave way to everybody else on this machine.
  const embedded = await startEmbedded({ dataDir })
  const access = await provisionEmbedded(embedded.superuserUrl, dataDir)
  exportAccess(access)
  serveAs('worker')
  const db = superuserOf(embedded)
  const children: ChildProcess[] = []
  try {
    await deeds(db, toUuid(orgId))
    await putOff(db)
    const clew = await startClew(accessVariables(access), dataDir, systemContext(orgId, 'bench', new Date()))
    const worker = startWorker(accessVariables(access), dataDir)
    children.push(clew.child, worker)
    const spent = () => ({ worker: cpuSeconds(worker.pid ?? 0), database: treeCpuSeconds(embedded.pid) })
    await sendSteadily(clew, 50, 3)
    await settled(db)
    if (ONLY !== 'touch') await rescored(db, orgId, clew, spent)
    await oneTouch(db, orgId, spent)
  } finally {
    await Promise.all(children.map(end))
    await db.end()
    await closeDatabase()
    await embedded.stop()
  }
}

/** Sizes and industries of companies, an inquiry and two touches for each lead; a second time it finds them. */
async function deeds(db: Sql, org: string): Promise<void> {
  const [known] = await db<{ n: number }[]>`select count(*)::int as n from (select 1 from touches where org_id = ${org}::uuid limit 1) t`
  if ((known?.n ?? 0) > 0) return
  await db.unsafe(`set session_replication_role = replica; set synchronous_commit = off;
    update companies set employees = case when random() < 0.6 then (power(random(), 3) * 2000)::int end, industry = (array['Machinery', 'Software', 'Chemistry', null])[1 + floor(random() * 4)::int] where org_id = '${org}';
    insert into inquiries (org_id, id, source_id, external_id, lead_id, person_id, company_id, channel_id, is_repeat, at, recorded_at)
      select org_id, gen_random_uuid(), source_id, id::text, id, person_id, company_id, channel_id, false, came_in_at, came_in_at from leads where org_id = '${org}';
    insert into inquiry_details (org_id, inquiry_id, answers, external, click_ids, utm, landing_page)
      select org_id, id, '[{"question":"Budget","answer":"Yes"}]', '{}', '{}', '{}', 'https://example.com/' || (array['pricing', 'blog', 'demo'])[1 + floor(random() * 3)::int] from inquiries where org_id = '${org}';
    insert into touches (org_id, id, person_id, company_id, lead_id, kind, verdict, source_id, channel_id, at, recorded_at)
      select l.org_id, (lpad(to_hex((extract(epoch from now()) * 1000)::bigint), 12, '0') || '7' || substr(md5(l.id::text || n), 1, 3) || '8' || substr(md5(l.id::text || n), 5, 15))::uuid, l.person_id, l.company_id, l.id,
        'page_view', case when random() < 0.8 then 'human' else 'machine' end, l.source_id, l.channel_id, least(now(), l.came_in_at + n * interval '5 days'), now() from leads l, generate_series(1, 2) n where l.org_id = '${org}';
    insert into touch_details (org_id, touch_id, answers, utm, click_ids, at)
      select org_id, id, '[{"question":"event","answer":"viewed"},{"question":"page","answer":"https://example.com/pricing"}]', '{}', '{}', at from touches where org_id = '${org}';
    reset session_replication_role`)
  for (const table of ['touches', 'touch_details', 'inquiries', 'inquiry_details', 'companies']) await db.unsafe(`vacuum (analyze) public.${table}`)
}

/** What a worker does once an hour or a day for a whole organisation is not what is measured here. */
async function putOff(db: Sql): Promise<void> {
  await db`insert into clew_ops.schedules (name, due_at, ran_at) select name, now() + interval '1 day', now()
    from unnest(array['keep-match-keys', 'learn-match-models', 'renew-tokens', 'learn-queue-rates', 'recycle-leads', 'make-daily-reports', 'tell-due-tasks']) as name
    on conflict (name) do update set due_at = excluded.due_at`
}

const line = (key: string, group: CardLine['group'], criterion: CardLine['criterion'], points: number, more: Partial<CardLine> = {}): CardLine => ({
  key, group, criterion, points, most: null, everyDays: null, halfLifeDays: null, expiresDays: null, onlyWith: null, ...more,
})
/** A card as somebody would make one: fourteen lines. */
const terms: CardTerms = {
  base: 5, calibration: { slope: 0.05, offset: -2 }, thresholds: { fit: [40, 25, 10], interest: [30, 15, 5] },
  lines: [
    line('large', 'fit', { kind: 'employees', from: 200, to: null }, 20), line('small', 'fit', { kind: 'employees', from: null, to: 20 }, -5), line('size-unknown', 'fit', { kind: 'unknown', of: 'employees' }, -5),
    line('machinery', 'fit', { kind: 'industry', values: ['Machinery'] }, 15), line('decides', 'fit', { kind: 'role', values: ['decision_maker', 'buyer'] }, 15), line('mail', 'fit', { kind: 'reachable', by: 'email' }, 5),
    line('phone', 'fit', { kind: 'reachable', by: 'phone' }, 5), line('paid', 'fit', { kind: 'channel-kind', values: ['paid'] }, 3), line('pricing', 'interest', { kind: 'touch', touch: 'page_view', page: '/pricing' }, 10, { halfLifeDays: 30, most: 5, everyDays: 1 }),
    line('recent', 'interest', { kind: 'recency', days: 30 }, 10), line('again', 'interest', { kind: 'asked-again' }, 8), line('replied', 'interest', { kind: 'reply' }, 12, { halfLifeDays: 60, most: 3 }),
    line('silent', 'interest', { kind: 'silence', attempts: 3 }, -10), line('budget', 'interest', { kind: 'answer', question: 'Budget', contains: 'yes' }, 8),
  ],
}

async function publish(db: Sql, orgId: Id<'org'>): Promise<Id<'scd'>> {
  const id = newUuid()
  const org = toUuid(orgId)
  await db.unsafe(`update score_cards set state = 'retired', retired_at = now() where org_id = '${org}' and state = 'published'`)
  await db.unsafe(`insert into score_cards (org_id, id, version, kind, state, terms, created_at, changed_at, published_at)
    select '${org}', '${id}', 1 + coalesce(max(version), 0), 'hand', 'published', '${JSON.stringify(terms)}'::jsonb, now(), now(), now() from score_cards where org_id = '${org}'`)
  return fromUuid('scd', id)
}

/** The door before, during and after, in one run: on a machine that others use, only that can be compared. */
async function rescored(db: Sql, orgId: Id<'org'>, clew: Server, spent: Spent): Promise<void> {
  const idle = [await sendSteadily(clew, PER_SECOND, SECONDS)]
  await settled(db)
  const cardId = await publish(db, orgId)
  const ctx = systemContext(orgId, 'bench', new Date())
  const { rescoringId, total } = await inTransaction(ctx, 'read write', (tx) => beginRescoring({ ...ctx, tx }, cardId))
  const busy: Round[] = []
  const before = spent()
  const row = async () => (await db<{ done: number; changed: number; seconds: number; ended: boolean }[]>`
    select done, changed, extract(epoch from case when finished_at is null then now() else finished_at end - started_at)::float8 as seconds, finished_at is not null as ended from rescorings where id = ${toUuid(rescoringId)}::uuid`)[0]
  while ((await row())?.ended === false) {
    if (busy.length < 6) busy.push(await sendSteadily(clew, PER_SECOND, SECONDS))
    else await sleep(1_000)
  }
  const done = await row()
  const after = spent()
  await settled(db)
  idle.push(await sendSteadily(clew, PER_SECOND, SECONDS))
  say(`rescored ${done?.done ?? 0} of ${total} leads in ${(done?.seconds ?? 0).toFixed(0)} s beside ${PER_SECOND} messages/s: ${((done?.done ?? 0) / (done?.seconds ?? 1)).toFixed(0)} leads/s, ${done?.changed ?? 0} changed their cell`)
  const each = (who: 'worker' | 'database') => (((after[who] - before[who]) * 1000) / (done?.done ?? 1)).toFixed(2)
  say(`  CPU per lead, with intake and its reactions: worker ${each('worker')} ms, database ${each('database')} ms`)
  const p99 = (rounds: readonly Round[]) => rounds.map((round) => round.p99.toFixed(1)).join(', ')
  const mean = (rounds: readonly Round[]) => rounds.reduce((sum, round) => sum + round.p99, 0) / rounds.length
  say(`door at ${PER_SECOND}/s: p99 idle ${p99(idle)} ms, during ${p99(busy)} ms (p50 ${idle.map(({ p50 }) => p50.toFixed(1)).join(', ')} and ${busy.map(({ p50 }) => p50.toFixed(1)).join(', ')})`)
  say(`ratio p99 during/idle: ${(mean(busy) / mean(idle)).toFixed(2)}`)
}

const settled = async (db: Sql): Promise<void> => {
  while (((await db<{ n: number }[]>`select count(*)::int as n from outbox where settled_at is null`)[0]?.n ?? 0) > 0) await sleep(200)
}

/** A touch is kept: how long the verb takes to have it in the score, and how soon the worker does by itself. */
async function oneTouch(db: Sql, orgId: Id<'org'>, spent: Spent): Promise<void> {
  const leads = await db<{ id: string; source_id: string }[]>`select id, source_id from leads where org_id = ${toUuid(orgId)}::uuid and is_open
    and not exists (select from touches t where t.org_id = leads.org_id and t.lead_id = leads.id and t.at > now() - interval '2 days') order by md5(id::text) limit ${2 * SAMPLES}`
  const cpu = await cpuOfVerb(orgId, leads.slice(0, SAMPLES), spent)
  const verb: number[] = []
  const whole: number[] = []
  for (const [index, lead] of leads.entries()) {
    const ctx = systemContext(orgId, 'bench', new Date())
    const touchId = await keep(ctx, lead)
    const from = performance.now()
    if (index % 2 === 0) {
      await scoreLeads(ctx, { leadIds: [fromUuid('lead', lead.id)] })
      verb.push(performance.now() - from)
      continue
    }
    while ((await db`select 1 from score_lines where org_id = ${toUuid(orgId)}::uuid and lead_id = ${lead.id}::uuid and touch_id = ${toUuid(touchId)}::uuid`).length === 0) await sleep(2)
    whole.push(performance.now() - from)
  }
  const at = (times: number[], share: number) => (times.sort((a, b) => a - b)[Math.floor(times.length * share)] ?? Number.NaN).toFixed(1)
  say(`  CPU of the verb: ${cpu}`)
  say(`one touch: rescored in p50 ${at(verb, 0.5)} ms, p95 ${at(verb, 0.95)} ms; by the worker from its commit on: p50 ${at(whole, 0.5)} ms, p95 ${at(whole, 0.95)} ms`)
}

/** What scoring one lead costs: on a machine that others use, the clock says how long it waited. */
async function cpuOfVerb(orgId: Id<'org'>, leads: readonly { id: string }[], spent: Spent): Promise<string> {
  const [own, before] = [process.cpuUsage(), spent()]
  for (const lead of leads) await scoreLeads(systemContext(orgId, 'bench', new Date()), { leadIds: [fromUuid('lead', lead.id)] })
  const { user, system } = process.cpuUsage(own)
  return `${((user + system) / 1000 / leads.length).toFixed(1)} ms here, ${(((spent().database - before.database) * 1000) / leads.length).toFixed(1)} ms in the database`
}

async function keep(ctx: Context, lead: { id: string; source_id: string }): Promise<Id<'tch'>> {
  const id = newId('tch')
  await inTransaction(ctx, 'read write', (tx) => keepTouches({ ...ctx, tx }, [{
    id, personId: null, companyId: null, leadId: fromUuid('lead', lead.id), kind: 'page_view', verdict: 'human', sourceId: fromUuid('src', lead.source_id), channelId: null, campaignId: null, at: ctx.now,
    answers: [{ question: 'page', answer: 'https://example.com/pricing' }], utm: {}, clickIds: {}, session: null,
  }]))
  return id
}
