import { maskContact, type ContactKind } from '~/lib/mask-contact'
import type { Id } from '~/lib/ids'
import { groupedPhone } from '~/lib/phone'
import { hmacSha256 } from '~/platform/crypto'
import { env } from '~/platform/env'

/** A way to reach somebody as this actor may see it. `key` names it when it is to be revealed, and says nothing of it. */
export type Reach = { kind: ContactKind; shown: string; value: string; key: string; isMasked: boolean }

/** What a number or address is called where it must not stand itself: the same for the same one, within an organisation. */
export function identityKey(orgId: Id<'org'>, kind: string, value: string): string {
  return hmacSha256(env().SESSION_SECRET[0] ?? '', `identity ${orgId} ${kind} ${value}`).toString('hex').slice(0, 24)
}

/** A number or address in full, as people read it. */
export const fullText = ({ kind, value, shown }: { kind: string; value: string; shown: string }): string => (kind === 'phone' ? groupedPhone(value, shown) : shown)

/** The one place where a number becomes a text for a page: in full, or covered in both spellings. */
export function reachOf(orgId: Id<'org'>, row: { kind: ContactKind; value: string; shown: string }, isOpen: boolean): Reach {
  const key = identityKey(orgId, row.kind, row.value)
  if (isOpen) return { kind: row.kind, shown: fullText(row), value: row.value, key, isMasked: false }
  const masked = maskContact(row.kind, row.value)
  return { kind: row.kind, shown: masked, value: masked, key, isMasked: true }
}
