import { lookup as resolve, type LookupAddress } from 'node:dns'
import { BlockList, isIP } from 'node:net'
import { Agent, request } from 'undici'
import { env } from './env'

/** An answer of somebody else's server: at most `mostBytes` of its body, never a redirect followed. */
export type RemoteAnswer = { status: number; headers: Readonly<Record<string, string>>; body: Buffer }
export type RemoteRequest = {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE'; headers?: Readonly<Record<string, string>>; body?: string | Uint8Array; timeoutMs?: number; mostBytes?: number
}

/** Why there was no answer. `refused-address` is ours: the address is private, reserved or not http(s). */
export class RemoteError extends Error {
  override readonly name = 'RemoteError'
  constructor(readonly code: 'refused-address' | 'timeout' | 'unreachable' | 'too-large') {
    super(code)
  }
}

const TIMEOUT_MS = 10_000
const MOST_BYTES = 8_000_000
const reserved = new BlockList()
const RESERVED_4 = [
  ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24], ['192.0.2.0', 24],
  ['192.88.99.0', 24], ['192.168.0.0', 16], ['198.18.0.0', 15], ['198.51.100.0', 24], ['203.0.113.0', 24], ['224.0.0.0', 3],
] as const
const RESERVED_6 = [
  ['::', 8], ['64:ff9b::', 16], ['100::', 64], ['2001::', 23], ['2001:db8::', 32], ['2002::', 16], ['3fff::', 20], ['5f00::', 16], ['fc00::', 7], ['fe80::', 9], ['ff00::', 8],
] as const
for (const [net, bits] of RESERVED_4) reserved.addSubnet(net, bits, 'ipv4')
for (const [net, bits] of RESERVED_6) reserved.addSubnet(net, bits, 'ipv6')

/** Whether an address is on the public internet. Mapped and translated IPv4 addresses are reserved as a whole. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address)
  return family !== 0 && !reserved.check(address, family === 6 ? 'ipv6' : 'ipv4')
}

// Asked when the connection is made, on the very addresses it will use: a name that changes its mind gains nothing.
const agent = new Agent({
  connect: {
    timeout: TIMEOUT_MS,
    lookup(hostname, options, done) {
      resolve(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
        const allowed = error ? [] : addresses.filter(({ address }) => isAllowed(hostname, address))
        const [first] = allowed
        if (first === undefined) return done(error ?? new RemoteError('refused-address'), [])
        if (options.all === true) return done(null, allowed)
        done(null, first.address, first.family)
      })
    },
  },
})

/**
 * Asks another server, never one inside our own network: private, loopback, link-local and reserved addresses are
 * refused at every name and every answer of DNS, but for hosts listed in CLEW_EGRESS_ALLOW. Redirects are answers,
 * not followed. Throws RemoteError where there is no answer in time.
 */
export async function askRemote(address: string, { method = 'GET', headers = {}, body, timeoutMs = TIMEOUT_MS, mostBytes = MOST_BYTES }: RemoteRequest = {}): Promise<RemoteAnswer> {
  const url = checked(address)
  try {
    const answer = await request(url, { method, headers, body: body ?? null, dispatcher: agent, signal: AbortSignal.timeout(timeoutMs), headersTimeout: timeoutMs, bodyTimeout: timeoutMs })
    const parts: Buffer[] = []
    let bytes = 0
    for await (const part of answer.body as AsyncIterable<Buffer>) {
      bytes += part.byteLength
      if (bytes > mostBytes) throw new RemoteError('too-large')
      parts.push(part)
    }
    const heads = Object.entries(answer.headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))
    return { status: answer.statusCode, headers: Object.fromEntries(heads) as Record<string, string>, body: Buffer.concat(parts) }
  } catch (error) {
    throw asRemoteError(error)
  }
}

function checked(address: string): URL {
  if (!URL.canParse(address)) throw new RemoteError('refused-address')
  const url = new URL(address)
  if (!['http:', 'https:'].includes(url.protocol) || url.username !== '' || url.password !== '') throw new RemoteError('refused-address')
  const host = url.hostname.replace(/^\[|\]$/g, '')
  // A literal address is never looked up, so it is asked about here.
  if (isIP(host) !== 0 && !isAllowed(host, host)) throw new RemoteError('refused-address')
  return url
}

const isAllowed = (host: string, address: string): boolean => isPublicAddress(address) || env().CLEW_EGRESS_ALLOW.includes(host)

function asRemoteError(error: unknown): RemoteError {
  for (let each = error; each instanceof Error; each = each.cause) {
    if (each instanceof RemoteError) return each
    if (each.name === 'TimeoutError' || each.name === 'HeadersTimeoutError' || each.name === 'BodyTimeoutError' || each.name === 'ConnectTimeoutError') return new RemoteError('timeout')
  }
  return new RemoteError('unreachable')
}
