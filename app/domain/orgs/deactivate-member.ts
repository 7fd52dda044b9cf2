import { and, eq } from 'drizzle-orm'
import { command } from '~/domain/kernel'
import { members } from '~db/schema/orgs'
import { MemberId } from './contract'
import { assertNotLastAdmin, lockMember } from './member-rows'

/** Ends a member's access from the next request on; their history stays. Twice changes nothing. Refuses `not-found`, `last-admin`. */
export const deactivateMember = command({
  name: 'member.deactivate',
  permission: 'members:write',
  input: MemberId,
  async run({ tx, ctx, input, emit, audit }) {
    const before = await lockMember(tx, ctx, input.memberId)
    if (before.status === 'deactivated') return { memberId: before.id }
    await assertNotLastAdmin(tx, ctx, before)
    await tx.update(members).set({ status: 'deactivated', deactivatedAt: ctx.now }).where(and(eq(members.orgId, ctx.orgId), eq(members.id, before.id)))
    await audit(before.id, { before: { status: before.status }, after: { status: 'deactivated' } })
    await emit('member.deactivated', { memberId: before.id })
    return { memberId: before.id }
  },
})
