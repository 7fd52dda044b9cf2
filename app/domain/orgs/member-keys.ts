import { and, eq } from 'drizzle-orm'
import * as z from 'zod'
import { command, DomainError, memberOf, query } from '~/domain/kernel'
import { nothing } from '~/domain/kernel/contract'
import { memberKeys } from '~db/schema/orgs.keys'
import { isUsableKey, remappableKeys, type RemappableKey } from './vocabulary'

/** `keys`: the usual key to the one this member presses instead. Off leaves only keys with Cmd or Ctrl (WCAG 2.1.4). */
export type MemberKeys = { enabled: boolean; keys: Partial<Record<RemappableKey, string>> }

export const SetKeys = z.object({ enabled: z.boolean(), keys: z.partialRecord(z.enum(remappableKeys), z.string().refine(isUsableKey, 'not-a-key')) })

/** The single keys of the member who asks; the usual ones where nothing was chosen. */
export const keysOf = query({
  name: 'member.keys',
  permission: 'leads:read',
  input: nothing,
  async run({ tx, ctx }): Promise<MemberKeys> {
    const memberId = memberOf(ctx.actor)
    if (memberId === null) throw new DomainError('not-allowed')
    const [row] = await tx.select().from(memberKeys).where(and(eq(memberKeys.orgId, ctx.orgId), eq(memberKeys.memberId, memberId)))
    return row === undefined ? { enabled: true, keys: {} } : { enabled: row.enabled, keys: row.keys as MemberKeys['keys'] }
  },
})

/** Sets one's own single keys. Refuses: invalid (a key that stands for two actions, or is none). */
export const setKeys = command({
  name: 'member.set-keys',
  permission: 'leads:read',
  input: SetKeys,
  async run({ tx, ctx, input, audit }): Promise<MemberKeys> {
    const memberId = memberOf(ctx.actor)
    if (memberId === null) throw new DomainError('not-allowed')
    const keys = Object.fromEntries(Object.entries(input.keys).filter(([usual, own]) => own !== usual))
    const taken = new Map<string, string>()
    for (const usual of remappableKeys) {
      const own = keys[usual] ?? usual
      if (taken.has(own)) throw new DomainError('invalid', { fields: { [usual]: ['taken'] } })
      taken.set(own, usual)
    }
    const row = { orgId: ctx.orgId, memberId, enabled: input.enabled, keys, updatedAt: ctx.now }
    await tx.insert(memberKeys).values(row).onConflictDoUpdate({ target: [memberKeys.orgId, memberKeys.memberId], set: row })
    await audit(memberId, { after: { enabled: input.enabled, keys: JSON.stringify(keys) } })
    return { enabled: input.enabled, keys }
  },
})
