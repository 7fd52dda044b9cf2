import { normalizeEmail } from '~/lib/email'
import type { Id } from '~/lib/ids'
import { normalizePhone } from '~/lib/phone'
import { sha256 } from '~/platform/crypto'
import type { Who } from './connectors/connector'
import { cleanText } from './clean-text'
import type { Incoming } from './ingest-lead-lookup'
import type { IngestSource } from './plan-ingest'

/** A way to name somebody, as intake locks and finds it. Those of a visitor are learned; the others prove who it is. */
export type Name = { kind: 'inquiry' | 'email' | 'phone' | 'wechat' | 'visitor'; value: string }

/** Ids that software writes where it has none: they would make one person of everybody. */
const NOBODY = new Set(['', '0', '-1', 'null', 'undefined', 'none', 'nan', 'true', 'false', 'anonymous', 'guest', 'user', 'id', 'email', 'distinct_id', 'not_authenticated', 'unknown', 'test', '[object object]'])

/** Whether a visitor's id can be one person's. */
export const isVisitorId = (id: string): boolean => !NOBODY.has(id.trim().toLowerCase())

/** How intake spells a name: the same text is locked, so that a touch and its person cannot pass each other. */
export const spelled = ({ kind, value }: Name): string => `${kind} ${value}`

/** A name as it is kept where nobody is known: by its digest, within one organisation. */
export const digestOf = (orgId: Id<'org'>, name: Name): string => sha256(`${orgId} ${spelled(name)}`).toString('base64url')

/** Names of somebody in the order they are believed: what proves most comes first. */
export function namesOf(source: Pick<IngestSource, 'id' | 'defaultCountry'>, who: Who): Name[] {
  const names: Name[] = [
    ...(who.externalId === null ? [] : [{ kind: 'inquiry' as const, value: `${source.id} ${cleanText(who.externalId, 300) ?? ''}` }]),
    ...who.phones.slice(0, 5).flatMap((raw) => { const phone = normalizePhone(raw, source.defaultCountry); return phone?.kind === 'mobile' || phone?.kind === 'unknown' ? [{ kind: 'phone' as const, value: phone.e164 }] : [] }),
    ...who.emails.slice(0, 5).flatMap((raw) => { const email = normalizeEmail(raw); return email === null ? [] : [{ kind: 'email' as const, value: email.key }] }),
    ...(who.wechat === null ? [] : [{ kind: 'wechat' as const, value: who.wechat.toLowerCase() }]),
    ...visitorNames([who.visitor, ...(who.aliases ?? [])]),
  ]
  return [...new Map(names.map((name) => [spelled(name), name])).values()]
}

export function visitorNames(ids: readonly (string | null | undefined)[]): Name[] {
  return [...new Set(ids)].flatMap((id) => (typeof id === 'string' && isVisitorId(id) ? [{ kind: 'visitor' as const, value: id.slice(0, 300) }] : []))
}

/** Names by which what came before waits for a lead that arrived. `external.visitor_id` says whose browser it was. */
export function namesOfArrival(source: Pick<IngestSource, 'id'>, { draft, contact, externalId }: Pick<Incoming, 'draft' | 'contact' | 'externalId'>): Name[] {
  return [
    { kind: 'inquiry', value: `${source.id} ${externalId}` },
    ...contact.identities.flatMap(({ kind, value }) => (kind === 'external' ? [] : [{ kind, value }])),
    ...visitorNames([draft.external['visitor_id'], draft.external['user_id']]),
  ]
}
