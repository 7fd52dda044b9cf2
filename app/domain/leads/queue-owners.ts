import { and, asc, eq, ne, sql } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import { members, teams } from '~db/schema'
import { memberOf, query } from '../kernel'
import { Nothing } from './contract'
import { seesMember } from './queue-frame'

/** Members whose queue the asker may open: active, not partners, visible by the leads they own; oneself not among them. */
export const queueOwners = query({
  name: 'lead.queue-owners',
  permission: 'leads:read',
  input: Nothing,
  async run({ tx, ctx }): Promise<{ id: Id<'mem'>; name: string; team: string | null }[]> {
    if (ctx.actor.kind !== 'user' || ctx.actor.visibility.leads === 'own') return []
    const me = memberOf(ctx.actor)
    const rows = await tx.select({ id: members.id, name: members.name, teamId: members.teamId, team: teams.name }).from(members)
      .leftJoin(teams, and(eq(teams.orgId, members.orgId), eq(teams.id, members.teamId)))
      .where(and(eq(members.orgId, ctx.orgId), eq(members.status, 'active'), ne(members.role, 'partner'))).orderBy(asc(sql`${members.name} collate "zh-x-icu"`)).limit(500)
    return rows.flatMap(({ teamId, ...row }) => (row.id !== me && seesMember(ctx, teamId) ? [row] : []))
  },
})
