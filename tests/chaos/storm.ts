import { setTimeout as sleep } from 'node:timers/promises'
import { aRedisServer, hasRedis, type RedisServer } from '../support/redis-server'
import { random, seed } from '../support/seed'
import { startInstallation, until, type Installation, type Victim } from './installation'
import { sendLeads } from './senders'
import { count, type Tally } from './tally'

const LEADS = Number(process.env['CHAOS_LEADS'] ?? 600)
const FAULTS = Number(process.env['CHAOS_FAULTS'] ?? 50)
const SEND_MS = 300_000
const QUIET_MS = 60_000
const PAUSE_MS = 800
const NOTHING: Tally = { deliveries: 0, keys: 0, inquiries: 0, leads: 0, twice: 0, waiting: 1, unsettled: 0, dead: 0 }
type Struck = Victim | 'redis'

/**
 * Kills web, worker and database at random while leads come in, then compares what was acknowledged with what is
 * there; and once more with the jobs on Redis, which is killed too and comes back empty.
 */
export async function run(): Promise<boolean> {
  const asked = process.env['CHAOS_QUEUE']
  const good = asked === 'redis' ? [] : [await inStorm(null)]
  if (!hasRedis()) say('no redis-server on this machine: the storm on Redis is left out')
  else if (asked !== 'postgres') good.push(await inStorm(await aRedisServer()))
  return good.every(Boolean)
}

async function inStorm(redis: RedisServer | null): Promise<boolean> {
  await redis?.start()
  const installation = await startInstallation(180_000, redis?.url)
  say(`== jobs on ${redis === null ? 'PostgreSQL' : 'Redis'}`)
  try {
    return await storm(installation, redis)
  } finally {
    await installation.stop()
    await redis?.stop()
  }
}

async function storm(installation: Installation, redis: RedisServer | null): Promise<boolean> {
  const { orgId } = await installation.clew<{ orgId: string }>('org', 'create', '--name', 'Chaos')
  const source = await installation.clew<{ sourceKey: string; secret: string }>('source', 'create', '--org', orgId, '--channel', 'Form', '--connector', 'standard', '--name', 'Form')
  const hookUrl = `${installation.address}/api/hooks/standard/${source.sourceKey}`
  const chance = random(seed())
  const leads = Array.from({ length: LEADS }, (_, index) => `l${index}`)

  const startedAt = Date.now()
  const nemesis = strike(installation, redis, chance)
  const sent = await sendLeads(hookUrl, source.secret, leads, chance, startedAt + SEND_MS)
  const faults = await nemesis
  const sentMs = Date.now() - startedAt

  const quietFrom = Date.now()
  let tally = NOTHING
  await until(async () => {
    tally = await count(installation, orgId).catch(() => tally)
    return tally.waiting === 0 && tally.unsettled === 0 && tally.inquiries >= sent.acknowledged.size
  }, QUIET_MS)
  if (tally.unsettled > 0 && redis === null) await sayOwed(installation)
  const lost = sent.acknowledged.size - Math.min(tally.inquiries, sent.acknowledged.size)
  const doubles = tally.twice + Math.max(0, tally.leads - sent.acknowledged.size)
  const refused = [...sent.refused].map(([status, times]) => `${times} × ${status}`).join(', ') || 'none'
  const kinds = victimsOf(redis).map((victim) => `${faults.filter((fault) => fault === victim).length} × ${victim}`)
  say(`${faults.length} faults: ${kinds.join(', ')}`)
  say(`${sent.acknowledged.size} of ${LEADS} leads acknowledged by ${sent.attempts} posts in ${(sentMs / 1000).toFixed(1)} s; not acknowledged at first: ${refused}`)
  say(`settled ${((Date.now() - quietFrom) / 1000).toFixed(1)} s after the last post: ${JSON.stringify(tally)}`)
  const struck = faults.length >= FAULTS && victimsOf(redis).every((victim) => faults.includes(victim))
  const good = struck && sent.acknowledged.size === LEADS && lost === 0 && doubles === 0 && tally.unsettled === 0 && tally.waiting === 0 && tally.dead === 0
  say(`${lost} acknowledged leads lost, ${doubles} doubled, ${tally.waiting + tally.unsettled} events unsettled: ${good ? 'passed' : 'FAILED'}`)
  if (!good) say(installation.output().split('\n').slice(-60).join('\n'))
  return good
}

const victimsOf = (redis: RedisServer | null): readonly Struck[] => (redis === null ? ['web', 'worker', 'postgres'] : ['web', 'worker', 'postgres', 'redis'])

async function strike(installation: Installation, redis: RedisServer | null, chance: () => number): Promise<Struck[]> {
  const victims = victimsOf(redis)
  const faults: Struck[] = []
  const deadline = Date.now() + SEND_MS
  while (faults.length < FAULTS && Date.now() < deadline) {
    await sleep(PAUSE_MS + chance() * 2 * PAUSE_MS)
    const victim = victims[Math.floor(chance() * victims.length)] ?? 'web'
    if (victim === 'redis' && redis !== null) {
      await redis.kill()
      faults.push(victim)
      await sleep(chance() * 2 * PAUSE_MS)
      await redis.start()
    } else if (victim !== 'redis' && installation.kill(victim) !== null) faults.push(victim)
  }
  return faults
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
