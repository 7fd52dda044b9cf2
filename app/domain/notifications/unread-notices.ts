import { and, count, eq, isNull } from 'drizzle-orm'
import { notices } from '~db/schema'
import { memberOf, query } from '../kernel'
import { nothing } from '../kernel/contract'

/** How many of one's own notifications are unread; 0 for who is no member. Reads `notices_unread`. */
export const unreadNotices = query({
  name: 'notice.unread',
  permission: 'leads:read',
  input: nothing,
  async run({ tx, ctx }): Promise<number> {
    const me = memberOf(ctx.actor)
    if (me === null) return 0
    const [row] = await tx.select({ n: count() }).from(notices).where(and(eq(notices.orgId, ctx.orgId), eq(notices.memberId, me), eq(notices.inApp, true), isNull(notices.readAt)))
    return row?.n ?? 0
  },
})
