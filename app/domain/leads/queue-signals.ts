import { sql } from 'drizzle-orm'
import { fromUuid, toUuid, type Id } from '~/lib/ids'
import { addDays, dayStart, localDate } from '~/lib/period'
import type { Tx } from '~db/client.server'
import { leads, leadStages, queueRates } from '~db/schema'
import type { Context } from '../kernel'
import type { Cell } from '../scoring/vocabulary'
import { effectiveCell } from './effective-cell'
import { noRates, type QueueRates } from './queue-rates'
import { slaSignals } from './sla-signals'
import type { QueueSignals } from './value-lost-per-hour'
import type { Grade, Stage } from './vocabulary'

type Facts = {
  id: string; stage: Stage | null; grade: Grade | null; cell: Cell | null; amount: string | null; amount_currency: string | null; line: string; kind: string | null
  came_in_at: string; asked_at: string | null; last_contact_at: string | null; next_step_at: string | null; snoozed_until: string | null; attempts: number
}
export type Valuing = { rates: QueueRates; signals: Map<Id<'lead'>, QueueSignals> }

/**
 * What the rule needs of these leads, in two statements whatever their number. Leads that have no place (closed, junk,
 * nobody's) are left out. Reads primary keys, `inquiries_lead` and `activities_lead`.
 */
export async function queueSignals(tx: Tx, ctx: Context, leadIds: readonly Id<'lead'>[]): Promise<Valuing> {
  const { timeZone, rates } = await ratesOf(tx)
  const clocks = await slaSignals(tx, ctx.orgId, leadIds)
  const rows = await factsOf(tx, leadIds)
  const signals = rows.map((row): [Id<'lead'>, QueueSignals] => {
    const id = fromUuid('lead', row.id)
    const cameInAt = new Date(row.came_in_at)
    const lastContactAt = moment(row.last_contact_at)
    return [id, {
      now: ctx.now, stage: row.stage ?? 'inquiry', grade: row.grade, cell: row.cell, productLineId: row.line, channelKind: row.kind, cameInAt, askedAt: moment(row.asked_at) ?? cameInAt,
      expected: row.amount === null || row.amount_currency === null ? null : { amount: BigInt(row.amount), currency: row.amount_currency },
      lastContactAt, nextStepAt: moment(row.next_step_at), snoozedUntil: moment(row.snoozed_until), attempts: row.attempts, sla: clocks.get(id) ?? null,
      turnOverAt: lastContactAt === null ? null : dayStart(addDays(localDate(lastContactAt, timeZone), 1), timeZone),
    }]
  })
  return { rates, signals: new Map(signals) }
}

const moment = (text: string | null): Date | null => (text === null ? null : new Date(text))

// Attempts are those at the end of the row: anything but silence begins anew.
function factsOf(tx: Tx, leadIds: readonly Id<'lead'>[]) {
  return tx.execute<Facts>(sql`
    select l.id, s.stage, s.grade, ${effectiveCell('sc')} as cell, s.expected_amount::text as amount, s.expected_currency as amount_currency, l.product_line_id::text as line, ch.kind,
      l.came_in_at::text, (select max(q.at) from inquiries q where q.org_id = l.org_id and q.lead_id = l.id)::text as asked_at,
      l.last_contact_at::text, l.next_step_at::text, l.snoozed_until::text,
      case when l.last_contact_at is null then 0 else (select count(*) filter (where silent and not ended)::int from (
        select a.outcome in ('no_answer', 'busy', 'sent') as silent, bool_or(a.outcome not in ('no_answer', 'busy', 'sent')) over (order by a.at desc, a.id desc) as ended
        from activities a where a.org_id = l.org_id and a.lead_id = l.id and a.outcome is not null and a.undone_at is null) told) end as attempts
    from ${leads} l left join ${leadStages} s on s.org_id = l.org_id and s.lead_id = l.id left join channels ch on ch.org_id = l.org_id and ch.id = l.channel_id
      left join lead_scores sc on sc.org_id = l.org_id and sc.lead_id = l.id
    where l.id = any (${`{${leadIds.map((id) => toUuid(id)).join(',')}}`}::uuid[]) and l.owner_id is not null and l.is_open and l.verdict = 'valid'`)
}

async function ratesOf(tx: Tx): Promise<{ timeZone: string; rates: QueueRates }> {
  const [row] = await tx.execute<{ time_zone: string; currency: string; rates: QueueRates | null }>(sql`
    select o.time_zone, o.currency, r.rates from organisations o left join ${queueRates} r on r.org_id = o.org_id`)
  const currency = row?.currency ?? 'CNY'
  // Another currency since they were learnt: sums of the old one mean nothing in the new.
  const known = row?.rates?.currency === currency ? row.rates : null
  return { timeZone: row?.time_zone ?? 'UTC', rates: known ?? noRates(currency) }
}
