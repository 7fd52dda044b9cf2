import { and, eq } from 'drizzle-orm'
import { command } from '~/domain/kernel'
import { members } from '~db/schema/orgs'
import { ChangeRole } from './contract'
import { assertNotLastAdmin, lockMember } from './member-rows'

/** Gives a member another role, which holds from their next request. Refuses `not-found`, `last-admin`. */
export const changeRole = command({
  name: 'member.change-role',
  permission: 'members:write',
  input: ChangeRole,
  async run({ tx, ctx, input, audit }) {
    const before = await lockMember(tx, ctx, input.memberId)
    if (before.role === input.role) return { memberId: before.id, role: before.role }
    await assertNotLastAdmin(tx, ctx, before)
    await tx.update(members).set({ role: input.role }).where(and(eq(members.orgId, ctx.orgId), eq(members.id, before.id)))
    await audit(before.id, { before: { role: before.role }, after: { role: input.role } })
    return { memberId: before.id, role: input.role }
  },
})
