import { readdirSync, readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { pushConnectorNames, type PushConnectorName } from '~/domain/capture/vocabulary'
import { random, seed } from '../support/seed'
import { proofs, samples, type Given, type Post } from '../support/senders'
import { startInstallation, until, type Installation } from './installation'
import { mutateBytes, mutateJson } from './mutate'
import { count } from './tally'

const EACH = Number(process.env['CHAOS_MUTATIONS'] ?? 10_000)
const VALID_EVERY = 100
const SOCKETS = 16
// Weighing 35,000 new people and asking 30,000 times for what was only announced takes longer than reading the messages.
const SETTLE_MS = 3_600_000
/** What each source is given beside its secret. */
const GIVEN: Partial<Record<PushConnectorName, Record<string, string>>> = {
  wecom: { encoding_aes_key: Buffer.alloc(32, 7).toString('base64').replace(/=$/, ''), corp_id: 'ww1234567890abcdef' },
}
type Source = { sourceKey: string; secret: string }
type Round = { answers: Map<number, number>; valid: Set<string>; longestMs: number }

/** Ten thousand changed messages per connector, rightly signed, against a running server: no 5xx, no crash, and every valid lead among them kept. */
export async function run(): Promise<boolean> {
  const installation = await startInstallation(180_000)
  try {
    const { orgId } = await installation.clew<{ orgId: string }>('org', 'create', '--name', 'Mutations')
    const chance = random(seed())
    const before = memoryOfWeb(installation)
    const lag = watchLag(installation.address)
    const asked = process.env['CHAOS_CONNECTOR']
    const wanted = pushConnectorNames.filter((name) => asked === undefined || name === asked)
    let good = true
    const valid = new Map<PushConnectorName, Set<string>>()
    for (const connector of wanted) {
      const round = await mutateOne(installation, orgId, connector, chance)
      valid.set(connector, round.valid)
      const faults = [...round.answers].filter(([status]) => status >= 500 || status === 0).reduce((sum, [, times]) => sum + times, 0)
      say(`${connector}: ${EACH} messages, ${[...round.answers].sort().map(([status, times]) => `${times} × ${status}`).join(', ')}; slowest ${round.longestMs.toFixed(0)} ms`)
      good &&= faults === 0
    }
    const longestLag = lag.stop()
    let tally = await count(installation, orgId)
    await until(async () => {
      tally = await count(installation, orgId)
      return tally.waiting === 0 && tally.unsettled === 0
    }, SETTLE_MS)
    const lost = await lostOf(installation, valid)
    const ended = installation.output().split('\n').filter((line) => line.includes('a process ended'))
    const grown = memoryOfWeb(installation) - before
    say(`settled: ${JSON.stringify(tally)}; web grew by ${grown.toFixed(0)} MB, longest wait of a health check ${longestLag.toFixed(0)} ms, ${ended.length} processes ended`)
    good &&= lost.length === 0 && ended.length === 0 && tally.dead === 0 && tally.unsettled === 0 && tally.twice === 0
    say(`${lost.length} valid leads lost${lost.length > 0 ? ` (${lost.slice(0, 10).join(', ')})` : ''}: ${good ? 'passed' : 'FAILED'}`)
    return good
  } finally {
    await installation.stop()
  }
}

async function mutateOne(installation: Installation, orgId: string, connector: PushConnectorName, chance: () => number): Promise<Round> {
  const keys = GIVEN[connector] ?? {}
  const secret = ['standard'].includes(connector) ? [] : ['--secret', SECRETS[connector] ?? 'a-secret-of-32-characters-0123456']
  const source = await installation.clew<Source>('source', 'create', '--org', orgId, '--channel', connector, '--connector', connector, '--name', connector, ...secret, ...Object.entries(keys).flatMap(([name, value]) => ['--set', `${name}=${value}`]))
  const round: Round = { answers: new Map(), valid: new Set(), longestMs: 0 }
  const agent = new Agent({ keepAlive: true, maxSockets: SOCKETS })
  let next = 0
  const lane = async () => {
    while (next < EACH) {
      const number = next++
      const isValid = number % VALID_EVERY === 0
      const given: Given = { secret: source.secret, keys, now: new Date(), id: `${connector.length}${String(number).padStart(12, '7')}` }
      const post = messageOf(connector, given, number, isValid ? null : chance)
      const before = performance.now()
      const status = await knock(agent, `${installation.address}/api/hooks/${connector}/${source.sourceKey}${post.query === undefined ? '' : `?${post.query}`}`, post)
      round.longestMs = Math.max(round.longestMs, performance.now() - before)
      round.answers.set(status, (round.answers.get(status) ?? 0) + 1)
      if (isValid && status >= 200 && status < 300) round.valid.add(given.id)
      else if (isValid) round.answers.set(0, (round.answers.get(0) ?? 0) + 1)
    }
  }
  await Promise.all(Array.from({ length: SOCKETS }, lane))
  agent.destroy()
  return round
}

const SECRETS: Partial<Record<PushConnectorName, string>> = { wecom: 'QDG6eKtokentoken', 'tencent-meeting': 'tencentmeetingtoken' }

function messageOf(connector: PushConnectorName, given: Given, number: number, chance: (() => number) | null): Post {
  const body = samples[connector]({ ...given, number })
  const proof = proofs[connector]
  const bytesOf = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value))
  if (chance === null) return proof(bytesOf(body), given)
  const changed = typeof body === 'string' || chance() < 0.2 ? mutateBytes(bytesOf(body), chance) : bytesOf(mutateJson(JSON.parse(JSON.stringify(body)) as never, chance))
  return proof(changed, given)
}

function knock(agent: Agent, address: string, { raw, headers }: Post): Promise<number> {
  return new Promise((done) => {
    const outgoing = request(address, { method: 'POST', agent, headers: { ...headers, 'content-length': raw.byteLength } }, (answer) => {
      answer.resume()
      answer.on('end', () => { done(answer.statusCode ?? 0) })
    })
    outgoing.setTimeout(20_000, () => outgoing.destroy())
    outgoing.on('error', () => { done(0) })
    outgoing.end(raw)
  })
}

/** Valid messages of which nothing came: neither an inquiry, nor something to fetch, nor a touch of the same id. */
async function lostOf(installation: Installation, valid: ReadonlyMap<PushConnectorName, ReadonlySet<string>>): Promise<string[]> {
  const sql = installation.database()
  try {
    const rows = await sql<{ connector: string; external_id: string }[]>`
      select s.connector, q.external_id from inquiries q join sources s on s.org_id = q.org_id and s.id = q.source_id
      union all select s.connector, f.external_id from fetches f join sources s on s.org_id = f.org_id and s.id = f.source_id`
    const kept = new Map<string, string[]>()
    for (const { connector, external_id: id } of rows) kept.set(connector, [...(kept.get(connector) ?? []), id])
    const decided = await sql<{ connector: string; n: number }[]>`
      select d.connector, count(*)::int as n from deliveries d join delivery_outcomes o on o.org_id = d.org_id and o.delivery_id = d.id where o.verdict = 'processed' group by 1`
    return [...valid].flatMap(([connector, ids]) => {
      const known = kept.get(connector) ?? []
      const whole = known.join('\n')
      // Events open no lead by themselves: that their messages were all read is what counts.
      if (connector === 'segment') return (decided.find((row) => row.connector === connector)?.n ?? 0) >= ids.size ? [] : [connector]
      return [...ids].filter((id) => !whole.includes(id)).map((id) => `${connector} ${id}`)
    })
  } finally {
    await sql.end({ timeout: 2 })
  }
}

function watchLag(address: string): { stop: () => number } {
  let longest = 0
  let stopped = false
  const watch = async () => {
    while (!stopped) {
      const before = performance.now()
      await fetch(`${address}/livez`).then((answer) => answer.arrayBuffer(), () => undefined)
      longest = Math.max(longest, performance.now() - before)
      await sleep(50)
    }
  }
  void watch()
  return { stop: () => { stopped = true; return longest } }
}

/** Resident memory of the web process in megabytes. */
function memoryOfWeb(installation: Installation): number {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const isWeb = readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('app/cli/web.ts') && readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`PORT=${new URL(installation.address).port}\0`)
      if (isWeb) return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
    } catch {
      // It ended while we looked.
    }
  }
  return 0
}

const say = (line: string) => process.stdout.write(`${line}\n`)
