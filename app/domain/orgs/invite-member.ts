import { and, eq, isNull } from 'drizzle-orm'
import type * as z from 'zod'
import { command, DomainError, memberOf, type Context, type Verb } from '~/domain/kernel'
import { newId, type Id } from '~/lib/ids'
import { randomToken, sha256 } from '~/platform/crypto'
import type { Tx } from '~db/client.server'
import { invitations, members } from '~db/schema/orgs'
import { InviteMember } from './contract'
import { sendInvitation } from './invitation-mail'
import { assertTeam } from './member-rows'
import { organisationOf } from './organisation-of'

export const invitationDays = 7
export const invitationDigest = (token: string): string => sha256(`invitation ${token}`).toString('hex')

const invite = command({
  name: 'invitation.create',
  permission: 'members:write',
  input: InviteMember,
  async run({ tx, ctx, input, emit, audit }) {
    await assertTeam(tx, ctx, input.teamId)
    const [member] = await tx.select({ status: members.status }).from(members).where(and(eq(members.orgId, ctx.orgId), eq(members.email, input.email)))
    if (member !== undefined) throw new DomainError(member.status === 'active' ? 'name-taken' : 'member-inactive', { fields: { email: ['taken'] } })
    // An invitation sent again replaces the one before, whose link dies.
    await tx.update(invitations).set({ revokedAt: ctx.now }).where(
      and(eq(invitations.orgId, ctx.orgId), eq(invitations.email, input.email), isNull(invitations.acceptedAt), isNull(invitations.revokedAt)))
    const token = randomToken()
    const row = {
      orgId: ctx.orgId, id: newId('inv'), ...input, tokenHash: invitationDigest(token), invitedBy: memberOf(ctx.actor), createdAt: ctx.now,
      expiresAt: new Date(ctx.now.getTime() + invitationDays * 86_400_000),
    }
    await tx.insert(invitations).values(row)
    await audit(row.id, { after: { email: row.email, role: row.role, teamId: row.teamId, expiresAt: row.expiresAt } })
    await emit('invitation.sent', { invitationId: row.id })
    return { invitationId: row.id, email: row.email, token, by: await nameOf(tx, ctx), organisation: await organisationOf(ctx) }
  },
})

async function nameOf(tx: Tx, ctx: Context): Promise<string | null> {
  const memberId = memberOf(ctx.actor)
  if (memberId === null) return null
  const [row] = await tx.select({ name: members.name }).from(members).where(and(eq(members.orgId, ctx.orgId), eq(members.id, memberId)))
  return row?.name ?? null
}

/**
 * Mails an invitation that holds for seven days; the link is nowhere but in the mail. Inviting an address again sends
 * a new link and ends the old one. Refuses `name-taken` for an active member, `member-inactive` for a deactivated one,
 * `not-found` for the team. Call it outside of other verbs: the mail leaves when the change is committed.
 */
export const inviteMember: Verb<typeof InviteMember, { invitationId: Id<'inv'> }> = Object.assign(
  async (ctx: Context, input: z.input<typeof InviteMember>) => {
    const made = await invite(ctx, input)
    sendInvitation(made)
    return { invitationId: made.invitationId }
  },
  { verb: invite.verb, permission: invite.permission, kind: invite.kind },
)
