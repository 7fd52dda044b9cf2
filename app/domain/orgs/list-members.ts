import { and, asc, eq, sql } from 'drizzle-orm'
import { query } from '~/domain/kernel'
import { nothing } from '~/domain/kernel/contract'
import type { Id } from '~/lib/ids'
import { members, teams } from '~db/schema/orgs'
import type { MemberStatus, Role } from './vocabulary'

export type Member = {
  id: Id<'mem'>; name: string; email: string; role: Role; teamId: Id<'team'> | null; teamName: string | null; status: MemberStatus; createdAt: Date; deactivatedAt: Date | null
}

/** Every member of the organisation, active ones first, by name; at most 2,000. */
export const listMembers = query({
  name: 'member.list',
  permission: 'members:read',
  input: nothing,
  async run({ tx, ctx }): Promise<Member[]> {
    return tx
      .select({
        id: members.id, name: members.name, email: members.email, role: members.role, teamId: members.teamId, teamName: teams.name,
        status: members.status, createdAt: members.createdAt, deactivatedAt: members.deactivatedAt,
      })
      .from(members).leftJoin(teams, and(eq(teams.orgId, members.orgId), eq(teams.id, members.teamId))).where(eq(members.orgId, ctx.orgId))
      .orderBy(asc(members.status), sql`${members.name} collate "zh-x-icu"`, asc(members.id)).limit(2_000)
  },
})
