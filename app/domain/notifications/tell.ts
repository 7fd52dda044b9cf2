import { and, desc, eq, gt, inArray, isNull, sql } from 'drizzle-orm'
import { newId, toUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { noticeFacts, notices, noticeSends } from '~db/schema'
import { emitIn, type Context } from '../kernel'
import { calendarsOf } from '../orgs'
import { nextDigest, quietUntil } from './quiet'
import { toldOf, type Told } from './settings'
import { bundleMinutes, urgentKinds, type Channels, type NoticeKind, type SendMode } from './vocabulary'

type InTx = Context & { tx: Tx }
/** Something a member is to be told of, once for its key. Ids, counts and moments only. */
export type Fact = { memberId: Id<'mem'>; kind: NoticeKind; key: string; subject: string | null; params?: Record<string, string | number | null> }
type Group = { told: Told; kind: NoticeKind; facts: Fact[]; noticeId: Id<'ntc'>; isNew: boolean }

const MINUTE = 60_000

/**
 * Tells members of facts as each wants it: one notice for what comes within minutes of a kind, mail and browser on their
 * way, one live event a member. A fact told before is left out. Told twice at once, one of the two fails and is tried again.
 */
export async function tell(ctx: InTx, facts: readonly Fact[]): Promise<number> {
  const fresh = await untold(ctx, facts)
  if (fresh.length === 0) return 0
  const told = await toldOf(ctx.tx, ctx, fresh.map(({ memberId }) => memberId))
  if (told.size === 0) return 0
  const groups = await grouped(ctx, fresh, told)
  if (groups.length === 0) return 0
  for (const group of groups) await writeNotice(ctx, group)
  await ctx.tx.insert(noticeFacts).values(groups.flatMap(({ facts: own, noticeId }) => own.map(({ memberId, kind, key, subject }) => ({ orgId: ctx.orgId, memberId, kind, key, noticeId, subject }))))
  await orderSends(ctx, groups.filter(({ isNew }) => isNew))
  const emit = emitIn(ctx.tx, ctx)
  for (const { noticeId, told: { memberId } } of new Map(groups.map((group) => [group.told.memberId, group])).values()) await emit('notice.told', { noticeId, memberId })
  return groups.length
}

async function untold({ tx, orgId }: InTx, facts: readonly Fact[]): Promise<Fact[]> {
  const byKey = new Map(facts.map((fact) => [`${fact.memberId} ${fact.kind} ${fact.key}`, fact]))
  if (byKey.size === 0) return []
  const rows = await tx.execute<{ at: string }>(sql`
    select x.n as at from json_to_recordset(${JSON.stringify([...byKey].map(([n, { memberId, kind, key }]) => ({ n, m: toUuid(memberId), kind, key })))}::json) as x(n text, m uuid, kind text, key text)
    join notice_facts f on f.org_id = ${toUuid(orgId)}::uuid and f.member_id = x.m and f.kind = x.kind and f.key = x.key`)
  for (const { at } of rows) byKey.delete(at)
  return [...byKey.values()]
}

async function grouped({ tx, orgId, now }: InTx, facts: readonly Fact[], told: ReadonlyMap<Id<'mem'>, Told>): Promise<Group[]> {
  const open = await tx.select({ id: notices.id, memberId: notices.memberId, kind: notices.kind, madeAt: notices.madeAt }).from(notices)
    .leftJoin(noticeSends, and(eq(noticeSends.orgId, notices.orgId), eq(noticeSends.noticeId, notices.id), eq(noticeSends.channel, 'mail')))
    .where(and(eq(notices.orgId, orgId), inArray(notices.memberId, [...told.keys()]), isNull(notices.readAt), gt(notices.madeAt, new Date(now.getTime() - 5 * MINUTE)), isNull(noticeSends.batch)))
    .orderBy(desc(notices.id))
  const groups = new Map<string, Group>()
  for (const fact of facts) {
    const person = told.get(fact.memberId)
    if (person === undefined || !isTold(person.channels(fact.kind))) continue
    const minutes = bundleMinutes[fact.kind]
    const name = minutes === 0 ? `${fact.memberId} ${fact.kind} ${fact.key}` : `${fact.memberId} ${fact.kind}`
    const group = groups.get(name)
    if (group !== undefined) {
      group.facts.push(fact)
      continue
    }
    const bundle = minutes === 0 ? undefined : open.find(({ memberId, kind, madeAt }) => memberId === fact.memberId && kind === fact.kind && madeAt.getTime() > now.getTime() - minutes * MINUTE)
    groups.set(name, { told: person, kind: fact.kind, facts: [fact], noticeId: bundle?.id ?? newId('ntc', now), isNew: bundle === undefined })
  }
  return [...groups.values()]
}

const isTold = ({ app, browser, mail }: Channels) => app || browser || mail !== 'never'

async function writeNotice({ tx, orgId, now }: InTx, { told, kind, facts, noticeId, isNew }: Group): Promise<void> {
  if (!isNew) {
    // Read since it was looked at: what is new in it is unread.
    await tx.update(notices).set({ count: sql`${notices.count} + ${facts.length}`, readAt: null }).where(and(eq(notices.orgId, orgId), eq(notices.id, noticeId)))
    return
  }
  const { app, browser } = told.channels(kind)
  const first = facts[0]
  await tx.insert(notices).values({
    orgId, id: noticeId, memberId: told.memberId, kind, subject: first?.subject ?? null, params: first?.params ?? {}, count: facts.length, inApp: app,
    // Held back by quiet hours, the browser is told when they end.
    inBrowser: browser && (passes(told, kind) || quietUntil(told, now) === null), madeAt: now,
  })
}

const passes = ({ urgentPasses }: Told, kind: NoticeKind): boolean => kind === 'test' || (urgentPasses && urgentKinds.has(kind))

/** Mail waits until its bundle is whole, and until quiet hours end; what they hold leaves as one. */
async function orderSends(ctx: InTx, groups: readonly Group[]): Promise<void> {
  const { tx, orgId, now } = ctx
  const digested = groups.filter(({ told, kind }) => told.channels(kind).mail === 'digest')
  const calendars = await calendarsOf(ctx, digested.map(({ told }) => told.memberId))
  const rows = groups.flatMap(({ told, kind, noticeId }) => {
    const { browser, mail } = told.channels(kind)
    const send = (channel: 'mail' | 'browser', mode: SendMode, dueAt: Date) => ({ orgId, noticeId, channel, mode, memberId: told.memberId, dueAt })
    const sends: ReturnType<typeof send>[] = []
    const quietNow = passes(told, kind) ? null : quietUntil(told, now)
    if (browser && quietNow !== null) sends.push(send('browser', 'held', quietNow))
    const calendar = calendars.get(told.memberId)
    if (mail === 'digest' && calendar !== undefined) sends.push(send('mail', 'digest', nextDigest(told, now, calendar)))
    if (mail === 'once') {
      const whole = new Date(now.getTime() + bundleMinutes[kind] * MINUTE)
      const quiet = passes(told, kind) ? null : quietUntil(told, whole)
      sends.push(quiet === null ? send('mail', 'once', whole) : send('mail', 'held', quiet))
    }
    return sends
  })
  if (rows.length > 0) await tx.insert(noticeSends).values(rows)
}
