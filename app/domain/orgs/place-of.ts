import { and, eq } from 'drizzle-orm'
import { inTransaction, systemContext, type UserActor } from '~/domain/kernel'
import type { Id } from '~/lib/ids'
import { members, organisations, visibilityRules } from '~db/schema/orgs'
import { organisationIn, type Organisation } from './organisation'
import { visibilityIn } from './visibility'

/** Somebody's place in an organisation: as who they act, and what the pages show of them. */
export type Place = { actor: UserActor; name: string; email: string; organisation: Organisation }

/** The place of an active member, or null for one who is deactivated or of another organisation. Two statements. */
export async function placeOf(orgId: Id<'org'>, memberId: Id<'mem'>, now: Date): Promise<Place | null> {
  return inTransaction(systemContext(orgId, 'session', now), 'read only', async (tx) => {
    const rows = await tx.select({ member: members, organisation: organisations, rule: visibilityRules }).from(members)
      .innerJoin(organisations, eq(organisations.orgId, members.orgId))
      .leftJoin(visibilityRules, and(eq(visibilityRules.orgId, members.orgId), eq(visibilityRules.role, members.role)))
      .where(and(eq(members.orgId, orgId), eq(members.id, memberId), eq(members.status, 'active')))
    const [first] = rows
    if (first === undefined) return null
    const { member, organisation } = first
    const visibility = visibilityIn(member.role, rows.flatMap(({ rule }) => (rule === null ? [] : [rule])))
    const actor: UserActor = { kind: 'user', userId: member.userId, memberId: member.id, role: member.role, teamId: member.teamId, visibility }
    return { actor, name: member.name, email: member.email, organisation: organisationIn(organisation) }
  })
}

/** As who a member acts now, or null where they may no longer. */
export async function actorOf(orgId: Id<'org'>, memberId: Id<'mem'>, now: Date): Promise<UserActor | null> {
  return (await placeOf(orgId, memberId, now))?.actor ?? null
}
