import { and, eq, sql } from 'drizzle-orm'
import type * as z from 'zod'
import { newId, toUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { companyPhones, contactReveals, identities } from '~db/schema'
import { command, DomainError, memberOf, type Context } from '../../kernel'
import { RevealContact } from '../contract'
import { openCompany, openPerson } from '../open-rows'
import { leadOpensTo } from '../visible-person'
import type { IdentityKind } from '../vocabulary'
import { rulesIn } from './contact-rules'
import { fullText, identityKey } from './reach'
import { dayIn, usedUp, useUp } from './use-up'

type Found = { kind: IdentityKind; value: string; shown: string }
/** The number or address in full, for people and as it is dialled, and how many of today's cap are used. */
export type Revealed = { shown: string; value: string; used: number; cap: number }

/**
 * Shows a member one masked number or address in full: noted with who, which and when, and counted against the day's cap.
 * The same one again on the same day counts once. Refuses: not-found (also what the actor does not see), not-allowed
 * (nobody in particular asks), reveal-cap until midnight of the organisation.
 */
export const revealContact = command({
  name: 'contact.reveal',
  permission: 'contacts:reveal',
  input: RevealContact,
  async run({ tx, ctx, input, audit }): Promise<Revealed> {
    const memberId = memberOf(ctx.actor)
    const found = await wantedOf(tx, ctx, input)
    if (memberId === null) throw new DomainError('not-allowed')
    await assertLead(tx, ctx, input.leadId ?? null)
    const { revealCap: cap } = await rulesIn(tx, ctx)
    const { day, timeZone } = await dayIn(tx, ctx)
    const row = { kind: found.kind, identityKey: input.key, personId: input.personId ?? null, companyId: input.companyId ?? null, leadId: input.leadId ?? null }
    const [first] = await tx.insert(contactReveals).values({ orgId: ctx.orgId, id: newId('rvl'), memberId, day, at: ctx.now, ...row }).onConflictDoNothing().returning({ id: contactReveals.id })
    const full = { shown: fullText(found), value: found.value }
    if (first === undefined) return { ...full, used: await usedUp(tx, ctx, memberId, day, 'reveal'), cap }
    const used = await useUp(tx, ctx, { memberId, day, kind: 'reveal', amount: 1, cap })
    if (used === null) throw new DomainError('reveal-cap', { params: { cap, zone: timeZone } })
    await audit(input.leadId ?? input.personId ?? input.companyId ?? ctx.orgId, { after: { kind: found.kind, identity: input.key, leadId: input.leadId, version: used } })
    return { ...full, used, cap }
  },
})

/** The identity with this key of a person or company the actor sees. */
async function wantedOf(tx: Tx, ctx: Context, input: z.output<typeof RevealContact>): Promise<Found> {
  const rows = input.personId !== undefined ? await ofPerson(tx, ctx, input.personId) : await ofCompany(tx, ctx, input.companyId)
  const found = rows.find(({ kind, value }) => identityKey(ctx.orgId, kind, value) === input.key)
  if (found === undefined) throw new DomainError('not-found')
  return found
}

async function ofPerson(tx: Tx, ctx: Context, personId: Id<'per'>): Promise<Found[]> {
  const { memberIds } = await openPerson(tx, ctx, personId)
  return tx.select({ kind: identities.kind, value: identities.value, shown: identities.shown }).from(identities)
    .where(and(eq(identities.orgId, ctx.orgId), sql`${identities.kind} <> 'external'`, sql`${identities.personId} = any (${`{${memberIds.map(toUuid).join(',')}}`}::uuid[])`))
}

async function ofCompany(tx: Tx, ctx: Context, companyId: Id<'co'> | undefined): Promise<Found[]> {
  if (companyId === undefined) throw new DomainError('not-found')
  const { memberIds } = await openCompany(tx, ctx, companyId)
  const rows = await tx.select({ value: companyPhones.value, shown: companyPhones.shown }).from(companyPhones)
    .where(and(eq(companyPhones.orgId, ctx.orgId), sql`${companyPhones.companyId} = any (${`{${memberIds.map(toUuid).join(',')}}`}::uuid[])`))
  return rows.map((row) => ({ kind: 'phone' as const, ...row }))
}

async function assertLead(tx: Tx, ctx: Context, leadId: Id<'lead'> | null): Promise<void> {
  if (leadId === null) return
  const rows = await tx.execute(sql`select 1 from leads l where l.org_id = ${toUuid(ctx.orgId)} and l.id = ${toUuid(leadId)} and ${leadOpensTo(ctx)}`)
  if (rows.length === 0) throw new DomainError('not-found')
}
