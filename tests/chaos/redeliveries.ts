import { random, seed } from '../support/seed'
import { startInstallation, until } from './installation'
import { postSigned } from './senders'
import { count } from './tally'

const EVENTS = 1_000
const COPIES = 5
const SOCKETS = 16
const SETTLE_MS = 120_000

/** A thousand messages five times each, shuffled, through two web processes at once: a thousand inquiries, and not one twice. */
export async function run(): Promise<boolean> {
  const installation = await startInstallation(180_000)
  try {
    const { orgId } = await installation.clew<{ orgId: string }>('org', 'create', '--name', 'Redeliveries')
    const source = await installation.clew<{ sourceKey: string; secret: string }>('source', 'create', '--org', orgId, '--channel', 'Form', '--connector', 'standard', '--name', 'Form')
    const doors = [installation.address, await installation.secondWeb()].map((address) => `${address}/api/hooks/standard/${source.sourceKey}`)
    const chance = random(seed())
    const order = Array.from({ length: EVENTS * COPIES }, (_, index) => ({ id: `l${index % EVENTS}`, at: chance() })).sort((a, b) => a.at - b.at)
    let refused = 0
    const startedAt = performance.now()
    const lane = async (_: unknown, index: number) => {
      for (let next = order.pop(); next !== undefined; next = order.pop()) {
        if ((await postSigned(doors[index % doors.length] ?? '', source.secret, next.id)) !== '2xx') refused += 1
      }
    }
    await Promise.all(Array.from({ length: SOCKETS }, lane))
    const seconds = (performance.now() - startedAt) / 1000
    let tally = await count(installation, orgId)
    await until(async () => {
      tally = await count(installation, orgId)
      return tally.waiting === 0 && tally.unsettled === 0
    }, SETTLE_MS)
    say(`${EVENTS * COPIES} posts of ${EVENTS} messages through 2 web processes and ${SOCKETS} sockets in ${seconds.toFixed(1)} s, ${refused} refused: ${JSON.stringify(tally)}`)
    const doubles = tally.twice + Math.abs(tally.keys - EVENTS) + Math.abs(tally.inquiries - EVENTS) + Math.abs(tally.leads - EVENTS)
    const good = refused === 0 && doubles === 0 && tally.deliveries === EVENTS * COPIES && tally.unsettled === 0 && tally.dead === 0
    say(`${doubles} duplicates: ${good ? 'passed' : 'FAILED'}`)
    return good
  } finally {
    await installation.stop()
  }
}

const say = (line: string) => process.stdout.write(`${line}\n`)
