import { and, eq, sql } from 'drizzle-orm'
import { DomainError, type Context } from '~/domain/kernel'
import type { Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { members, teams } from '~db/schema/orgs'

export type MemberRow = typeof members.$inferSelect

/**
 * A member of this organisation, locked. Refuses `not-found`. Changes of members go one after another: of two admins
 * who end each other, each would hold one row and wait for the other's.
 */
export async function lockMember(tx: Tx, ctx: Context, memberId: Id<'mem'>): Promise<MemberRow> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`members ${ctx.orgId}`}, 0))`)
  const [row] = await tx.select().from(members).where(and(eq(members.orgId, ctx.orgId), eq(members.id, memberId))).for('update')
  if (row === undefined) throw new DomainError('not-found')
  return row
}

/** Refuses `last-admin` where a member is the only active administrator. All admins are locked: two cannot leave at once. */
export async function assertNotLastAdmin(tx: Tx, ctx: Context, member: MemberRow): Promise<void> {
  if (member.role !== 'admin' || member.status !== 'active') return
  const admins = await tx.select({ id: members.id }).from(members)
    .where(and(eq(members.orgId, ctx.orgId), eq(members.role, 'admin'), eq(members.status, 'active'))).orderBy(members.id).for('update')
  if (admins.every(({ id }) => id === member.id)) throw new DomainError('last-admin')
}

/** Refuses `not-found` for a team of no or another organisation; no team is fine. */
export async function assertTeam(tx: Tx, ctx: Context, teamId: Id<'team'> | null): Promise<void> {
  if (teamId === null) return
  const [row] = await tx.select({ id: teams.id }).from(teams).where(and(eq(teams.orgId, ctx.orgId), eq(teams.id, teamId)))
  if (row === undefined) throw new DomainError('not-found')
}
