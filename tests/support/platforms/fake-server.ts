import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Asked = { path: string; query: URLSearchParams; headers: IncomingHttpHeaders }
/** `hang` never answers. */
export type Told = { status?: number; headers?: Record<string, string>; body: string | object } | 'hang'
export type FakeServer = { base: string; asked: Asked[]; close: () => Promise<void> }

/** A small platform on this machine. Its requests are kept, so that a test may count and read them. */
export async function fakeServer(answer: (asked: Asked) => Told): Promise<FakeServer> {
  const asked: Asked[] = []
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://fake')
    const each: Asked = { path: url.pathname, query: url.searchParams, headers: request.headers }
    asked.push(each)
    const told = answer(each)
    if (told === 'hang') return
    response.writeHead(told.status ?? 200, { 'content-type': 'application/json', ...told.headers })
    response.end(typeof told.body === 'string' ? told.body : JSON.stringify(told.body))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked,
    close: () => new Promise<void>((closed) => { server.closeAllConnections(); server.close(() => closed()) }),
  }
}

/** Lets requests to this machine through the address guard; call before anything reads the environment. */
export function allowThisMachine(): void {
  process.env['CLEW_EGRESS_ALLOW'] = '127.0.0.1'
}
