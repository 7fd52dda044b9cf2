import { parseJson } from '~/lib/json-big'
import type { RemoteAnswer } from '~/platform/http-client'
import { textOf } from '../../clean-text'
import type { RemoteProblem, Refused } from '../connector'
import { isObject, own, type JsonObject } from '../read-body'
import { refusalOfStatus, retryAfterOf } from '../remote-refusal'

const RATE = new Set([4, 17, 32, 341, 613])
const TOKEN = new Set([3, 10, 102, 190])
const MINUTE = 60_000

/** What an error of the Graph API means: by its code and subcode, else by the status. Source: Graph API error handling. */
export function refusalOfMeta(answer: RemoteAnswer, body: JsonObject, now: Date): Refused {
  const error = own(body, 'error')
  if (!isObject(error)) return answer.status === 200 ? { ok: false, problem: 'unreadable', detail: 'not-json' } : refusalOfStatus(answer, now)
  const [code, subcode] = [numberOf(error, 'code'), numberOf(error, 'error_subcode')]
  const problem = code === null ? null : problemOf(code, subcode)
  if (problem === null) return refusalOfStatus(answer.status === 200 ? { ...answer, status: 422 } : answer, now)
  const wait = problem === 'rate-limited' || problem === 'unreachable' ? (retryAfterOf(answer.headers, now) ?? regainAfter(answer.headers)) : null
  return { ok: false, problem, detail: subcode === null ? String(code) : `${code}/${subcode}`, ...(wait === null ? {} : { retryAfterMs: wait }) }
}

function problemOf(code: number, subcode: number | null): RemoteProblem | null {
  if (TOKEN.has(code) || (code >= 200 && code <= 299)) return 'not-permitted'
  if (RATE.has(code) || (code >= 80_000 && code <= 80_014)) return 'rate-limited'
  if (code === 100) return subcode === 33 ? 'gone' : 'unreadable'
  if (code === 803) return 'gone'
  return code === 1 || code === 2 ? 'unreachable' : null
}

function numberOf(error: JsonObject, name: string): number | null {
  const text = textOf(own(error, name), 12)
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null
}

// `{"<page>":[{"estimated_time_to_regain_access":<minutes>, …}]}`: how Meta says when to come again.
function regainAfter(headers: RemoteAnswer['headers']): number | null {
  const said = parseJson(headers['x-business-use-case-usage'] ?? '')
  if (!said.ok || !isObject(said.value)) return null
  const minutes = Object.values(said.value).flatMap((uses) => (Array.isArray(uses) ? uses : [])).flatMap((use) => {
    const text = isObject(use) ? textOf(own(use, 'estimated_time_to_regain_access'), 8) : null
    return text !== null && /^\d+$/.test(text) ? [Number(text)] : []
  })
  const longest = Math.max(0, ...minutes)
  return longest === 0 ? null : Math.min(longest, 1_440) * MINUTE
}
