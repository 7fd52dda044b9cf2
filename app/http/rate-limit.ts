import { RateLimiterMemory } from 'rate-limiter-flexible'
import { DomainError } from '~/domain/kernel'

/** Requests a minute that one caller may make at one kind of door. Accounts have their own, durable limits. */
const limits = {
  page: new RateLimiterMemory({ points: 1_200, duration: 60 }),
  api: new RateLimiterMemory({ points: 1_200, duration: 60 }),
  unknown: new RateLimiterMemory({ points: 300, duration: 60 }),
  form: new RateLimiterMemory({ points: 60, duration: 60 }),
  'one-form': new RateLimiterMemory({ points: 1_200, duration: 60 }),
  receipt: new RateLimiterMemory({ points: 600, duration: 60 }),
}
export type Door = keyof typeof limits

/** Counts one request of a caller; refuses with `too-many` and when to come again. */
export async function admit(door: Door, caller: string): Promise<void> {
  try {
    await limits[door].consume(caller)
  } catch (refused) {
    if (refused instanceof Error) throw refused
    const wait = (refused as { msBeforeNext: number }).msBeforeNext
    throw new DomainError('too-many', { params: { retryAfter: Math.max(1, Math.ceil(wait / 1000)) } })
  }
}
