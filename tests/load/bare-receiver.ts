import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer } from 'node:http'
import postgres from 'postgres'

/** The least that could be called durable: plain node:http, the same HMAC, one committed insert a request. */
const secret = Buffer.from((process.env['BARE_SECRET'] ?? '').replace(/^whsec_/, ''), 'base64')
const sql = postgres(process.env['BARE_DATABASE_URL'] ?? '', { max: 10 })

const server = createServer((request, response) => {
  const parts: Buffer[] = []
  request.on('data', (part: Buffer) => parts.push(part))
  request.on('end', () => {
    const body = Buffer.concat(parts)
    const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature } = request.headers
    const expected = createHmac('sha256', secret).update(Buffer.concat([Buffer.from(`${String(id)}.${String(timestamp)}.`), body])).digest()
    const given = Buffer.from(String(signature).slice(3), 'base64')
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      response.writeHead(401).end()
      return
    }
    sql`insert into bare (id, body) values (${String(id)}, ${body})`.then(
      () => response.writeHead(200, { 'content-type': 'application/json' }).end('{}'),
      () => response.writeHead(503).end(),
    )
  })
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.({ port: typeof address === 'object' && address !== null ? address.port : 0 })
})
process.on('disconnect', () => process.exit(0))
