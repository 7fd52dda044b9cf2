import { and, asc, eq, inArray, isNull, lt, lte, or, sql } from 'drizzle-orm'
import { fromUuid, type Id } from '~/lib/ids'
import { log } from '~/platform/log'
import { sendMail } from '~/platform/mail'
import { database, type Tx } from '~db/client.server'
import { notices, noticeSends } from '~db/schema'
import { emitIn, inTransaction, systemContext, type Context } from '../kernel'
import { mailOf } from './notice-mail'

const MOST = 500
const MOST_TRIES = 8
const MINUTE = 60_000
// A worker that died while it sent leaves its claim: after this another takes it, and the mail has the same Message-ID.
const CLAIM_MS = 2 * MINUTE
const pauses = [1, 5, 15, 30, 60, 120, 240]

type Row = typeof noticeSends.$inferSelect
type Batch = { batch: string; noticeIds: Id<'ntc'>[] }

/** Sends what is due by mail and tells browsers what quiet hours held back, in every organisation. Answers how many mails left. */
export async function sendNotices(now: Date): Promise<number> {
  const due = await database('worker').execute<{ org_id: string; member_id: string }>(sql`select org_id, member_id from clew_resolve.due_notice_sends(${now.toISOString()}::timestamptz, ${MOST})`)
  let sent = 0
  for (const { org_id: org, member_id: member } of due) sent += await sendTo(fromUuid('org', org), fromUuid('mem', member), now)
  return sent
}

/** The same for one member. At least once: what was sent and could not be noted is sent again with the same Message-ID. */
export async function sendTo(orgId: Id<'org'>, memberId: Id<'mem'>, now: Date): Promise<number> {
  const ctx = systemContext(orgId, 'send-notices', now)
  const batches = await inTransaction(ctx, 'read write', (tx) => claim({ ...ctx, tx }, memberId))
  let sent = 0
  for (const batch of batches) {
    const mail = await mailOf(ctx, memberId, batch)
    const failure = mail === null ? null : await sendMail(mail).then(() => null, (error: unknown) => error)
    if (failure !== null) log.warn({ err: failure, batch: batch.batch }, 'a notification mail could not be sent')
    if (mail !== null && failure === null) sent += 1
    await inTransaction(ctx, 'read write', (tx) => note(tx, ctx, batch, mail === null ? 'dropped' : failure === null ? 'sent' : 'failed'))
  }
  return sent
}

async function claim(ctx: Context & { tx: Tx }, memberId: Id<'mem'>): Promise<Batch[]> {
  const { tx, orgId, now } = ctx
  const rows = await tx.select().from(noticeSends)
    .where(and(eq(noticeSends.orgId, orgId), eq(noticeSends.memberId, memberId), lte(noticeSends.dueAt, now), isNull(noticeSends.sentAt), isNull(noticeSends.droppedAt), or(isNull(noticeSends.claimedAt), lt(noticeSends.claimedAt, new Date(now.getTime() - CLAIM_MS)))))
    .orderBy(asc(noticeSends.noticeId)).for('update', { skipLocked: true })
  const read = rows.length === 0 ? [] : await tx.select({ id: notices.id }).from(notices).where(and(eq(notices.orgId, orgId), inArray(notices.id, rows.map(({ noticeId }) => noticeId)), sql`${notices.readAt} is not null`))
  const isRead = (row: Row) => row.batch === null && read.some(({ id }) => id === row.noticeId)
  // What was read in Clew meanwhile needs no mail.
  for (const row of rows.filter(isRead)) await tx.update(noticeSends).set({ droppedAt: now }).where(one(row))
  const open = rows.filter((row) => !isRead(row))
  await tellBrowser(ctx, open.filter(({ channel }) => channel === 'browser'))
  const batches = batched(open.filter(({ channel }) => channel === 'mail'))
  for (const { batch, noticeIds } of batches) {
    await tx.update(noticeSends).set({ batch, claimedAt: now }).where(and(eq(noticeSends.orgId, orgId), eq(noticeSends.channel, 'mail'), inArray(noticeSends.noticeId, noticeIds)))
  }
  return batches
}

const one = ({ orgId, noticeId, channel }: Row) => and(eq(noticeSends.orgId, orgId), eq(noticeSends.noticeId, noticeId), eq(noticeSends.channel, channel))

/** What left before keeps its company; of what is new, each at once alone, digest and held back together. */
function batched(rows: readonly Row[]): Batch[] {
  const groups = new Map<string, Id<'ntc'>[]>()
  const first = rows.find(({ batch, mode }) => batch === null && mode !== 'once')
  for (const { noticeId, batch, mode } of rows) {
    const name = batch ?? (mode === 'once' ? `notice ${noticeId}` : `digest ${first?.noticeId ?? noticeId}`)
    groups.set(name, [...(groups.get(name) ?? []), noticeId])
  }
  return [...groups].map(([batch, noticeIds]) => ({ batch, noticeIds }))
}

async function tellBrowser(ctx: Context & { tx: Tx }, rows: readonly Row[]): Promise<void> {
  const [first] = rows
  if (first === undefined) return
  await ctx.tx.update(noticeSends).set({ batch: `held ${first.noticeId}`, sentAt: ctx.now })
    .where(and(eq(noticeSends.orgId, ctx.orgId), eq(noticeSends.channel, 'browser'), inArray(noticeSends.noticeId, rows.map(({ noticeId }) => noticeId))))
  await emitIn(ctx.tx, ctx)('notice.told', { noticeId: first.noticeId, memberId: first.memberId })
}

async function note(tx: Tx, { orgId, now }: Context, { batch, noticeIds }: Batch, end: 'sent' | 'dropped' | 'failed'): Promise<void> {
  const mine = and(eq(noticeSends.orgId, orgId), eq(noticeSends.channel, 'mail'), eq(noticeSends.batch, batch), inArray(noticeSends.noticeId, noticeIds))
  if (end !== 'failed') {
    await tx.update(noticeSends).set(end === 'sent' ? { sentAt: now } : { droppedAt: now }).where(mine)
    return
  }
  const [row] = await tx.select({ tries: noticeSends.tries }).from(noticeSends).where(mine).limit(1)
  const tries = (row?.tries ?? 0) + 1
  const next = new Date(now.getTime() + (pauses[tries - 1] ?? 240) * MINUTE)
  await tx.update(noticeSends).set(tries >= MOST_TRIES ? { tries, droppedAt: now } : { tries, dueAt: next, claimedAt: null }).where(mine)
}
