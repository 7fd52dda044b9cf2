import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context as Asked, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { HTTPException } from 'hono/http-exception'
import { NONCE, secureHeaders } from 'hono/secure-headers'
import { DomainError } from '~/domain/kernel'
import { env } from '~/platform/env'
import { log } from '~/platform/log'
import { httpSeconds } from '~/platform/metrics'
import { errorAnswer } from './refusal'
import { addressFrom, now, requestFacts, requestIdOf, withFacts } from './request-context'
import { isSameOrigin } from './same-origin'
import { viewerOf, type Viewing } from './session'

/** Policy of every page. Styles keep unsafe-inline: React Aria and sonner write them at run time. */
export const pageHeaders = (development: boolean): MiddlewareHandler =>
  secureHeaders({
    referrerPolicy: 'strict-origin-when-cross-origin',
    xFrameOptions: 'DENY',
    ...(env().APP_BASE_URL.startsWith('https:') ? {} : { strictTransportSecurity: false as const }),
    contentSecurityPolicy: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'", NONCE],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:'],
      fontSrc: ["'self'"],
      connectSrc: development ? ["'self'", 'ws:'] : ["'self'"],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
      formAction: ["'self'"],
    },
  })

const strangersPage = /^\/(?:f\/|u\/|forms\/[^/]+\/preview$)/

/** The pages of forms are framed elsewhere and hold no script: they write a policy of their own. */
export const pageHeadersBut = (development: boolean): MiddlewareHandler => {
  const usual = pageHeaders(development)
  return (c, next) => (strangersPage.test(c.req.path) ? next() : usual(c, next))
}

/** The caller's address: the socket's, or what the configured number of proxies in front wrote. */
export const addressOf = (c: Asked): string => addressFrom(c.req.header('x-forwarded-for'), () => getConnInfo(c).remote.address)

/** Ids, time, address and a session that is read once at most, for everything behind. Logs and times the answer. */
export const facts: MiddlewareHandler = async (c, next) => {
  const started = performance.now()
  const requestId = requestIdOf(c.req.raw.headers)
  let viewing: Promise<Viewing | null> | undefined
  const about = {
    requestId, ip: addressOf(c), now: now(),
    get nonce(): string { return c.get('secureHeadersNonce') ?? '' },
    viewing: () => (viewing ??= viewerOf(c.req.raw)),
  }
  await withFacts(about, () => next())
  c.res.headers.set('X-Request-Id', requestId)
  const route = c.req.routePath === '*' || c.req.routePath === '/*' ? pageLabel(c.req.path) : c.req.routePath
  const seconds = (performance.now() - started) / 1000
  httpSeconds.observe({ route, method: c.req.method, status: c.res.status }, seconds)
  log.debug({ requestId, route, method: c.req.method, status: c.res.status, ms: Math.round(seconds * 1000) }, 'request')
}

const sections = new Set(['queue', 'leads', 'funnel', 'sources', 'deliveries', 'channels', 'imports', 'settings', 'partner', 'sign-in', 'assets', 'preferences', 'dev', 'f', 'forms', '__manifest'])

/** A label with few values: the first part of the path, where it is one of ours. */
function pageLabel(path: string): string {
  const first = path.split('/')[1]?.replace(/\.data$/, '') ?? ''
  return first === '' ? '/' : sections.has(first) ? `/${first}` : 'other'
}

/** An address under the API that is none of its doors: a problem, not the sign-in page. */
export const noSuchDoor = (): never => {
  throw new DomainError('not-found')
}

export const sameOriginOnly: MiddlewareHandler = async (c, next) => {
  if (!isSameOrigin(c.req.raw)) throw new DomainError('not-allowed')
  await next()
}

// RFC 8058: mail programs post there from their own servers, without an Origin. Nobody's cookie is read: the token is the proof.
const oneClick = /^\/u\/[\w-]{43}$/

/** The same for pages, but for the address that stops mails in one click. */
export const pagesSameOriginOnly: MiddlewareHandler = (c, next) => (oneClick.test(c.req.path) ? next() : sameOriginOnly(c, next))

/** Refuses bodies over `bytes`. Node itself holds a sender to the length it told; only a body without one is counted. */
export function capped(bytes: number): MiddlewareHandler {
  const tooLarge = () => { throw new DomainError('too-large') }
  const counted = bodyLimit({ maxSize: bytes, onError: tooLarge })
  return (c, next) => {
    if (c.req.header('transfer-encoding') !== undefined) return counted(c, next)
    return Number(c.req.header('content-length') ?? 0) > bytes ? tooLarge() : next()
  }
}

/** Expected refusals as problem details; anything else is a bug, told to the log and not to the caller. */
export function answerError(error: Error, c: Asked): Response {
  if (error instanceof HTTPException) return error.getResponse()
  const { status, headers, body } = errorAnswer(error, requestFactsOr(c).requestId)
  return new Response(body, { status, headers })
}

function requestFactsOr(c: Asked): { requestId: string } {
  try {
    return requestFacts()
  } catch {
    return { requestId: requestIdOf(c.req.raw.headers) }
  }
}
