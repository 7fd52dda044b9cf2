import type { HoldReason } from '../vocabulary'
import { isDisposable } from './disposable-domains'

/** What is known of a submission when it is looked at; counts are of the organisation's own history. */
export type Reputation = {
  honeypot: string | null
  /** Between showing and receiving; null where the form did not say, `forged` where it lied. */
  seconds: number | 'forged' | null
  minSeconds: number
  names: readonly string[]
  emails: readonly string[]
  message: string | null
  sameText: number
  knownBad: number
}

const LINK = /https?:\/\/|www\.|\[url|<a\s|\b[a-z0-9-]{2,40}\.(?:ru|top|xyz|click|shop|online|site|icu)\b/i
const MOST_LINKS = 3
const MOST_SAME = 3

/** Why a person should look at it first; empty where nothing speaks against it. */
export function holdReasonsOf({ honeypot, seconds, minSeconds, names, emails, message, sameText, knownBad }: Reputation): HoldReason[] {
  const found: [HoldReason, boolean][] = [
    ['honeypot', honeypot !== null],
    ['timing-forged', seconds === 'forged'],
    ['too-fast', typeof seconds === 'number' && seconds < minSeconds],
    ['disposable-mail', emails.some((email) => isDisposable(email.slice(email.lastIndexOf('@') + 1)))],
    ['links-in-name', names.some((name) => LINK.test(name))],
    ['many-links', (message?.match(/https?:\/\//gi)?.length ?? 0) > MOST_LINKS],
    ['same-text', sameText >= MOST_SAME],
    ['known-bad', knownBad > 0],
  ]
  return found.flatMap(([reason, holds]) => (holds ? [reason] : []))
}

/** A message in the form in which copies of it are equal; null where it is too short to say anything. */
export function textKey(message: string | null): string | null {
  const key = (message ?? '').normalize('NFKC').toLowerCase().replace(/https?:\/\/\S{1,500}/g, ' ').replace(/[^\p{L}]+/gu, '')
  return key.length >= 12 ? key.slice(0, 2_000) : null
}
