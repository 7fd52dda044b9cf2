import { jsonSlices } from '~/lib/json-slices'
import { askRemote, RemoteError, type RemoteRequest } from '~/platform/http-client'
import { textOf } from '../clean-text'
import type { Entry, Keys, Refused, RemoteProblem } from './connector'
import { readBody, type JsonObject } from './read-body'

/** A JSON answer, beside its own text. */
export type Answered = { ok: true; body: JsonObject; text: string }
/** What a platform's own codes mean; what is not in it is read from the words of its message. */
export type Codes = Readonly<Partial<Record<Exclude<RemoteProblem, 'unreachable'>, readonly string[]>>>

const RETRY_MS = 60_000
const refused = (problem: RemoteProblem, detail?: string, retryAfterMs?: number): Refused => ({
  ok: false, problem, ...(detail === undefined ? {} : { detail }), ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
})

/** Asks a platform's interface. Whatever is not a JSON object with a good status is an answer, never an exception. */
export async function askPlatform(address: string, request: RemoteRequest = {}): Promise<Answered | Refused> {
  try {
    const { status, headers, body } = await askRemote(address, request)
    if (status === 429) return refused('rate-limited', 'http-429', retryAfter(headers['retry-after']))
    if (status === 401 || status === 403) return refused('not-permitted', `http-${status}`)
    if (status >= 500) return refused('unreachable', `http-${status}`)
    const read = readBody(body)
    if (status >= 300 || 'issues' in read) return refused('unreadable', status >= 300 ? `http-${status}` : 'not-json')
    return { ok: true, body: read.body, text: body.toString('utf8').replace(/^\ufeff/, '') }
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error
    return refused(error.code === 'too-large' ? 'unreadable' : 'unreachable', error.code)
  }
}

/** The refusal behind a code that is not the one of success: by the platform's table, else by the words of its message. */
export function refusalOf(code: string, message: string | null, codes: Codes): Refused {
  const named = (['not-permitted', 'rate-limited', 'gone', 'unreadable'] as const).find((problem) => codes[problem]?.includes(code) === true)
  const problem = named ?? byWords(message ?? '')
  return refused(problem, `code-${code.slice(0, 20)}`, problem === 'rate-limited' ? RETRY_MS : undefined)
}

function byWords(message: string): RemoteProblem {
  if (/频繁|频率|频次|限流|配额|too many|too frequent|frequen|rate limit|quota|qps/i.test(message)) return 'rate-limited'
  return /token|授权|权限|鉴权|过期|permission|unauthori[sz]ed|auth|expired|denied|scope/i.test(message) ? 'not-permitted' : 'unreachable'
}

/** The entries of a list as they stand in the answer. `readEntry` names each; what has no id is left out. */
export function entriesOf(text: string, path: readonly (string | number)[], readEntry: (entry: JsonObject) => { externalId: string | null; at: Date | null }): Entry[] {
  return (jsonSlices(text, path) ?? []).flatMap((slice) => {
    const raw = Buffer.from(slice)
    const read = readBody(raw)
    if ('issues' in read) return []
    const { externalId, at } = readEntry(read.body)
    return externalId === null ? [] : [{ externalId, at, raw }]
  })
}

/** A setting that was filled in, or what it is without. */
export const settingOf = ({ settings }: Keys, name: string, fallback = ''): string => textOf(settings[name], 500) ?? fallback

/** The refusal of a source that was not given what its platform's interface asks for. */
export const notEquipped = (what: string): Refused => refused('not-permitted', `${what}-missing`)

function retryAfter(header: string | undefined): number {
  const seconds = Number(header ?? Number.NaN)
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 86_400) * 1000 : RETRY_MS
}
