import { and, desc, eq, isNull } from 'drizzle-orm'
import { query } from '~/domain/kernel'
import { nothing } from '~/domain/kernel/contract'
import type { Id } from '~/lib/ids'
import { invitations } from '~db/schema/orgs'
import type { Role } from './vocabulary'

export type OpenInvitation = { id: Id<'inv'>; email: string; role: Role; teamId: Id<'team'> | null; createdAt: Date; expiresAt: Date; expired: boolean }

/** Invitations nobody has accepted or revoked, the newest first; expired ones are marked. */
export const listInvitations = query({
  name: 'invitation.list',
  permission: 'members:write',
  input: nothing,
  async run({ tx, ctx }): Promise<OpenInvitation[]> {
    const rows = await tx.select().from(invitations)
      .where(and(eq(invitations.orgId, ctx.orgId), isNull(invitations.acceptedAt), isNull(invitations.revokedAt))).orderBy(desc(invitations.createdAt)).limit(200)
    return rows.map(({ id, email, role, teamId, createdAt, expiresAt }) => ({ id, email, role, teamId, createdAt, expiresAt, expired: expiresAt <= ctx.now }))
  },
})
