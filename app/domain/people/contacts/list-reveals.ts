import { and, desc, eq, sql } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import { contactReveals, members, people } from '~db/schema'
import { memberOf, query } from '../../kernel'
import { nothing } from '../../kernel/contract'
import { rulesIn } from './contact-rules'
import { dayIn, usedUp } from './use-up'

export type RevealLine = { id: Id<'rvl'>; at: Date; member: string; kind: string; person: string | null; leadId: Id<'lead'> | null }

/** Who looked at whose number, the last 100, newest first. No number is in it. */
export const listReveals = query({
  name: 'contacts.reveals',
  permission: 'audit:read',
  input: nothing,
  async run({ tx, ctx }): Promise<RevealLine[]> {
    return tx.select({ id: contactReveals.id, at: contactReveals.at, member: members.name, kind: contactReveals.kind, person: people.name, leadId: contactReveals.leadId }).from(contactReveals)
      .innerJoin(members, and(eq(members.orgId, contactReveals.orgId), eq(members.id, contactReveals.memberId)))
      .leftJoin(people, and(eq(people.orgId, contactReveals.orgId), eq(people.id, contactReveals.personId)))
      .where(eq(contactReveals.orgId, ctx.orgId)).orderBy(desc(contactReveals.at), sql`${contactReveals.id} desc`).limit(100)
  },
})

/** How many numbers the member who asks has revealed today, and how many they may. */
export const revealsToday = query({
  name: 'contacts.reveals-today',
  permission: 'contacts:reveal',
  input: nothing,
  async run({ tx, ctx }): Promise<{ used: number; cap: number }> {
    const member = memberOf(ctx.actor)
    const { revealCap: cap } = await rulesIn(tx, ctx)
    return { used: member === null ? 0 : await usedUp(tx, ctx, member, (await dayIn(tx, ctx)).day, 'reveal'), cap }
  },
})
