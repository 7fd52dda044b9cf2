import { and, eq } from 'drizzle-orm'
import { command, DomainError } from '~/domain/kernel'
import { newId } from '~/lib/ids'
import { members } from '~db/schema/orgs'
import { AddMember } from './contract'
import { assertTeam } from './member-rows'

/**
 * Gives an account a place in the organisation without an invitation: only the system, for the command line and the
 * demo. Who is a member already keeps their place. Refuses `not-found` for the team, `not-allowed`.
 */
export const addMember = command({
  name: 'member.add',
  permission: 'members:write',
  input: AddMember,
  async run({ tx, ctx, input, audit }) {
    if (ctx.actor.kind !== 'system') throw new DomainError('not-allowed')
    await assertTeam(tx, ctx, input.teamId)
    const [known] = await tx.select({ id: members.id }).from(members).where(and(eq(members.orgId, ctx.orgId), eq(members.userId, input.userId)))
    if (known !== undefined) return { memberId: known.id }
    const row = { orgId: ctx.orgId, id: newId('mem'), ...input, status: 'active' as const, createdAt: ctx.now }
    await tx.insert(members).values(row)
    await audit(row.id, { after: { role: row.role, teamId: row.teamId, status: row.status } })
    return { memberId: row.id }
  },
})
