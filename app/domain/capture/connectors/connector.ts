import type { JsonValue } from '~/lib/json-big'
import type { TouchKind, TouchVerdict } from '../../leads/vocabulary'
import type { MappedConnectorName, Way } from '../vocabulary'
import type { Answer, Issue, LeadDraft } from '../lead-draft'

/** A request as it came: the bytes untouched, header names in lower case. */
export type Message = { raw: Uint8Array; headers: Readonly<Record<string, string>>; query: URLSearchParams }

/** The secrets a message may be signed with: the present one, and the former one while it still counts. */
export type Secrets = readonly string[]

/** What a source was given: signing secrets, further keys by name (tokens, AES keys), and plain settings. */
export type Keys = { secrets: Secrets; keys: Readonly<Record<string, string>>; settings: Readonly<Record<string, JsonValue>> }

/**
 * `dedupeKey` is the sender's message id; null means the hash of the body. A `handshake` is a question about the
 * address: it is answered and not kept.
 */
export type Verification = { ok: true; dedupeKey: string | null } | { ok: true; handshake: Reply } | { ok: false; why: string }

/** What happened to a message, as far as its sender is concerned. */
export type Received =
  | { kind: 'stored' | 'duplicate'; receipt: string }
  | { kind: 'wrong-signature'; receipt: string | null }
  | { kind: 'paused'; receipt: string | null }
  | { kind: 'busy'; retryAfter: number }

export type Reply = { status: number; headers: Record<string, string>; body: string }

/** How a platform pushes: how it signs, what it wants to hear. All comparisons in constant time. */
export type Push = {
  verify: (message: Message, keys: Keys, now: Date) => Verification
  reply: (received: Received, keys: Keys) => Reply
  /** The answer to a GET with which the platform checks the address. */
  handshake?: (message: Message, keys: Keys, now: Date) => Reply
  /** A secret of ours, or null where the platform issues it; `checkSecret` says whether one that was brought will do. */
  newSecret: ((sourceKey?: string) => string) | null
  /** The platform signs nothing, or not everywhere: a source may do without a secret, and then the address is all there is. */
  mayLackSecret?: 'sometimes' | 'always'
  checkSecret: (secret: string) => boolean
  /** A message the platform could have sent, marked as a test and signed, for "send a test"; null where none can be told apart from a real one. */
  sample: ((keys: Keys, id: string, now: Date) => { raw: Uint8Array; headers: Record<string, string>; query?: URLSearchParams }) | null
}

/** A kept message as its mapper sees it. */
export type Kept = { raw: Uint8Array; headers: Readonly<Record<string, string>>; way: Way }

/** A lead the platform only named. `order` says what its client needs to ask for it: ids, never personal data. */
export type FetchOrder = { externalId: string; order: Readonly<Record<string, string>> }

/**
 * Names of one person. `externalId` is the inquiry's at the same source; `visitor` and `aliases` are ids of a browser or
 * an account; `code` is one we made for a lead (contact_codes) and goes before all others.
 */
export type Who = {
  externalId: string | null; emails: readonly string[]; phones: readonly string[]; wechat: string | null; visitor: string | null
  aliases?: readonly string[]; code?: string | null
}

/** Something a person did. It joins whom any of these names, now or when they become known. */
export type TouchDraft = {
  /** The sender's id of the occurrence, for exactly-once. */
  id: string
  at: Date | null
  /** When the sender's clock says it was sent, where that tells how wrong the clock is. */
  sentAt?: Date | null
  kind: TouchKind
  /** Human unless said otherwise. */
  verdict?: TouchVerdict
  who: Who
  /** One stay somewhere: "joined" and "left" of the same one give its minutes. */
  session?: string
  /** Codes and counts: page address, minutes, topic. Personal, erasable. */
  answers: readonly Answer[]
  utm: Readonly<Record<string, string>>
  clickIds: Readonly<Record<string, string>>
  /** A first answer of ours reached the person (a contact accepted): it stops the clock to first response. */
  isFirstResponse: boolean
}

/** What the bytes mean. Any list may be empty; `ignored` names why a message says nothing to us. */
export type Meaning = {
  leads: readonly LeadDraft[]
  /** What the leads' own touches are; a form unless said otherwise. */
  touchKind?: TouchKind
  fetches?: readonly FetchOrder[]
  touches?: readonly TouchDraft[]
  /** Visitors who said who they are: all of these names are one person's. `id` is the sender's, for exactly-once. */
  introductions?: readonly { id: string; who: Who }[]
  /** External ids whose person asked the platform to be forgotten. */
  erasures?: readonly string[]
  ignored?: string
}
export type Mapped = Meaning | { test: true } | { issues: Issue[] }

/** Why the platform did not hand something out. Only `gone` and `not-permitted` are not a matter of time. */
export const remoteProblems = ['not-permitted', 'gone', 'rate-limited', 'unreachable', 'unreadable'] as const
export type RemoteProblem = (typeof remoteProblems)[number]
export type Refused = { ok: false; problem: RemoteProblem; retryAfterMs?: number; detail?: string }

/** A lead as the platform's own interface answers it, byte for byte. */
export type Fetched = { ok: true; raw: Uint8Array; contentType: string } | Refused

/** One entry of the platform's own list. `raw` is null where the list has ids only. */
export type Entry = { externalId: string; at: Date | null; raw: Uint8Array | null; order?: Readonly<Record<string, string>> }
export type Listed = { ok: true; entries: readonly Entry[]; next: string | null } | Refused

/**
 * What is filled in beside the secret. `secret` kinds are stored sealed and never shown again; a `generated` one is
 * made by us when it is left empty and shown once, to be copied to the platform.
 */
export type KeyField = { name: string; kind: 'secret' | 'text' | 'switch' | 'address'; isRequired: boolean; generated?: true; fallback?: string }

/** One platform. `map` is pure and never throws; `fetch` and `list` answer refusals as data and never throw for them. */
export type Connector = {
  /** Absent where the platform pushes nothing to us. */
  push?: Push
  fields: readonly KeyField[]
  map: (kept: Kept, keys: Keys) => Mapped
  /** Asks the platform for one lead that a push only named. */
  fetch?: (order: FetchOrder, keys: Keys, now: Date) => Promise<Fetched>
  /** The platform's own list of a period, a page at a time: what is pulled on a schedule and compared at night. */
  list?: (asked: { since: Date; until: Date; cursor: string | null }, keys: Keys, now: Date) => Promise<Listed>
  /** Whether leads arrive by the list alone, or the list only proves that nothing is missing. */
  pulls?: boolean
  /** What of this connector the vendor's own documents say, and what was only seen elsewhere. Shown on the page. */
  standing: 'vendor' | 'third-party' | 'partly'
}
export type Connectors = Record<MappedConnectorName, Connector>
