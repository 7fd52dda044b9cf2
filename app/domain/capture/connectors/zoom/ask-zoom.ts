import { askRemote, RemoteError } from '~/platform/http-client'
import { sha256 } from '~/platform/crypto'
import { momentOf, textOf } from '../../clean-text'
import type { Entry, Keys, Listed, Refused } from '../connector'
import { isObject, own, readBody, type JsonObject } from '../read-body'

const API = 'https://api.zoom.us/v2'
const LOGIN = 'https://zoom.us'
const EARLY_MS = 300_000
const tokens = new Map<string, { token: string; until: number }>()

type Page = { ok: true; body: JsonObject } | Refused
type Cursor = { webinars: { id: string; uuid: string | null; topic: string | null }[]; page: string | null }

const setting = ({ settings }: Keys, name: string, fallback: string): string => {
  const value = settings[name]
  return (typeof value === 'string' && value !== '' ? value : fallback).replace(/\/+$/, '')
}

/**
 * Zoom's own registrants, webinar by webinar: every registrant of every webinar of the account's user, a page at a time.
 * The first page reads the list of webinars; what lies outside the period asked for is left out.
 */
export async function listRegistrants({ since, until, cursor }: { since: Date; until: Date; cursor: string | null }, keys: Keys, now: Date): Promise<Listed> {
  const token = await tokenOf(keys, now)
  if (typeof token !== 'string') return token
  const at = cursor === null ? await firstCursor(keys, token) : (JSON.parse(cursor) as Cursor)
  if ('ok' in at) return at
  const [webinar, ...later] = at.webinars
  if (webinar === undefined) return { ok: true, entries: [], next: null }
  const asked = new URLSearchParams({ page_size: '300', status: 'approved', ...(at.page === null ? {} : { next_page_token: at.page }) })
  const answer = await ask(`${setting(keys, 'api_base', API)}/webinars/${encodeURIComponent(webinar.id)}/registrants?${asked.toString()}`, { headers: { authorization: `Bearer ${token}` } })
  if (!answer.ok && answer.problem !== 'gone') return answer
  const body: JsonObject = answer.ok ? answer.body : {}
  const listed = own(body, 'registrants')
  const entries = (Array.isArray(listed) ? listed.filter(isObject) : []).flatMap((registrant) => entryOf(webinar, registrant)).filter(({ at: moment }) => moment === null || (moment >= since && moment < until))
  const page = textOf(own(body, 'next_page_token'), 300)
  const next: Cursor = page === null ? { webinars: later, page: null } : { webinars: at.webinars, page }
  return { ok: true, entries, next: next.webinars.length === 0 ? null : JSON.stringify(next) }
}

// The webinar stands beside its registrant, in the shape of a push, so that one mapper reads both.
function entryOf({ id, uuid, topic }: Cursor['webinars'][number], registrant: JsonObject): Entry[] {
  const registrantId = textOf(own(registrant, 'id'), 100)
  if (registrantId === null) return []
  return [{ externalId: `${id}:${registrantId}`, at: momentOf(own(registrant, 'create_time')), raw: Buffer.from(JSON.stringify({ object: { id, uuid, topic, registrant } })) }]
}

async function firstCursor(keys: Keys, token: string): Promise<Cursor | Refused> {
  const user = setting(keys, 'user_id', 'me')
  const answer = await ask(`${setting(keys, 'api_base', API)}/users/${encodeURIComponent(user)}/webinars?page_size=300`, { headers: { authorization: `Bearer ${token}` } })
  if (!answer.ok) return answer
  const listed = own(answer.body, 'webinars')
  const webinars = (Array.isArray(listed) ? listed.filter(isObject) : []).flatMap((each) => {
    const id = textOf(own(each, 'id'), 80)
    return id === null ? [] : [{ id, uuid: textOf(own(each, 'uuid'), 100), topic: textOf(own(each, 'topic'), 300) }]
  })
  return { webinars, page: null }
}

/** Server-to-server OAuth: a token of an hour, remembered in this process. */
async function tokenOf(keys: Keys, now: Date): Promise<string | Refused> {
  const [account, client, secret] = [setting(keys, 'account_id', ''), setting(keys, 'client_id', ''), keys.keys['client_secret'] ?? '']
  if (account === '' || client === '' || secret === '') return { ok: false, problem: 'not-permitted', detail: 'no-key-configured' }
  const place = sha256(`${setting(keys, 'login_base', LOGIN)} ${account} ${client} ${secret}`).toString('base64url')
  const known = tokens.get(place)
  if (known !== undefined && known.until > now.getTime()) return known.token
  const answer = await ask(`${setting(keys, 'login_base', LOGIN)}/oauth/token?grant_type=account_credentials&account_id=${encodeURIComponent(account)}`, {
    method: 'POST', headers: { authorization: `Basic ${Buffer.from(`${client}:${secret}`).toString('base64')}` },
  })
  if (!answer.ok) return answer
  const token = textOf(own(answer.body, 'access_token'), 4000)
  if (token === null) return { ok: false, problem: 'unreadable' }
  if (tokens.size > 1_000) tokens.clear()
  tokens.set(place, { token, until: now.getTime() + (Number(textOf(own(answer.body, 'expires_in'), 8) ?? 0) || 0) * 1000 - EARLY_MS })
  return token
}

async function ask(address: string, more: { method?: 'POST'; headers: Record<string, string> }): Promise<Page> {
  try {
    const { status, headers, body } = await askRemote(address, more)
    if (status === 429) return { ok: false, problem: 'rate-limited', retryAfterMs: (Number(headers['retry-after']) || 60) * 1000 }
    if (status === 404) return { ok: false, problem: 'gone' }
    if (status >= 500) return { ok: false, problem: 'unreachable', detail: String(status) }
    if (status >= 400) return { ok: false, problem: 'not-permitted', detail: String(status) }
    const read = readBody(body)
    return 'issues' in read ? { ok: false, problem: 'unreadable' } : { ok: true, body: read.body }
  } catch (error) {
    if (error instanceof RemoteError) return { ok: false, problem: 'unreachable', detail: error.code }
    throw error
  }
}
