import { and, eq } from 'drizzle-orm'
import * as z from 'zod'
import { renameAccount } from '~/domain/auth'
import { command, systemContext } from '~/domain/kernel'
import { idOf, requiredLine } from '~/domain/kernel/contract'
import { members } from '~db/schema/orgs'
import { membershipsOf } from './memberships-of'
import { lockMember } from './member-rows'

/** The member's half of a new own name. */
export const renameMember = command({
  name: 'member.rename',
  permission: 'members:write',
  input: z.object({ memberId: idOf('mem'), name: requiredLine() }),
  async run({ tx, ctx, input, audit }) {
    const before = await lockMember(tx, ctx, input.memberId)
    await tx.update(members).set({ name: input.name }).where(and(eq(members.orgId, ctx.orgId), eq(members.id, before.id)))
    await audit(before.id, { before: { name: before.name }, after: { name: input.name } })
  },
})

/** Changes a person's own name, in their account and wherever they are an active member. */
export async function renameSelf(userId: string, name: string, now: Date): Promise<void> {
  const parsed = requiredLine().parse(name)
  await renameAccount(userId, parsed, now)
  for (const { orgId, memberId } of await membershipsOf(userId)) {
    await renameMember(systemContext(orgId, 'own name', now), { memberId, name: parsed })
  }
}
