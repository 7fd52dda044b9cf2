import { and, eq, inArray } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import { members } from '~db/schema'
import type { InTx } from './in-tx'
import type { BreachAct } from './vocabulary'

/** Who hears of a breach: the owner; at escalation the managers of the owner's team too, without any all managers, without any the administrators. */
export async function toldOfBreach({ tx, orgId }: InTx, ownerId: Id<'mem'> | null, act: BreachAct): Promise<Id<'mem'>[]> {
  const owner = ownerId === null ? [] : [ownerId]
  if (act !== 'escalate' && ownerId !== null) return owner
  const people = await tx.select({ id: members.id, role: members.role, teamId: members.teamId }).from(members)
    .where(and(eq(members.orgId, orgId), eq(members.status, 'active'), inArray(members.role, ['manager', 'admin']))).orderBy(members.id)
  const [own] = ownerId === null ? [] : await tx.select({ teamId: members.teamId }).from(members).where(and(eq(members.orgId, orgId), eq(members.id, ownerId)))
  const managers = people.filter(({ role }) => role === 'manager')
  const ofTeam = managers.filter(({ teamId }) => teamId !== null && teamId === own?.teamId)
  const above = ofTeam.length > 0 ? ofTeam : managers.length > 0 ? managers : people
  return [...new Set([...owner, ...above.map(({ id }) => id)])]
}
