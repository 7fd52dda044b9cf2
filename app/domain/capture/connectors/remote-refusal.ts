import { RemoteError, type RemoteAnswer } from '~/platform/http-client'
import type { Refused } from './connector'

const MOST_WAIT_MS = 24 * 3_600_000

/** What a failed request says in the words of a connector: time-outs and 5xx are a matter of time. */
export function refusalOf(error: unknown): Refused {
  if (!(error instanceof RemoteError)) throw error
  return { ok: false, problem: error.code === 'too-large' ? 'unreadable' : 'unreachable', detail: error.code }
}

/** By its status alone, where the body says nothing better. */
export function refusalOfStatus({ status, headers }: Pick<RemoteAnswer, 'status' | 'headers'>, now: Date): Refused {
  const detail = String(status)
  const retryAfterMs = retryAfterOf(headers, now)
  const wait = retryAfterMs === null ? {} : { retryAfterMs }
  if (status === 429) return { ok: false, problem: 'rate-limited', detail, ...wait }
  if (status >= 500) return { ok: false, problem: 'unreachable', detail, ...wait }
  if (status === 401 || status === 403) return { ok: false, problem: 'not-permitted', detail }
  return { ok: false, problem: status === 404 || status === 410 ? 'gone' : 'unreadable', detail }
}

/** `Retry-After` in milliseconds, seconds or a date alike, at most a day; null where it says nothing. */
export function retryAfterOf(headers: RemoteAnswer['headers'], now: Date): number | null {
  const said = headers['retry-after'] ?? ''
  const wait = /^\d{1,9}$/.test(said) ? Number(said) * 1000 : Date.parse(said) - now.getTime()
  return Number.isFinite(wait) && wait > 0 ? Math.min(wait, MOST_WAIT_MS) : null
}
