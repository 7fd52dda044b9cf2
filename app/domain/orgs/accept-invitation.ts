import { and, eq, sql } from 'drizzle-orm'
import * as z from 'zod'
import { accountOf, createAccount } from '~/domain/auth'
import { command, DomainError, inTransaction, systemContext } from '~/domain/kernel'
import { idOf } from '~/domain/kernel/contract'
import { fromUuid, newId, type Id } from '~/lib/ids'
import { database } from '~db/client.server'
import { invitations, members } from '~db/schema/orgs'
import { invitationDigest } from './invite-member'
import type { Organisation } from './organisation'
import { organisationOf } from './organisation-of'
import type { Role } from './vocabulary'

/** An invitation as whoever holds its link may see it. */
export type HeldInvitation = { orgId: Id<'org'>; invitationId: Id<'inv'>; email: string; role: Role; organisation: Organisation; hasAccount: boolean }

/** What a link invites to, or null for an unknown, used, revoked or old one. */
export async function invitationOf(token: string, now: Date): Promise<HeldInvitation | null> {
  if (!/^[\w-]{43}$/.test(token)) return null
  const [found] = await database().execute<{ org_id: string; id: string }>(sql`select org_id, id from clew_resolve.invitation(${invitationDigest(token)})`)
  if (found === undefined) return null
  const ctx = systemContext(fromUuid('org', found.org_id), 'invitation', now)
  const invitationId = fromUuid('inv', found.id)
  const held = await inTransaction(ctx, 'read only', async (tx) => {
    const [row] = await tx.select().from(invitations).where(and(eq(invitations.orgId, ctx.orgId), eq(invitations.id, invitationId)))
    if (row === undefined || row.acceptedAt !== null || row.revokedAt !== null || row.expiresAt <= now) return null
    return { orgId: ctx.orgId, invitationId, email: row.email, role: row.role, organisation: await organisationOf({ ...ctx, tx }) }
  })
  return held === null ? null : { ...held, hasAccount: (await accountOf(held.email)) !== null }
}

/**
 * Accepts by setting up a new account: the link proves the address. Refuses `link-expired`, `weak-password`, and
 * `conflict` where the address has an account, whose owner must sign in to join.
 */
export async function acceptInvitation(input: { token: string; name: string; password: string }, now: Date): Promise<{ userId: string; email: string; orgId: Id<'org'>; memberId: Id<'mem'> }> {
  const held = await heldOrRefused(input.token, now)
  if (held.hasAccount) throw new DomainError('conflict')
  const { userId } = await createAccount({ name: input.name, email: held.email, password: input.password, words: [held.organisation.name] }, now)
  return { userId, email: held.email, ...(await join(held, { userId, name: input.name.trim(), email: held.email }, now)) }
}

/** Accepts as somebody who is signed in under the invited address. Refuses `link-expired`, `not-allowed` for another address. */
export async function joinByInvitation(token: string, as: { userId: string; name: string; email: string }, now: Date): Promise<{ orgId: Id<'org'>; memberId: Id<'mem'> }> {
  const held = await heldOrRefused(token, now)
  if (held.email !== as.email) throw new DomainError('not-allowed')
  return join(held, as, now)
}

async function heldOrRefused(token: string, now: Date): Promise<HeldInvitation> {
  const held = await invitationOf(token, now)
  if (held === null) throw new DomainError('link-expired')
  return held
}

const join = async (held: HeldInvitation, as: { userId: string; name: string; email: string }, now: Date) => ({
  orgId: held.orgId,
  ...(await acceptHeld(systemContext(held.orgId, 'invitation', now), { invitationId: held.invitationId, ...as })),
})

/** The member's half of accepting. Refuses `not-found`, `link-expired`. */
export const acceptHeld = command({
  name: 'invitation.accept',
  permission: 'members:write',
  input: z.object({ invitationId: idOf('inv'), userId: z.string(), name: z.string(), email: z.string() }),
  async run({ tx, ctx, input, audit }) {
    const mine = and(eq(invitations.orgId, ctx.orgId), eq(invitations.id, input.invitationId))
    const [row] = await tx.select().from(invitations).where(mine).for('update')
    // Asked again under the lock: of two acceptances at once the second comes too late.
    if (row === undefined) throw new DomainError('not-found')
    if (row.acceptedAt !== null || row.revokedAt !== null || row.expiresAt <= ctx.now) throw new DomainError('link-expired')
    await tx.update(invitations).set({ acceptedAt: ctx.now }).where(mine)
    const [known] = await tx.select({ id: members.id }).from(members).where(and(eq(members.orgId, ctx.orgId), eq(members.userId, input.userId)))
    if (known !== undefined) return { memberId: known.id }
    const member = {
      orgId: ctx.orgId, id: newId('mem'), userId: input.userId, name: input.name, email: input.email, role: row.role, teamId: row.teamId,
      status: 'active' as const, createdAt: ctx.now,
    }
    await tx.insert(members).values(member)
    await audit(member.id, { after: { role: member.role, teamId: member.teamId, status: member.status } })
    return { memberId: member.id }
  },
})
