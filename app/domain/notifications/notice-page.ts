import { and, count, desc, eq, isNull, lt } from 'drizzle-orm'
import { counted, noticeWords } from '~/i18n/notice-words.server'
import type { Id } from '~/lib/ids'
import type { Locale } from '~/lib/locales'
import type { Tx } from '~db/client.server'
import { notices, noticeSends } from '~db/schema'
import { DomainError, memberOf, query, type Context } from '../kernel'
import { organisationOf } from '../orgs'
import { NoticeNews, NoticePage } from './contract'
import { noticeLine, type NoticeLine, type NoticeRow } from './notice-lines'
import { namesOf } from './notice-names'

type InTx = Context & { tx: Tx }
/** Newest first; `next` is the cursor of the page after. `unread` counts all that are, whatever the filter. */
export type NoticeList = { lines: NoticeLine[]; next: Id<'ntc'> | null; unread: number }
/** What the bell shows, and what a browser notification says of one notice; null where none is wanted now. */
export type NoticeNewsAnswer = { unread: number; lines: NoticeLine[]; show: { title: string; body: string; href: string; tag: string } | null }

const meOf = (ctx: Context): Id<'mem'> => {
  const me = memberOf(ctx.actor)
  if (me === null) throw new DomainError('not-allowed')
  return me
}
const mineOf = (ctx: Context, me: Id<'mem'>) => and(eq(notices.orgId, ctx.orgId), eq(notices.memberId, me), eq(notices.inApp, true))

/** Sentences of some notices for one reader, in their order. */
export async function linesOf(ctx: InTx, rows: readonly NoticeRow[], locale: Locale, timeZone: string): Promise<NoticeLine[]> {
  const names = await namesOf(ctx, rows.flatMap(({ subject, params }) => [subject, (params as { ownerId?: string }).ownerId ?? null]))
  return rows.map((row) => noticeLine(row, names, { locale, timeZone, memberId: memberOf(ctx.actor) }))
}

const unreadOf = async ({ tx, ...ctx }: InTx, me: Id<'mem'>) => (await tx.select({ n: count() }).from(notices).where(and(mineOf(ctx, me), isNull(notices.readAt))))[0]?.n ?? 0

/** One's own notifications, newest first, all or the unread. The language is the page's. Refuses: not-allowed for who is no member. */
export const noticePage = query({
  name: 'notice.page',
  permission: 'leads:read',
  input: NoticePage,
  async run({ tx, ctx, input: { unread, cursor, limit, locale } }): Promise<NoticeList> {
    const me = meOf(ctx)
    const rows = await tx.select().from(notices).where(and(mineOf(ctx, me), unread ? isNull(notices.readAt) : undefined, cursor === undefined ? undefined : lt(notices.id, cursor))).orderBy(desc(notices.id)).limit(limit + 1)
    const shown = rows.slice(0, limit)
    const { timeZone } = await organisationOf(ctx)
    return { lines: await linesOf(ctx, shown, locale, timeZone), next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null, unread: await unreadOf(ctx, me) }
  },
})

const NEWEST = 8
// A page that was asleep does not pour out what is long past.
const FRESH_MS = 10 * 60_000

/** How many are unread, the newest, and what a browser may show of the notice named. Refuses: not-found for a notice of somebody else. */
export const noticeNews = query({
  name: 'notice.news',
  permission: 'leads:read',
  input: NoticeNews,
  async run({ tx, ctx, input: { noticeId, locale } }): Promise<NoticeNewsAnswer> {
    const me = meOf(ctx)
    const { timeZone } = await organisationOf(ctx)
    const rows = await tx.select().from(notices).where(mineOf(ctx, me)).orderBy(desc(notices.id)).limit(NEWEST)
    return { unread: await unreadOf(ctx, me), lines: await linesOf(ctx, rows, locale, timeZone), show: noticeId === undefined ? null : await shown(ctx, me, noticeId, locale, timeZone) }
  },
})

async function shown(ctx: InTx, me: Id<'mem'>, noticeId: Id<'ntc'>, locale: Locale, timeZone: string): Promise<NoticeNewsAnswer['show']> {
  const [row] = await ctx.tx.select().from(notices).where(and(eq(notices.orgId, ctx.orgId), eq(notices.id, noticeId), eq(notices.memberId, me)))
  if (row === undefined) throw new DomainError('not-found')
  const [held] = await ctx.tx.select({ batch: noticeSends.batch, sentAt: noticeSends.sentAt }).from(noticeSends)
    .where(and(eq(noticeSends.orgId, ctx.orgId), eq(noticeSends.noticeId, noticeId), eq(noticeSends.channel, 'browser')))
  const [line] = await linesOf(ctx, [row], locale, timeZone)
  if (line === undefined || row.readAt !== null) return null
  if (ctx.now.getTime() - (held?.sentAt ?? row.madeAt).getTime() > FRESH_MS) return null
  if (held?.sentAt != null && held.batch !== null) {
    const [batch] = await ctx.tx.select({ n: count() }).from(noticeSends).where(and(eq(noticeSends.orgId, ctx.orgId), eq(noticeSends.batch, held.batch), eq(noticeSends.channel, 'browser')))
    const n = batch?.n ?? 1
    return { title: 'Clew', body: counted(noticeWords(locale).held, n, { first: line.text }), href: n === 1 ? line.href : '/notifications', tag: held.batch }
  }
  return row.inBrowser ? { title: 'Clew', body: line.text, href: line.href, tag: noticeId } : null
}
