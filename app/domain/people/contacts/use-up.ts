import { sql } from 'drizzle-orm'
import { toUuid, type Id } from '~/lib/ids'
import { localDate } from '~/lib/period'
import type { Tx } from '~db/client.server'
import { contactUsage, organisations } from '~db/schema'
import { type Context } from '../../kernel'
import type { UsageKind } from '../vocabulary'

/** The day of the organisation and its time zone: caps start anew at its midnight. */
export async function dayIn(tx: Tx, { now }: Context): Promise<{ day: string; timeZone: string }> {
  const [org] = await tx.select({ timeZone: organisations.timeZone }).from(organisations)
  const timeZone = org?.timeZone ?? 'UTC'
  return { day: localDate(now, timeZone), timeZone }
}

type Use = { memberId: Id<'mem'>; day: string; kind: UsageKind; amount: number; cap: number }

/**
 * Takes `amount` of a member's cap of the day; answers how much is used then, or null where it would pass the cap.
 * The row is locked by the update, so that however many ask at once, never more than the cap get through.
 */
export async function useUp(tx: Tx, ctx: Context, { memberId, day, kind, amount, cap }: Use): Promise<number | null> {
  await tx.insert(contactUsage).values({ orgId: ctx.orgId, memberId, day, kind, used: 0 }).onConflictDoNothing()
  const [row] = await tx.execute<{ used: number }>(sql`
    update contact_usage set used = used + ${amount}
    where org_id = ${toUuid(ctx.orgId)} and member_id = ${toUuid(memberId)} and day = ${day}::date and kind = ${kind} and used + ${amount} <= ${cap} returning used`)
  return row?.used ?? null
}

/** How much of a cap a member has used up on a day. */
export async function usedUp(tx: Tx, ctx: Context, memberId: Id<'mem'>, day: string, kind: UsageKind): Promise<number> {
  const [row] = await tx.execute<{ used: number }>(sql`
    select used from contact_usage where org_id = ${toUuid(ctx.orgId)} and member_id = ${toUuid(memberId)} and day = ${day}::date and kind = ${kind}`)
  return row?.used ?? 0
}
