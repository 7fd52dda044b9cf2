import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll } from 'vitest'
import { forgetEnv } from '~/platform/env'

/** A lead as the fake platform holds it. `isTest` ones are previews. */
export type FakeLead = { id: string; at: Date; name: string; phone: string; isTest?: boolean }
export type Asked = { path: string; query: URLSearchParams; headers: IncomingMessage['headers']; body: Record<string, unknown>; raw: string }

/** A platform's own list: its leads, the token it takes, how often it still says "too many" (and at which question once), and what it was asked. */
export type FakePlatform = { address: string; leads: FakeLead[]; token: string; tooMany: number; limitAt: number; status: number; asked: Asked[] }
/** How a platform speaks: the answer to a question, "too many" and "your token is none", as objects; `#123` becomes a number. */
export type Speech = { answer: (asked: Asked, platform: FakePlatform) => object; tooMany: object; notPermitted: object; tokenOf: (asked: Asked) => string }

/** Starts the fake for the tests of this file, and lets them reach it. */
export function fakeList(speech: Speech): FakePlatform {
  const platform: FakePlatform = { address: '', leads: [], token: 'token-1', tooMany: 0, limitAt: 0, status: 200, asked: [] }
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part)).on('end', () => {
      const raw = Buffer.concat(parts).toString()
      const url = new URL(request.url ?? '/', 'http://fake')
      const asked = { path: url.pathname, query: url.searchParams, headers: request.headers, raw, body: raw === '' ? {} : JSON.parse(raw) as Record<string, unknown> }
      platform.asked.push(asked)
      const spoken = speak(asked)
      response.writeHead(platform.status, { 'content-type': 'application/json' }).end(JSON.stringify(spoken).replace(/"#(\d+)"/g, '$1'))
    })
  })
  const speak = (asked: Asked): object => {
    if (platform.tooMany > 0 || platform.asked.length === platform.limitAt) {
      platform.tooMany = Math.max(0, platform.tooMany - 1)
      return speech.tooMany
    }
    return speech.tokenOf(asked) === platform.token ? speech.answer(asked, platform) : speech.notPermitted
  }
  const before = process.env['CLEW_EGRESS_ALLOW']
  beforeAll(async () => {
    await new Promise<void>((done) => { server.listen(0, '127.0.0.1', done) })
    platform.address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    process.env['CLEW_EGRESS_ALLOW'] = '127.0.0.1'
    forgetEnv()
  })
  afterAll(async () => {
    if (before === undefined) delete process.env['CLEW_EGRESS_ALLOW']
    else process.env['CLEW_EGRESS_ALLOW'] = before
    forgetEnv()
    await new Promise((done) => server.close(done))
  })
  return platform
}

/** The leads of a period, newest first, a page of them. */
export function pageOf(leads: readonly FakeLead[], since: number, until: number, page: number, size: number): { items: FakeLead[]; total: number } {
  const inside = leads.filter(({ at }) => at.getTime() >= since && at.getTime() <= until).sort((a, b) => b.at.getTime() - a.at.getTime())
  return { items: inside.slice((page - 1) * size, page * size), total: inside.length }
}

/** A time in China as the platforms write it, and back. */
export const inChina = (at: Date): string => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
export const fromChina = (text: string): number => Date.parse(`${text.replace(' ', 'T')}+08:00`)
