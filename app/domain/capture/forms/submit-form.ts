import { newId } from '~/lib/ids'
import type { Locale } from '~/lib/locales'
import { hmacSha256, randomToken, sha256 } from '~/platform/crypto'
import { env } from '~/platform/env'
import { log } from '~/platform/log'
import { deliveriesTotal } from '~/platform/metrics'
import { DomainError } from '../../kernel'
import { cleanText } from '../clean-text'
import { connectedSource, type ConnectedSource } from '../connected-source'
import { within } from '../receive-delivery'
import { receiptOf } from '../receipt'
import { mayKeepRejected } from '../rejected-cap'
import { isCrowded, storeDelivery, type NewDelivery } from '../store-delivery'
import { checkSubmission, type Problems } from './check-submission'
import { languageOf, publishedIn, type PublishedForm } from './published-form'
import { all, one, readEntries, type Entries } from './read-entries'
import { sealTime } from './sealed-time'

/** A request at a form's address. `isOwnPage` says that it comes from a page of this installation. */
export type FormInbound = { formKey: string; raw: Uint8Array; headers: Readonly<Record<string, string>>; isOwnPage: boolean; ip: string; requestId: string; now: Date }
/** A live form as somebody is shown it: `shownAt` and `id` go back with what they type. */
export type ShownForm = { key: string; form: PublishedForm; locale: Locale; shownAt: string; id: string }
export type FormAnswer =
  | { kind: 'kept'; receipt: string; shown: ShownForm; awaitsConfirmation: boolean }
  | { kind: 'problems'; problems: Problems; entries: Entries; shown: ShownForm }

const PATIENCE_MS = 8_000
const RETRY_AFTER_SECONDS = 5
const HOUR_MS = 3_600_000

/** A live form by its key, in the language asked for. Refuses `unknown-source`, `source-paused` where it was put away. */
export async function shownForm(key: string, now: Date, ...languages: (string | null | undefined)[]): Promise<ShownForm> {
  const { source, form } = await liveForm(key, now)
  if (source.isPaused) throw new DomainError('source-paused')
  return { key, form, locale: languageOf(form, ...languages), shownAt: sealTime(source.secret ?? '', now), id: randomToken(16) }
}

/** Whether a page of this origin may hold the form and send it. False for a form nobody knows. */
export async function allowsOrigin(key: string, origin: string, now: Date): Promise<boolean> {
  const source = await connectedSource(key, now)
  return source !== null && source.connector === 'form' && (publishedIn(source.settings)?.origins.includes(origin) ?? false)
}

/**
 * Checks a submission by its form and keeps it, byte for byte, before it is answered; nothing else happens before the
 * answer. What does not pass is answered with problems and not kept: it is corrected and sent again.
 * Refuses `unknown-source`, `source-paused`, `not-allowed` for an origin not on the form's list, `invalid` for a body
 * that is no form, `busy` when the database cannot keep it.
 */
export async function submitForm(inbound: FormInbound): Promise<FormAnswer> {
  if (isCrowded()) throw busy()
  const { source, form } = await liveForm(inbound.formKey, inbound.now)
  if (source.isPaused) return refuse(inbound, source, 'source-paused', 410)
  if (!mayCome(inbound, form)) return refuse(inbound, source, 'origin-not-allowed', 403)
  const read = readEntries(inbound.raw, inbound.headers['content-type'] ?? '')
  if (!read.ok) throw new DomainError('invalid', { fields: { body: [read.code] } })
  const { entries } = read
  const locale = languageOf(form, one(entries, '_lang'), inbound.headers['accept-language'])
  const { problems, values } = checkSubmission(form, entries, locale)
  const shown: ShownForm = { key: inbound.formKey, form, locale, shownAt: one(entries, '_t') ?? '', id: one(entries, '_id') ?? randomToken(16) }
  if (Object.keys(problems).length > 0) return { kind: 'problems', problems, entries, shown }
  const receipt = await keep(inbound, source, { form, entries, locale })
  return { kind: 'kept', receipt, shown, awaitsConfirmation: form.doubleOptIn && values['email'] !== undefined }
}

async function liveForm(key: string, now: Date): Promise<{ source: ConnectedSource; form: PublishedForm }> {
  const source = await connectedSource(key, now)
  const form = source === null || source.connector !== 'form' ? null : publishedIn(source.settings)
  if (source === null || form === null) throw new DomainError('unknown-source')
  return { source, form }
}

// Saying no origin at all is not proof; browsers name one with every POST, and our own page is known by Sec-Fetch-Site too.
function mayCome({ isOwnPage, headers }: FormInbound, form: PublishedForm): boolean {
  const origin = headers['origin']
  return isOwnPage || (origin !== undefined && form.origins.includes(origin))
}

async function keep(inbound: FormInbound, source: ConnectedSource, { form, entries, locale }: { form: PublishedForm; entries: Entries; locale: Locale }): Promise<string> {
  const delivery = describe(inbound, source)
  const headers = keptHeaders(inbound, { 'clew-form-version': String(form.version), 'clew-form-locale': locale, 'clew-caller': callerDigest(inbound.ip), 'clew-submission': delivery.id })
  const stored = await patiently(storeDelivery({ ...delivery, dedupeKey: dedupeKey(entries, inbound.now), replyStatus: 200, kept: { headers, body: inbound.raw } }), inbound)
  deliveriesTotal.inc({ connector: 'form', verdict: stored.firstId === delivery.id ? 'stored' : 'duplicate' })
  return receiptOf(delivery.id)
}

async function patiently<T>(work: Promise<T>, { requestId }: FormInbound): Promise<T> {
  try {
    return await within(PATIENCE_MS, work)
  } catch (error) {
    log.error({ err: error, requestId, connector: 'form' }, 'a submission could not be kept')
    deliveriesTotal.inc({ connector: 'form', verdict: 'busy' })
    throw busy()
  }
}

const busy = () => new DomainError('busy', { params: { retryAfter: RETRY_AFTER_SECONDS } })

// Kept without its body, and only so many a minute, so that somebody sees why their page brings nothing.
async function refuse(inbound: FormInbound, source: ConnectedSource, why: 'source-paused' | 'origin-not-allowed', status: number): Promise<never> {
  deliveriesTotal.inc({ connector: 'form', verdict: 'rejected' })
  if (mayKeepRejected(source.id, inbound.now)) {
    const delivery = describe(inbound, source)
    await patiently(storeDelivery({ ...delivery, dedupeKey: delivery.bodySha256, replyStatus: status, kept: { rejectedFor: why } }), inbound)
  }
  throw new DomainError(why === 'source-paused' ? 'source-paused' : 'not-allowed')
}

function describe({ raw, requestId, now }: FormInbound, source: ConnectedSource): Omit<NewDelivery, 'dedupeKey' | 'replyStatus' | 'kept'> {
  return {
    orgId: source.orgId, id: newId('dlv', now), sourceId: source.id, connector: 'form', bodySha256: sha256(raw).toString('hex'), bodyBytes: raw.byteLength,
    requestId, receivedAt: now, way: 'form',
  }
}

/**
 * The same words from the same showing of a form are one submission, pressed twice or sent in another encoding; with a
 * word changed they are another. Plain HTML forms carry no id: there the same words count once an hour.
 */
function dedupeKey(entries: Entries, now: Date): string {
  const isOurs = one(entries, '_id') !== null
  const said = Object.keys(entries).filter((name) => name !== '_t').sort().map((name) => [name, all(entries, name)])
  const window = isOurs ? '' : ` ${Math.floor(now.getTime() / HOUR_MS)}`
  return `form:${sha256(JSON.stringify(said) + window).toString('hex')}`
}

// Enough to see that two came from one place, and nothing to find the place by.
const callerDigest = (ip: string): string => hmacSha256(env().ENCRYPTION_KEY[0] ?? '', `caller ${ip}`).toString('hex').slice(0, 32)

function keptHeaders({ headers }: FormInbound, own: Record<string, string>): Record<string, string> {
  const kept = ['content-type', 'user-agent', 'origin', 'accept-language'].flatMap((name) => {
    const text = headers[name] === undefined ? null : cleanText(headers[name], 500)
    return text === null ? [] : [[name, text]]
  })
  return { ...(Object.fromEntries(kept) as Record<string, string>), ...own }
}
