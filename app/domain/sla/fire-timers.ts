import { and, eq, sql } from 'drizzle-orm'
import { fromUuid, toUuid, type Id } from '~/lib/ids'
import { log } from '~/platform/log'
import { database } from '~db/client.server'
import { slaClocks, slaFirings } from '~db/schema'
import { emitIn, inTransaction, systemContext } from '../kernel'
import { dueFiring, nextTimer } from './clock-times'
import type { InTx } from './in-tx'
import { clocksIn, keepClocks, type Kept } from './keep-clocks'
import { returnToPool } from './return-to-pool'
import { toldOfBreach } from './told-of-breach'
import type { FiringKind } from './vocabulary'

const BATCH = 200
const MOST_BATCHES = 50

/** Warns and breaches whatever is due, in every organisation, batch by batch. Answers how many clocks spoke. */
export async function fireTimers(now: Date): Promise<number> {
  let fired = 0
  for (let batch = 0; batch < MOST_BATCHES; batch += 1) {
    const due = await database('worker').execute<{ org_id: string; id: string }>(sql`select org_id, id from clew_resolve.due_clocks(${now.toISOString()}::timestamptz, ${BATCH})`)
    const byOrg = new Map<string, Id<'slc'>[]>()
    for (const { org_id: org, id } of due) byOrg.set(org, [...(byOrg.get(org) ?? []), fromUuid('slc', id)])
    let settled = 0
    for (const [org, ids] of byOrg) {
      const done = await fireIn(fromUuid('org', org), ids, now).catch((error: unknown) => {
        log.error({ err: error, org }, 'timers of an organisation failed')
        return { claimed: 0, fired: 0 }
      })
      settled += done.claimed
      fired += done.fired
    }
    // What another worker holds, or what failed, is still due: it waits for the next time.
    if (due.length < BATCH || settled === 0) return fired
  }
  return fired
}

/** Fires the due timers among these clocks. A clock that somebody else holds just now is left for the next time. */
export function fireIn(orgId: Id<'org'>, clockIds: readonly Id<'slc'>[], now: Date): Promise<{ claimed: number; fired: number }> {
  const ctx = systemContext(orgId, 'fire-sla-timers', now)
  return inTransaction(ctx, 'read write', async (tx) => {
    const at: InTx = { ...ctx, tx }
    const held = await tx.execute<{ id: string; lead_id: string }>(sql`
      select c.id, c.lead_id from sla_clocks c join leads l on l.org_id = c.org_id and l.id = c.lead_id
      where c.org_id = ${toUuid(orgId)}::uuid and c.id = any (${`{${clockIds.map(toUuid).join(',')}}`}::uuid[]) and c.next_timer_at <= ${now.toISOString()}::timestamptz
      order by c.next_timer_at for update of c, l skip locked`)
    const leadIds = [...new Set(held.map((row) => fromUuid('lead', row.lead_id)))]
    if (leadIds.length === 0) return { claimed: 0, fired: 0 }
    // A contact may have been logged whose event is still on its way: then there is nothing to say.
    await keepClocks(at, leadIds)
    const ids = held.map((row) => fromUuid('slc', row.id))
    const due = (await clocksIn(at, leadIds)).filter(({ clock }) => ids.includes(clock.id) && clock.stoppedAt === null && clock.nextTimerAt !== null && clock.nextTimerAt <= now)
    let fired = 0
    for (const one of due) if (await fire(at, one)) fired += 1
    return { claimed: held.length, fired }
  })
}

async function fire(ctx: InTx, { clock, terms, fired }: Kept): Promise<boolean> {
  const { tx, orgId, now } = ctx
  const kind = dueFiring(clock, fired, now)
  const mine = and(eq(slaClocks.orgId, orgId), eq(slaClocks.id, clock.id))
  if (kind === null) {
    await tx.update(slaClocks).set({ nextTimerAt: nextTimer(clock, fired) }).where(mine)
    return false
  }
  const isBreach = kind === 'breach'
  await tx.update(slaClocks).set({ nextTimerAt: nextTimer(clock, [...fired, kind]), ...(isBreach ? { breachedAt: clock.dueAt } : {}) }).where(mine)
  const said = await tx.insert(slaFirings).values({ orgId, clockId: clock.id, kind, at: now, dueAt: clock.dueAt }).onConflictDoNothing().returning({ kind: slaFirings.kind })
  if (said.length === 0) return false
  const about = { leadId: clock.leadId, ownerId: clock.ownerId, clockId: clock.id }
  if (!isBreach) {
    await emitIn(tx, ctx)('sla.warned', { ...about, percent: percentOf(kind) })
    return true
  }
  await emitIn(tx, ctx)('sla.breached', { ...about, turn: clock.turn, act: terms.atBreach, tell: await toldOfBreach(ctx, clock.ownerId, terms.atBreach) })
  if (terms.atBreach === 'reassign' && clock.ownerId !== null) await returnToPool(ctx, clock.leadId)
  return true
}

const percentOf = (kind: Exclude<FiringKind, 'breach'>): 50 | 80 => (kind === 'warn_50' ? 50 : 80)
