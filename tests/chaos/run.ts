import { setTimeout as sleep } from 'node:timers/promises'
import { toUuid } from '~/lib/ids'
import { random, seed } from '../support/seed'
import { startInstallation, until, type Installation, type Victim } from './installation'
import { sendLeads } from './senders'

const LEADS = Number(process.env['CHAOS_LEADS'] ?? 200)
const SEND_MS = 60_000
const QUIET_MS = 40_000
const victims: readonly Victim[] = ['web', 'worker', 'postgres']

type Tally = { deliveries: number; keys: number; inquiries: number; leads: number; twice: number; waiting: number; unsettled: number; dead: number }

/** Kills web, worker and database in turn while leads come in, then compares what was acknowledged with what is there. */
async function main(): Promise<void> {
  const installation = await startInstallation(180_000)
  try {
    process.exitCode = (await storm(installation)) ? 0 : 1
  } finally {
    await installation.stop()
  }
}

async function storm(installation: Installation): Promise<boolean> {
  const { orgId } = await installation.clew<{ orgId: string }>('org', 'create', '--name', 'Chaos')
  const source = await installation.clew<{ sourceKey: string; secret: string }>('source', 'create', '--org', orgId, '--channel', 'Form', '--connector', 'standard', '--name', 'Form')
  const hookUrl = `${installation.address}/api/hooks/standard/${source.sourceKey}`
  const chance = random(seed())
  const leads = Array.from({ length: LEADS }, (_, index) => `l${index}`)

  const startedAt = Date.now()
  let sending = true
  const nemesis = strike(installation, chance, () => sending)
  const sent = await sendLeads(hookUrl, source.secret, leads, chance, startedAt + SEND_MS)
  sending = false
  const faults = await nemesis
  const sentMs = Date.now() - startedAt

  const quietFrom = Date.now()
  let tally = await count(installation, orgId)
  await until(async () => {
    tally = await count(installation, orgId).catch(() => tally)
    return tally.waiting === 0 && tally.unsettled === 0 && tally.inquiries >= sent.acknowledged.size
  }, QUIET_MS)
  if (tally.unsettled > 0) await sayOwed(installation)
  const lost = sent.acknowledged.size - Math.min(tally.inquiries, sent.acknowledged.size)
  const doubles = tally.twice + Math.max(0, tally.leads - sent.acknowledged.size)
  const refused = [...sent.refused].map(([status, times]) => `${times} × ${status}`).join(', ') || 'none'
  say(`faults: ${faults.join(', ')}`)
  say(`${sent.acknowledged.size} of ${LEADS} leads acknowledged by ${sent.attempts} posts in ${(sentMs / 1000).toFixed(1)} s; not acknowledged at first: ${refused}`)
  say(`settled ${((Date.now() - quietFrom) / 1000).toFixed(1)} s after the last post: ${JSON.stringify(tally)}`)
  const struck = victims.every((victim) => faults.includes(victim))
  const good = struck && sent.acknowledged.size === LEADS && lost === 0 && doubles === 0 && tally.unsettled === 0 && tally.waiting === 0 && tally.dead === 0
  say(`${lost} acknowledged leads lost, ${doubles} doubled, ${tally.waiting + tally.unsettled} events unsettled: ${good ? 'passed' : 'FAILED'}`)
  return good
}

async function strike(installation: Installation, chance: () => number, sending: () => boolean): Promise<string[]> {
  const faults: string[] = []
  await sleep(500)
  for (let turn = 0; sending() && turn < 50; turn += 1) {
    const victim = victims[turn % victims.length] ?? 'web'
    if (installation.kill(victim) !== null) faults.push(victim)
    await sleep(2_000 + chance() * 2_000)
  }
  return faults
}

async function count(installation: Installation, orgId: string): Promise<Tally> {
  const sql = installation.database()
  const org = toUuid(orgId)
  try {
    const [row] = await sql<Tally[]>`
      select (select count(*)::int from deliveries where org_id = ${org}) as deliveries,
        (select count(*)::int from delivery_keys where org_id = ${org}) as keys,
        (select count(*)::int from inquiries where org_id = ${org}) as inquiries,
        (select count(*)::int from leads where org_id = ${org}) as leads,
        (select count(*)::int from (select external_id from inquiries where org_id = ${org} group by 1 having count(*) > 1) d) as twice,
        (select count(*)::int from outbox where org_id = ${org} and relayed_at is null) as waiting,
        (select count(*)::int from outbox where org_id = ${org} and relayed_at is not null and settled_at is null) as unsettled,
        (select count(*)::int from outbox_receipts where org_id = ${org} and state = 'dead') as dead`
    if (!row) throw new Error('no answer')
    return row
  } finally {
    await sql.end({ timeout: 2 })
  }
}

/** Where the jobs of unsettled events stand, to find out why. */
async function sayOwed(installation: Installation): Promise<void> {
  const sql = installation.database()
  const jobs = await sql`
    select to_jsonb(j) - 'data' - 'opts' as job from bullmq.job j join outbox o on j.id like 'ob-' || o.id || '-%'
    where o.settled_at is null and o.relayed_at is not null limit 5`
  for (const { job } of jobs) say(`owed: ${JSON.stringify(job)}`)
  await sql.end({ timeout: 2 })
}

const say = (line: string) => process.stdout.write(`${line}\n`)

await main()
