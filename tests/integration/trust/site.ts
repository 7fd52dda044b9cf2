import type { Hono } from 'hono'
import { vi } from 'vitest'
import { siteBuild } from './site-build'

// The front as it serves, with the routes from their sources in place of a build.
vi.mock('virtual:remix/server-build', async () => siteBuild())

export const HERE = 'http://localhost:3000'
let app: Promise<Hono> | undefined
let callers = 0

export type Asked = { method?: string; headers?: Record<string, string>; form?: Record<string, string | string[]>; body?: BodyInit; ip?: string; origin?: string }

/** Asks the whole front. A form comes from our own page unless headers say otherwise; each request has an address of its own. */
export async function ask(path: string, { method, headers = {}, form, body, ip, origin = HERE }: Asked = {}): Promise<Response> {
  app ??= import('~/server').then(({ createApp }) => createApp())
  callers += 1
  const address = ip ?? `10.${String((callers >> 16) & 255)}.${String((callers >> 8) & 255)}.${String(callers & 255)}`
  const sent = form === undefined ? body : new URLSearchParams(Object.entries(form).flatMap(([name, value]) => [value].flat().map((each) => [name, each])))
  const verb = method ?? (sent === undefined ? 'GET' : 'POST')
  // On a real socket a body is either counted beforehand or sent in chunks; Node lets nothing else through.
  const length: Record<string, string> = sent === undefined ? {} : typeof sent === 'string' ? { 'content-length': String(Buffer.byteLength(sent)) } : sent instanceof ReadableStream ? { 'transfer-encoding': 'chunked' } : {}
  const request = new Request(new URL(path, origin), {
    method: verb, redirect: 'manual', ...(sent === undefined ? {} : { body: sent, duplex: 'half' }),
    headers: Object.entries({ host: new URL(origin).host, ...length, ...(verb === 'GET' ? {} : { 'sec-fetch-site': 'same-origin' }), ...headers }).filter(([, value]) => value !== ''),
  } as RequestInit)
  return (await app).fetch(request, { incoming: { socket: { remoteAddress: address, remoteFamily: 'IPv4', remotePort: 40_000 } } })
}

/** Where an answer sends the browser, without our own origin. */
export const sentTo = (answer: Response): string => (answer.headers.get('location') ?? '').replace(HERE, '')
