import { and, eq, sql, type SQL } from 'drizzle-orm'
import { toUuid, type Id } from '~/lib/ids'
import { dayStart, localDate } from '~/lib/period'
import type { Tx } from '~db/client.server'
import { members } from '~db/schema'
import { DomainError, memberOf, type Context } from '../kernel'
import { timeZoneOf } from './list-leads'

/** Whose queue, and when: now, and when the organisation's day began. */
export type Frame = { owner: Id<'mem'>; me: SQL; now: SQL; today: SQL }

/** The queue of the one who asks, or of a member whose leads they may see. Refuses: not-allowed (no person), not-found. */
export async function frameOf(tx: Tx, ctx: Context, of: Id<'mem'> | undefined): Promise<Frame> {
  const asker = memberOf(ctx.actor)
  if (asker === null) throw new DomainError('not-allowed')
  const owner = of ?? asker
  if (owner !== asker) await assertVisible(tx, ctx, owner)
  const timeZone = await timeZoneOf(tx)
  const today = dayStart(localDate(ctx.now, timeZone), timeZone)
  return { owner, me: sql`${toUuid(owner)}::uuid`, now: sql`${ctx.now.toISOString()}::timestamptz`, today: sql`${today.toISOString()}::timestamptz` }
}

async function assertVisible(tx: Tx, ctx: Context, owner: Id<'mem'>): Promise<void> {
  const [member] = await tx.select({ teamId: members.teamId }).from(members).where(and(eq(members.orgId, ctx.orgId), eq(members.id, owner)))
  if (member === undefined || !seesMember(ctx, member.teamId)) throw new DomainError('not-found')
}

/** Whether leads of somebody in this team are visible to the actor because of who owns them. */
export function seesMember({ actor }: Context, teamId: Id<'team'> | null): boolean {
  if (actor.kind !== 'user' || actor.visibility.leads === 'own') return false
  return actor.visibility.leads === 'all' || (actor.teamId !== null && actor.teamId === teamId)
}
