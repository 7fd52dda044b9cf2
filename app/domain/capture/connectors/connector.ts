import type { Id } from '~/lib/ids'
import type { PushConnectorName } from '../vocabulary'
import type { Issue, LeadDraft } from '../lead-draft'

/** A request as it came: the bytes untouched, header names in lower case. */
export type Message = { raw: Uint8Array; headers: Readonly<Record<string, string>>; query: URLSearchParams }

/** The secrets a message may be signed with: the present one, and the former one while it still counts. */
export type Secrets = readonly string[]

/** `dedupeKey` is the sender's message id; null means the hash of the body. */
export type Verification = { ok: true; dedupeKey: string | null } | { ok: false; why: string }

/** What happened to a message, as far as its sender is concerned. */
export type Received =
  | { kind: 'stored' | 'duplicate'; receipt: string }
  | { kind: 'wrong-signature'; receipt: string | null }
  | { kind: 'paused'; receipt: string | null }
  | { kind: 'busy'; retryAfter: number }

export type Reply = { status: number; headers: Record<string, string>; body: string }

export type Mapped = { leads: LeadDraft[] } | { test: true } | { issues: Issue[] }

/** One platform: how it signs, what it wants to hear, and what its bytes mean. `map` is pure and never throws. */
export type Connector = {
  verify: (message: Message, secrets: Secrets, now: Date) => Verification
  reply: (received: Received) => Reply
  map: (raw: Uint8Array) => Mapped
  handshake?: (message: Message, secrets: Secrets) => Reply
  /** A secret as the platform wants it; `checkSecret` says whether one the user brought will do. */
  newSecret: () => string
  checkSecret: (secret: string) => boolean
  /** A body the platform could have sent, marked as a test, and its headers, for "send a test". */
  sample: (secret: string, id: string, now: Date) => { raw: Uint8Array; headers: Record<string, string> }
}
export type Connectors = Record<PushConnectorName, Connector>
export type SourceId = Id<'src'>
