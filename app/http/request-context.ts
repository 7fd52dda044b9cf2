import { AsyncLocalStorage } from 'node:async_hooks'
import { newUuid } from '~/lib/ids'
import { systemClock } from '~/platform/clock'
import { env } from '~/platform/env'
import type { Viewing } from './session'

/** What the front knows of a request before anybody is signed in. `viewing` reads the session once at most. */
export type RequestFacts = { requestId: string; ip: string; now: Date; nonce: string; viewing: () => Promise<Viewing | null> }

const wellFormed = /^[\w.-]{8,64}$/
const facts = new AsyncLocalStorage<RequestFacts>()

/** The caller's request id where it is harmless text, else a new one. */
export const requestIdOf = (headers: Headers): string => requestIdFrom(headers.get('x-request-id'))

/** The same of a header's value, where it was given once. */
export const requestIdFrom = (given: string | string[] | null | undefined): string => (typeof given === 'string' && wellFormed.test(given) ? given : newUuid())

export const now = (): Date => systemClock.now()

/** Runs the rest of a request with its facts at hand. */
export const withFacts = <T>(about: RequestFacts, work: () => T): T => facts.run(about, work)

/** The facts of the request being answered. Outside of one it is a bug to ask. */
export function requestFacts(): RequestFacts {
  const known = facts.getStore()
  if (!known) throw new Error('Asked for the request outside of one')
  return known
}

/** The caller's address: what the configured number of proxies in front wrote, else the socket's. */
export function addressFrom(forwardedFor: string | undefined, socket: () => string | undefined): string {
  const proxies = env().TRUST_PROXY
  const forwarded = proxies === 0 ? [] : (forwardedFor ?? '').split(',').map((part) => part.trim()).filter((part) => part !== '')
  return (forwarded.length === 0 ? undefined : forwarded.at(-Math.min(proxies, forwarded.length))) ?? socket() ?? 'unknown'
}
