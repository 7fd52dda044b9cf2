import { and, eq } from 'drizzle-orm'
import { command } from '~/domain/kernel'
import { members } from '~db/schema/orgs'
import { MoveToTeam } from './contract'
import { assertTeam, lockMember } from './member-rows'

/** Puts a member into a team, or into none. Refuses `not-found`. */
export const moveToTeam = command({
  name: 'member.move-to-team',
  permission: 'members:write',
  input: MoveToTeam,
  async run({ tx, ctx, input, audit }) {
    const before = await lockMember(tx, ctx, input.memberId)
    await assertTeam(tx, ctx, input.teamId)
    if (before.teamId === input.teamId) return { memberId: before.id, teamId: before.teamId }
    await tx.update(members).set({ teamId: input.teamId }).where(and(eq(members.orgId, ctx.orgId), eq(members.id, before.id)))
    await audit(before.id, { before: { teamId: before.teamId }, after: { teamId: input.teamId } })
    return { memberId: before.id, teamId: input.teamId }
  },
})
