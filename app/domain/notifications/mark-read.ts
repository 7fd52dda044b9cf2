import { and, eq, isNull } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import { notices } from '~db/schema'
import { command, DomainError, memberOf, type Context } from '../kernel'
import { MarkRead, UnmarkRead } from './contract'

const mineOf = (ctx: Context) => {
  const me = memberOf(ctx.actor)
  if (me === null) throw new DomainError('not-allowed')
  return { me, mine: and(eq(notices.orgId, ctx.orgId), eq(notices.memberId, me)) }
}

/** Marks one of one's notifications as read, or all. `readAt` takes it back. Twice changes nothing. Refuses: not-found. */
export const markRead = command({
  name: 'notice.mark-read',
  permission: 'leads:read',
  input: MarkRead,
  async run({ tx, ctx, input: { noticeId }, emit, audit }): Promise<{ readAt: Date; count: number }> {
    const { me, mine } = mineOf(ctx)
    if (noticeId !== undefined) {
      const [row] = await tx.select({ readAt: notices.readAt }).from(notices).where(and(mine, eq(notices.id, noticeId))).for('update')
      if (row === undefined) throw new DomainError('not-found')
      if (row.readAt !== null) return { readAt: row.readAt, count: 0 }
    }
    const read = await tx.update(notices).set({ readAt: ctx.now }).where(and(mine, isNull(notices.readAt), noticeId === undefined ? undefined : eq(notices.id, noticeId))).returning({ id: notices.id })
    return told({ read, me, readAt: ctx.now, emit, audit })
  },
})

/** Makes unread again what was marked at a moment. Refuses: not-allowed for who is no member. */
export const unmarkRead = command({
  name: 'notice.unmark-read',
  permission: 'leads:read',
  input: UnmarkRead,
  async run({ tx, ctx, input: { readAt }, emit, audit }): Promise<{ readAt: Date; count: number }> {
    const { me, mine } = mineOf(ctx)
    const read = await tx.update(notices).set({ readAt: null }).where(and(mine, eq(notices.readAt, readAt))).returning({ id: notices.id })
    return told({ read, me, readAt, emit, audit })
  },
})

type Done = { read: { id: Id<'ntc'> }[]; me: Id<'mem'>; readAt: Date; emit: (name: 'notice.told', payload: { noticeId: Id<'ntc'>; memberId: Id<'mem'> }) => Promise<void>; audit: (subject: string, change: { after: Record<string, unknown> }) => Promise<void> }

// The other tabs of the same person count anew.
async function told({ read, me, readAt, emit, audit }: Done): Promise<{ readAt: Date; count: number }> {
  const [first] = read
  if (first === undefined) return { readAt, count: 0 }
  await audit(me, { after: { counts: read.length } })
  await emit('notice.told', { noticeId: first.id, memberId: me })
  return { readAt, count: read.length }
}
