import { and, eq } from 'drizzle-orm'
import { command, DomainError } from '~/domain/kernel'
import { invitations } from '~db/schema/orgs'
import { InvitationId } from './contract'

/** Ends an invitation nobody has accepted; saying it twice changes nothing. Refuses `not-found`, `conflict` where it was accepted. */
export const revokeInvitation = command({
  name: 'invitation.revoke',
  permission: 'members:write',
  input: InvitationId,
  async run({ tx, ctx, input, audit }) {
    const mine = and(eq(invitations.orgId, ctx.orgId), eq(invitations.id, input.invitationId))
    const [row] = await tx.select().from(invitations).where(mine).for('update')
    if (row === undefined) throw new DomainError('not-found')
    if (row.acceptedAt !== null) throw new DomainError('conflict')
    if (row.revokedAt !== null) return { invitationId: row.id }
    await tx.update(invitations).set({ revokedAt: ctx.now }).where(mine)
    await audit(row.id, { before: { revokedAt: null }, after: { revokedAt: ctx.now } })
    return { invitationId: row.id }
  },
})
