import { sql } from 'drizzle-orm'
import { toUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { touchDetails, touches } from '~db/schema'
import { emitAllIn, type Context } from '../kernel'
import type { TouchKind, TouchVerdict } from './vocabulary'

/** A touch about to be kept. `answers` are codes, counts and pages; `session` is the digest of one stay, for its minutes. */
export type NewTouch = {
  id: Id<'tch'>; personId: Id<'per'> | null; companyId: Id<'co'> | null; leadId: Id<'lead'> | null; kind: TouchKind; verdict: TouchVerdict
  sourceId: Id<'src'>; channelId: Id<'ch'> | null; campaignId: Id<'cmp'> | null; at: Date
  answers: readonly { question: string; answer: string }[]; utm: Readonly<Record<string, string>>; clickIds: Readonly<Record<string, string>>; session: string | null
}

/**
 * Keeps touches, what they say apart from them and erasable, inside the caller's transaction; then counts the minutes
 * of the stays they belong to. The caller has made sure that each is new, and that its ids are of this organisation.
 */
export async function keepTouches(ctx: Context & { tx: Tx }, kept: readonly NewTouch[]): Promise<void> {
  if (kept.length === 0) return
  const { tx, orgId, now } = ctx
  await tx.insert(touches).values(kept.map(({ answers: _answers, utm: _utm, clickIds: _clickIds, session: _session, ...touch }) => ({ ...touch, orgId, inquiryId: null, recordedAt: now })))
  await tx.insert(touchDetails).values(kept.map(({ id, answers, utm, clickIds, session, at }) => ({ orgId, touchId: id, answers, utm, clickIds, session, at })))
  const sessions = [...new Set(kept.flatMap(({ session }) => session ?? []))].sort()
  if (sessions.length > 0) await countMinutes(tx, orgId, sessions)
  await tellOfTouches(ctx, [...new Set(kept.flatMap(({ leadId, verdict }) => (leadId === null || verdict !== 'human' ? [] : [leadId])))])
}

// Only scores follow from touches: where no card is published nobody is told.
async function tellOfTouches(ctx: Context & { tx: Tx }, leadIds: readonly Id<'lead'>[]): Promise<void> {
  if (leadIds.length === 0) return
  const [card] = await ctx.tx.execute(sql`select 1 from score_cards where org_id = ${toUuid(ctx.orgId)}::uuid and state = 'published'`)
  if (card !== undefined) await emitAllIn(ctx.tx, ctx)('touch.kept', leadIds.map((leadId) => ({ leadId })))
}

// Each "left" ends the latest "joined" before it that no other one ended. Read anew, so that order does not matter.
async function countMinutes(tx: Tx, orgId: Id<'org'>, sessions: readonly string[]): Promise<void> {
  await tx.execute(sql`
    with steps as (
      select d.touch_id, d.session, d.at, d.answers @> '[{"question":"event","answer":"left"}]' as ends,
        lag(d.at) over w as before_at, lag(d.answers @> '[{"question":"event","answer":"joined"}]') over w as begins
      from touch_details d
      where d.org_id = ${toUuid(orgId)} and d.session = any (array(select json_array_elements_text(${JSON.stringify(sessions)}::json)))
      window w as (partition by d.session order by d.at, d.answers @> '[{"question":"event","answer":"left"}]')
    )
    update touch_details d set minutes = case when s.begins then round(extract(epoch from s.at - s.before_at) / 60)::int end
    from steps s where d.org_id = ${toUuid(orgId)} and d.touch_id = s.touch_id and s.ends`)
}
