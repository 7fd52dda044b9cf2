import { sql } from 'drizzle-orm'
import { toUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { gradeSuggestions } from '~db/schema'
import { DomainError, query, type Context } from '../../kernel'
import type { Checklist } from '../assert-move-allowed'
import { OneLead } from '../contract'
import { noRates, type QueueRates } from '../queue-rates'
import type { StageState } from '../stage-state'
import { visibleLeads } from '../visible-leads'
import type { Grade } from '../vocabulary'
import { suggestByPoints, type GradeSuggestion } from './suggest-points'

/** Why nothing is suggested: somebody of the lead asked to be left out of profiling. */
export type NoSuggestion = { grade: null; because: 'objection' }

/**
 * What Clew would grade a lead as now, from its cell, checklist, decision-maker and expected amount, and why. It is shown
 * beside the rep's grade and never changes it. Refuses: not-found.
 */
export const suggestGrade = query({
  name: 'lead.suggest-grade',
  permission: 'leads:read',
  input: OneLead,
  async run({ tx, ctx, input: { leadId } }): Promise<GradeSuggestion | NoSuggestion> {
    const [seen] = await tx.execute<{ amount: string | null; currency: string | null }>(sql`
      select s.expected_amount::text as amount, s.expected_currency as currency from leads l join lead_stages s on s.org_id = l.org_id and s.lead_id = l.id
      where l.id = ${toUuid(leadId)}::uuid and ${visibleLeads(ctx, 'l')}`)
    if (seen === undefined) throw new DomainError('not-found')
    const amount = seen.amount === null || seen.currency === null ? null : { amount: BigInt(seen.amount), currency: seen.currency }
    return (await suggestionFor(tx, leadId, amount))?.suggestion ?? { grade: null, because: 'objection' }
  },
})

type Graded = { leadId: Id<'lead'>; moveId: Id<'mov'>; before: StageState; after: StageState; isImported: boolean }

/** Keeps what Clew would have said where a person just gave a grade: not for history, nor where only an amount was put right. */
export async function keepSuggestion(tx: Tx, ctx: Context, { leadId, moveId, before, after, isImported }: Graded): Promise<void> {
  const given: Grade | null = after.stage === 'graded' ? after.grade : null
  if (given === null || isImported || ctx.actor.kind !== 'user' || (before.stage === 'graded' && before.grade === given)) return
  const amount = after.expectedAmount === null || after.expectedCurrency === null ? null : { amount: after.expectedAmount, currency: after.expectedCurrency }
  const found = await suggestionFor(tx, leadId, amount)
  if (found === null) return
  await tx.insert(gradeSuggestions).values({ orgId: ctx.orgId, moveId, leadId, suggested: found.suggestion.grade, given, cell: found.cell, at: ctx.now })
}

async function suggestionFor(tx: Tx, leadId: Id<'lead'>, amount: { amount: bigint; currency: string } | null): Promise<{ suggestion: GradeSuggestion; cell: number | null } | null> {
  const id = sql`${toUuid(leadId)}::uuid`
  const [known] = await tx.execute<{ cell: number | null; checklist: Checklist; decides: boolean; objects: boolean; rates: QueueRates | null; currency: string }>(sql`
    select o.currency, r.rates,
      json_build_object('need', coalesce(k.need, 'unknown'), 'budget', coalesce(k.budget, 'unknown'), 'authority', coalesce(k.authority, 'unknown'), 'timing', coalesce(k.timing, 'unknown')) as checklist,
      case when c.override_cell is null then c.cell else c.override_cell end as cell,
      exists (select from lead_people p where p.org_id = o.org_id and p.lead_id = ${id} and p.role = 'decision_maker') as decides,
      exists (select from profiling_objections b join people m on m.org_id = b.org_id and m.id = b.person_id
        join people h on h.org_id = b.org_id and coalesce(h.canonical_id, h.id) = coalesce(m.canonical_id, m.id)
        where b.org_id = o.org_id and h.id in (select p.person_id from lead_people p where p.org_id = o.org_id and p.lead_id = ${id}
          union all select l.person_id from leads l where l.org_id = o.org_id and l.id = ${id})) as objects
    from organisations o left join queue_rates r on r.org_id = o.org_id left join lead_scores c on c.org_id = o.org_id and c.lead_id = ${id}
      left join lead_checklists k on k.org_id = o.org_id and k.lead_id = ${id}`)
  if (known === undefined || known.objects) return null
  const facts = { cell: known.cell, checklist: known.checklist, hasDecisionMaker: known.decides, amount }
  return { suggestion: suggestByPoints(facts, known.rates ?? noRates(known.currency)), cell: known.cell }
}
