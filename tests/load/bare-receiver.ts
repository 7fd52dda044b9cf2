import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer, type ServerResponse } from 'node:http'
import postgres from 'postgres'

/**
 * The least that could be called durable: plain node:http and the same HMAC. BARE_TOGETHER says how many of what waits
 * go into one insert; with 1, each has a transaction of its own and only PostgreSQL groups the commits.
 */
const MOST_TOGETHER = Number(process.env['BARE_TOGETHER'] ?? 200)
const LANES = MOST_TOGETHER === 1 ? 10 : 2

type Waiting = { id: string; body: Buffer; response: ServerResponse }

const secret = Buffer.from((process.env['BARE_SECRET'] ?? '').replace(/^whsec_/, ''), 'base64')
const sql = postgres(process.env['BARE_DATABASE_URL'] ?? '', { max: LANES })
const waiting: Waiting[] = []
let running = 0

const server = createServer((request, response) => {
  const parts: Buffer[] = []
  request.on('data', (part: Buffer) => parts.push(part))
  request.on('end', () => {
    const body = parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts)
    const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature } = request.headers
    const expected = createHmac('sha256', secret).update(`${String(id)}.${String(timestamp)}.`).update(body).digest()
    const given = Buffer.from(String(signature).slice(3), 'base64')
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      response.writeHead(401).end()
      return
    }
    waiting.push({ id: String(id), body, response })
    if (running < LANES) void drain()
  })
})

async function drain(): Promise<void> {
  running += 1
  await new Promise((turn) => setImmediate(turn))
  while (waiting.length > 0) await commit(waiting.splice(0, MOST_TOGETHER))
  running -= 1
}

async function commit(group: readonly Waiting[]): Promise<void> {
  const stored = await sql`
    insert into bare (id, body) select id, decode(body, 'base64')
    from unnest(${group.map(({ id }) => id)}::text[], ${group.map(({ body }) => body.toString('base64'))}::text[]) as r(id, body) on conflict do nothing`.then(() => true, () => false)
  for (const { response } of group) {
    if (stored) response.writeHead(200, { 'content-type': 'application/json', 'content-length': 2 }).end('{}')
    else response.writeHead(503).end()
  }
}

server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.({ port: typeof address === 'object' && address !== null ? address.port : 0 })
})
process.on('disconnect', () => process.exit(0))
