import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres, { type Sql } from 'postgres'
import { exportAccess } from '~/cli/database'
import { isRefusal, systemContext, type Context } from '~/domain/kernel'
import { claimLead } from '~/domain/leads'
import { createOrganisation, newOrganisationContext } from '~/domain/orgs'
import { defaultVisibility } from '~/domain/orgs/vocabulary'
import { fromUuid, newUuid, toUuid, type Id } from '~/lib/ids'
import { closeDatabase } from '~db/client.server'
import { startEmbedded } from '~db/embedded'
import { migrate } from '~db/migrate'
import { provisionEmbedded } from '~db/provision'

const CLIENTS = 64
const ROUNDS = Number(process.env['CLEW_BENCH_ROUNDS'] ?? 200)
const LEADS = 24
const DAILY_CAP = 60
const HELD_CAP = 1
const say = (text: string) => void process.stdout.write(`${text}\n`)

type Tally = { claimed: number; refused: Record<string, number>; faults: string[]; latencies: number[] }

/**
 * 64 reps claim from one pool at once, 200 rounds of 24 leads: no lead may go to two, nobody may pass a cap of the day
 * (60) or of what they hold (1). Between rounds all leads lie in the pool again.
 */
export async function run(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'clew-bench-claims-'))
  process.env['CLEW_DATA_DIR'] = dataDir
  const embedded = await startEmbedded({ dataDir })
  try {
    const access = await provisionEmbedded(embedded.superuserUrl, dataDir)
    await migrate(access)
    exportAccess(access)
    const url = new URL(embedded.superuserUrl)
    url.pathname = '/clew'
    const sql = postgres(url.href, { max: 1, onnotice: () => undefined })
    const made = newOrganisationContext('bench', new Date())
    await createOrganisation(made, { name: 'Bench' })
    const { reps, leads } = await fill(sql, made.orgId)
    const tally: Tally = { claimed: 0, refused: {}, faults: [], latencies: [] }
    const startedAt = performance.now()
    for (let round = 0; round < ROUNDS; round += 1) await play(sql, made.orgId, reps, leads, round, tally)
    const seconds = (performance.now() - startedAt) / 1000
    const sorted = tally.latencies.sort((a, b) => a - b)
    say(`${String(ROUNDS)} rounds, ${String(CLIENTS)} clients, ${String(LEADS)} leads: ${String(tally.claimed)} claimed, refused ${JSON.stringify(tally.refused)}`)
    say(`${(tally.latencies.length / seconds).toFixed(0)} claims asked a second; p50 ${at(sorted, 0.5)} ms, p99 ${at(sorted, 0.99)} ms`)
    say(tally.faults.length === 0 ? 'no lead twice, no cap passed' : `FAULTS: ${tally.faults.slice(0, 10).join('; ')}`)
    await sql.end()
    if (tally.faults.length > 0) process.exitCode = 1
  } finally {
    await closeDatabase()
    await embedded.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

const at = (sorted: readonly number[], share: number) => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1)

async function fill(sql: Sql, orgId: Id<'org'>): Promise<{ reps: Context[]; leads: Id<'lead'>[] }> {
  const org = toUuid(orgId)
  const people = Array.from({ length: CLIENTS }, () => newUuid())
  const rows = Array.from({ length: LEADS }, () => newUuid())
  const [line, source] = [newUuid(), newUuid()]
  await sql`insert into members ${sql(people.map((id, n) => ({ org_id: org, id, user_id: id, role: 'rep', name: `Rep ${String(n)}`, email: `${String(n)}@example.com`, status: 'active', created_at: new Date() })))}`
  await sql`insert into product_lines (org_id, id, name, key, created_at) values (${org}, ${line}, 'Bench', 'bench', now())`
  await sql`insert into sources (org_id, id, connector, name, key, lead_rule, default_country, settings, status, created_at) values (${org}, ${source}, 'manual', 'Bench', 'bench', 'always', 'CN', '{}', 'active', now())`
  await sql`insert into leads ${sql(rows.map((id) => ({ org_id: org, id, product_line_id: line, source_id: source, came_in_at: new Date(), is_open: true, created_at: new Date() })))}`
  await sql`update pools set daily_cap = ${DAILY_CAP}, held_cap = ${HELD_CAP} where org_id = ${org}`
  const { requestId, now } = systemContext(orgId, 'bench', new Date())
  const reps = people.map((id): Context => ({ orgId, now, requestId, actor: { kind: 'user', userId: id, memberId: fromUuid('mem', id), role: 'rep', teamId: null, visibility: defaultVisibility.rep } }))
  return { reps, leads: rows.map((id) => fromUuid('lead', id)) }
}

async function play(sql: Sql, orgId: Id<'org'>, reps: readonly Context[], leads: readonly Id<'lead'>[], round: number, tally: Tally): Promise<void> {
  const winners = new Map<string, string[]>()
  await Promise.all(reps.map(async (rep, n) => {
    // Two tries each, beside each other: the second may find the cap of one, or a lead that is gone.
    await Promise.all([0, 1].map(async (attempt) => {
      const leadId = leads[(n * 7 + round * 13 + attempt * 5) % leads.length] as Id<'lead'>
      const began = performance.now()
      try {
        const { ownerId } = await claimLead(rep, { leadId })
        winners.set(leadId, [...(winners.get(leadId) ?? []), String(ownerId)])
        tally.claimed += 1
      } catch (error) {
        if (!isRefusal(error)) throw error
        tally.refused[error.code] = (tally.refused[error.code] ?? 0) + 1
      }
      tally.latencies.push(performance.now() - began)
    }))
  }))
  for (const [leadId, owners] of winners) if (owners.length > 1) tally.faults.push(`round ${String(round)}: ${leadId} went to ${owners.join()}`)
  const org = toUuid(orgId)
  const over = await sql`select owner_id, count(*)::int as n from leads where org_id = ${org} and owner_id is not null group by 1 having count(*) > ${HELD_CAP}`
  const days = await sql`select to_id, count(*)::int as n from ownership_changes where org_id = ${org} and way = 'claim' group by 1 having count(*) > ${DAILY_CAP}`
  const [sums] = await sql`select (select count(*)::int from ownership_changes where org_id = ${org}) as receipts, (select count(*)::int from leads where org_id = ${org} and is_open and owner_id is null and pool_id is null) as lost`
  if (over.length + days.length > 0) tally.faults.push(`round ${String(round)}: a cap is passed`)
  if (sums?.['receipts'] !== tally.claimed || sums['lost'] !== 0) tally.faults.push(`round ${String(round)}: ${String(sums?.['receipts'])} receipts for ${String(tally.claimed)} claims`)
  await sql`update leads set owner_id = null, owned_since = null where org_id = ${org}`
}
