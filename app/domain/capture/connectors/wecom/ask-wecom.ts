import { askRemote, RemoteError } from '~/platform/http-client'
import { sha256 } from '~/platform/crypto'
import { textOf } from '../../clean-text'
import type { Fetched, FetchOrder, Keys, Refused, RemoteProblem } from '../connector'
import { readBody } from '../read-body'

const BASE = 'https://qyapi.weixin.qq.com'
const EARLY_MS = 300_000
type Token = { token: string; until: number }
const tokens = new Map<string, Token>()

// What WeCom's numbers mean for us: a matter of rights, gone, too often; -1 and everything unknown passes with time.
const PROBLEMS: Record<string, RemoteProblem> = {
  '40001': 'not-permitted', '40013': 'not-permitted', '40056': 'not-permitted', '41004': 'not-permitted', '48002': 'not-permitted', '60011': 'not-permitted', '60020': 'not-permitted',
  '60030': 'not-permitted', '84074': 'not-permitted', '301002': 'not-permitted', '40096': 'gone', '84061': 'gone', '45009': 'rate-limited', '45033': 'rate-limited',
}
const STALE = new Set(['40014', '42001', '41001'])

type Answered = { ok: true; raw: Buffer; code: string; token: string | null; seconds: number } | Refused

/** Asks for one contact with what our colleagues noted about it. A token that has ended is renewed once. */
export async function fetchContact({ order }: FetchOrder, keys: Keys, now: Date): Promise<Fetched> {
  const contact = order['external_userid'] ?? ''
  for (const isSecond of [false, true]) {
    const token = await tokenOf(keys, now, isSecond)
    if (!('token' in token)) return token
    const answer = await ask(`${baseOf(keys)}/cgi-bin/externalcontact/get?access_token=${encodeURIComponent(token.token)}&external_userid=${encodeURIComponent(contact)}`)
    if (!answer.ok) return answer
    if (answer.code === '0') return { ok: true, raw: answer.raw, contentType: 'application/json' }
    if (!STALE.has(answer.code) || isSecond) return refusalOf(answer.code)
  }
  return refusalOf('40014')
}

const baseOf = ({ settings }: Keys): string => (typeof settings['api_base'] === 'string' && settings['api_base'] !== '' ? settings['api_base'] : BASE).replace(/\/+$/, '')

// Remembered in this process until shortly before it ends: WeCom counts how often it is asked for.
async function tokenOf(keys: Keys, now: Date, isRenewed: boolean): Promise<Token | Refused> {
  const [corp, secret] = [keys.settings['corp_id'], keys.keys['contact_secret'] ?? '']
  if (typeof corp !== 'string' || corp === '' || secret === '') return { ok: false, problem: 'not-permitted', detail: 'no-key-configured' }
  const place = sha256(`${baseOf(keys)} ${corp} ${secret}`).toString('base64url')
  const known = tokens.get(place)
  if (known !== undefined && known.until > now.getTime() && !isRenewed) return known
  const answer = await ask(`${baseOf(keys)}/cgi-bin/gettoken?corpid=${encodeURIComponent(corp)}&corpsecret=${encodeURIComponent(secret)}`)
  if (!answer.ok) return answer
  if (answer.code !== '0' || answer.token === null) return refusalOf(answer.code)
  const token = { token: answer.token, until: now.getTime() + Math.max(0, answer.seconds * 1000 - EARLY_MS) }
  if (tokens.size > 1_000) tokens.clear()
  tokens.set(place, token)
  return token
}

async function ask(address: string): Promise<Answered> {
  try {
    const { status, body } = await askRemote(address)
    if (status === 429) return { ok: false, problem: 'rate-limited' }
    if (status >= 500) return { ok: false, problem: 'unreachable', detail: String(status) }
    const read = readBody(body)
    if (status !== 200 || 'issues' in read) return { ok: false, problem: 'unreadable', detail: String(status) }
    return { ok: true, raw: body, code: textOf(read.body['errcode'], 12) ?? '0', token: textOf(read.body['access_token'], 1000), seconds: Number(textOf(read.body['expires_in'], 8) ?? 0) || 0 }
  } catch (error) {
    if (error instanceof RemoteError) return { ok: false, problem: 'unreachable', detail: error.code }
    throw error
  }
}

const refusalOf = (code: string): Refused => ({ ok: false, problem: PROBLEMS[code] ?? 'unreachable', detail: `errcode ${code}` })
