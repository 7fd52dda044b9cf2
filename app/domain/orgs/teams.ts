import { and, count, eq, isNull, sql } from 'drizzle-orm'
import { command, DomainError, query } from '~/domain/kernel'
import { nothing } from '~/domain/kernel/contract'
import { newId, type Id } from '~/lib/ids'
import { invitations, members, teams } from '~db/schema/orgs'
import { RenameTeam, TeamId, TeamName } from './contract'

export type Team = { id: Id<'team'>; name: string; activeMembers: number }

/** Makes a team. Refuses `name-taken`. */
export const createTeam = command({
  name: 'team.create',
  permission: 'members:write',
  input: TeamName,
  async run({ tx, ctx, input, audit }) {
    const row = { orgId: ctx.orgId, id: newId('team'), name: input.name, createdAt: ctx.now }
    const made = await tx.insert(teams).values(row).onConflictDoNothing().returning({ id: teams.id })
    if (made.length === 0) throw new DomainError('name-taken', { fields: { name: ['taken'] } })
    await audit(row.id, { after: { name: row.name } })
    return { teamId: row.id }
  },
})

/** Renames a team. Refuses `not-found`, `name-taken`. */
export const renameTeam = command({
  name: 'team.rename',
  permission: 'members:write',
  input: RenameTeam,
  async run({ tx, ctx, input, audit }) {
    const [before] = await tx.select().from(teams).where(and(eq(teams.orgId, ctx.orgId), eq(teams.id, input.teamId))).for('update')
    if (before === undefined) throw new DomainError('not-found')
    const [other] = await tx.select({ id: teams.id }).from(teams).where(and(eq(teams.orgId, ctx.orgId), eq(teams.name, input.name)))
    if (other !== undefined && other.id !== before.id) throw new DomainError('name-taken', { fields: { name: ['taken'] } })
    await tx.update(teams).set({ name: input.name }).where(and(eq(teams.orgId, ctx.orgId), eq(teams.id, before.id)))
    await audit(before.id, { before: { name: before.name }, after: { name: input.name } })
    return { teamId: before.id }
  },
})

/** Removes a team nobody is in. Refuses `not-found`, `conflict` while it has members or open invitations. */
export const removeTeam = command({
  name: 'team.remove',
  permission: 'members:write',
  input: TeamId,
  async run({ tx, ctx, input, audit }) {
    const [before] = await tx.select().from(teams).where(and(eq(teams.orgId, ctx.orgId), eq(teams.id, input.teamId))).for('update')
    if (before === undefined) throw new DomainError('not-found')
    const [member] = await tx.select({ id: members.id }).from(members).where(and(eq(members.orgId, ctx.orgId), eq(members.teamId, before.id))).limit(1)
    const invited = and(eq(invitations.orgId, ctx.orgId), eq(invitations.teamId, before.id))
    const [open] = await tx.select({ id: invitations.id }).from(invitations).where(and(invited, isNull(invitations.acceptedAt), isNull(invitations.revokedAt))).limit(1)
    if (member !== undefined || open !== undefined) throw new DomainError('conflict')
    await tx.update(invitations).set({ teamId: null }).where(invited)
    await tx.delete(teams).where(and(eq(teams.orgId, ctx.orgId), eq(teams.id, before.id)))
    await audit(before.id, { before: { name: before.name } })
    return { teamId: before.id }
  },
})

/** The teams of the organisation by name, with how many active members each has. */
export const listTeams = query({
  name: 'team.list',
  permission: 'members:read',
  input: nothing,
  async run({ tx, ctx }): Promise<Team[]> {
    return tx.select({ id: teams.id, name: teams.name, activeMembers: count(members.id) }).from(teams)
      .leftJoin(members, and(eq(members.orgId, teams.orgId), eq(members.teamId, teams.id), eq(members.status, 'active')))
      .where(eq(teams.orgId, ctx.orgId)).groupBy(teams.orgId, teams.id, teams.name).orderBy(sql`${teams.name} collate "zh-x-icu"`)
  },
})
