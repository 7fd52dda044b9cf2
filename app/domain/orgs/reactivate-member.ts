import { and, eq } from 'drizzle-orm'
import { command } from '~/domain/kernel'
import { members } from '~db/schema/orgs'
import { MemberId } from './contract'
import { lockMember } from './member-rows'

/** Lets a deactivated member in again, in the role they had. Refuses `not-found`. */
export const reactivateMember = command({
  name: 'member.reactivate',
  permission: 'members:write',
  input: MemberId,
  async run({ tx, ctx, input, audit }) {
    const before = await lockMember(tx, ctx, input.memberId)
    if (before.status === 'active') return { memberId: before.id }
    await tx.update(members).set({ status: 'active', deactivatedAt: null }).where(and(eq(members.orgId, ctx.orgId), eq(members.id, before.id)))
    await audit(before.id, { before: { status: before.status }, after: { status: 'active' } })
    return { memberId: before.id }
  },
})
