import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { fromUuid, newId, toUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { deliveryOutcomes, fetches, fetchOrders } from '~db/schema'
import type { Context } from '../kernel'
import type { Issue } from './lead-draft'
import type { Verdict } from './stored-deliveries'
import type { DeliveryVerdict, FetchState } from './vocabulary'

type InTx = Context & { tx: Tx }
type Row = { external_id: string; state: FetchState; problem: string | null; verdict: DeliveryVerdict | null; issues: Issue[] | null; lead_id: string | null; inquiry_id: string | null }

/** What a fetch's answer is kept under, beside the digest of its bytes. */
export const answerKey = (way: 'fetch' | 'pull', externalId: string, sha256: string): string => `${way}:${externalId}:${sha256}`

/**
 * The verdicts on answers become those of the deliveries that waited for them. Called where the verdicts are written; a
 * worker killed between keeping an answer and noting it loses nothing, because it is noted here.
 */
export async function settleAnswered(ctx: InTx, answers: readonly { id: Id<'dlv'>; sourceId: Id<'src'>; dedupeKey: string }[]): Promise<void> {
  const settled: Id<'fet'>[] = []
  // Every row before any verdict, in one order: whoever settles one of them never waits for us while we wait for it.
  for (const { id, sourceId, externalId } of answers.flatMap(answered).sort((a, b) => (a.externalId < b.externalId ? -1 : 1))) {
    const [fetch] = await ctx.tx.select().from(fetches)
      .where(and(eq(fetches.orgId, ctx.orgId), eq(fetches.sourceId, sourceId), eq(fetches.externalId, externalId))).for('update')
    if (!fetch || fetch.problem === 'forgotten') continue
    if (fetch.state !== 'done') await markDone(ctx, fetch.id, id)
    if (fetch.state !== 'done' || fetch.answerId === id) settled.push(fetch.id)
  }
  if (settled.length > 0) await settleWaiting(ctx, settled)
}

function answered<T extends { dedupeKey: string }>(answer: T): (T & { externalId: string })[] {
  const externalId = /^fetch:(.+):[0-9a-f]{64}$/s.exec(answer.dedupeKey)?.[1]
  return externalId === undefined ? [] : [{ ...answer, externalId }]
}

/** Notes the answer of a fetch. The caller holds its row. */
export async function markDone({ tx, orgId, now }: InTx, fetchId: Id<'fet'>, answerId: Id<'dlv'>): Promise<void> {
  await tx.update(fetches).set({ state: 'done', answerId, problem: null, detail: null, nextAt: null, settledAt: now }).where(and(eq(fetches.orgId, orgId), eq(fetches.id, fetchId)))
}

/**
 * Writes the verdict of every delivery that waits for nothing any more. The caller holds the rows of the fetches; the lock
 * on the delivery lets the last of several fetches see what the others became. `except` is one whose caller writes it.
 */
export async function settleWaiting(ctx: InTx, fetchIds: readonly Id<'fet'>[], except?: Id<'dlv'>): Promise<void> {
  const { tx, orgId, now } = ctx
  const waiting = await tx.selectDistinct({ id: fetchOrders.deliveryId }).from(fetchOrders).where(and(eq(fetchOrders.orgId, orgId), inArray(fetchOrders.fetchId, [...fetchIds]))).orderBy(asc(fetchOrders.deliveryId))
  for (const { id } of waiting) {
    if (id === except) continue
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`orders ${id}`}, 0))`)
    const verdict = await verdictOfOrders(ctx, id)
    if (verdict === null || (await isSaid(ctx, id, verdict))) continue
    await tx.insert(deliveryOutcomes).values({ orgId, id: newId('dlo', now), deliveryId: id, ...verdict, at: now })
  }
}

async function isSaid({ tx, orgId }: InTx, deliveryId: Id<'dlv'>, verdict: Verdict): Promise<boolean> {
  const [last] = await tx.execute<Row>(sql`
    select verdict, issues, lead_id, inquiry_id from delivery_outcomes where org_id = ${toUuid(orgId)} and delivery_id = ${toUuid(deliveryId)} order by id desc limit 1`)
  const said = (id: string | null, now: string | null) => (id === null ? now === null : now !== null && toUuid(now) === id)
  return last !== undefined && last.verdict === verdict.verdict && said(last.lead_id, verdict.leadId) && said(last.inquiry_id, verdict.inquiryId) && JSON.stringify(last.issues) === JSON.stringify(verdict.issues)
}

/** What the fetches of a delivery came to together; null while any of them is still to come. */
export async function verdictOfOrders({ tx, orgId }: InTx, deliveryId: Id<'dlv'>): Promise<Verdict | null> {
  const rows = await tx.execute<Row>(sql`
    select f.external_id, f.state, f.problem, o.verdict, o.issues, coalesce(o.lead_id, q.lead_id) as lead_id, coalesce(o.inquiry_id, q.id) as inquiry_id
    from fetch_orders w join fetches f on f.org_id = w.org_id and f.id = w.fetch_id
    left join lateral (
      select verdict, issues, lead_id, inquiry_id from delivery_outcomes o
      where o.org_id = f.org_id and o.delivery_id = f.answer_id order by o.id desc limit 1) o on true
    left join inquiries q on q.org_id = f.org_id and q.source_id = f.source_id and q.external_id = f.external_id and f.problem = 'forgotten'
    where w.org_id = ${toUuid(orgId)} and w.delivery_id = ${toUuid(deliveryId)} order by f.external_id`)
  const results = rows.map((row) => resultOf(row, rows.length > 1))
  if (results.length === 0 || results.some((result) => result === null)) return null
  return together(results.filter((result) => result !== null))
}

function resultOf(row: Row, isBatch: boolean): Verdict | null {
  const { state, problem, verdict } = row
  const path = isBatch ? row.external_id : ''
  const leadId = row.lead_id === null ? null : fromUuid('lead', row.lead_id)
  const inquiryId = row.inquiry_id === null ? null : fromUuid('inq', row.inquiry_id)
  if (problem === 'forgotten') return { verdict: 'processed', issues: [{ path, code: 'forgotten' }], leadId, inquiryId }
  if (state === 'gone') return { verdict: 'unreadable', issues: [{ path, code: 'lead-gone' }], leadId: null, inquiryId: null }
  if (state === 'failed') return { verdict: 'unreadable', issues: [{ path, code: 'fetch-failed' }], leadId: null, inquiryId: null }
  return state !== 'done' || verdict === null ? null : { verdict, issues: row.issues, leadId, inquiryId }
}

// One lead makes a message processed; what could not be had is named beside it.
function together(results: readonly Verdict[]): Verdict {
  const verdict = (['processed', 'unreadable', 'test'] as const).find((each) => results.some((result) => result.verdict === each)) ?? 'processed'
  const issues = results.flatMap((result) => result.issues ?? [])
  const lead = results.find(({ leadId }) => leadId !== null) ?? results.find(({ inquiryId }) => inquiryId !== null)
  return { verdict, issues: issues.length === 0 ? null : issues, leadId: lead?.leadId ?? null, inquiryId: lead?.inquiryId ?? null }
}
