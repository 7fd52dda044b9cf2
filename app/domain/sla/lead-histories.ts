import { and, asc, inArray, isNotNull, sql } from 'drizzle-orm'
import { fromUuid, toUuid, type Id } from '~/lib/ids'
import { activities, inquiries, leads, leadStages } from '~db/schema'
import type { ChannelKind } from '../channels/vocabulary'
import { effectiveCell } from '../leads'
import { twoWayOutcomes, type Outcome, type Stage } from '../leads/vocabulary'
import type { InTx } from './in-tx'
import type { LeadFacts } from './policy-fits'
import type { LeadHistory } from './turns'

/** Everything a lead's clocks follow from. */
export type WatchedLead = LeadHistory & LeadFacts & {
  id: Id<'lead'>; ownerId: Id<'mem'> | null; teamId: Id<'team'> | null; isOpen: boolean; verdict: string; duplicateOf: Id<'lead'> | null; isImported: boolean
  undone: ReadonlySet<string>
}

const HOUR = 3_600_000

/**
 * These leads with what happened to them, in id order, held against change until the transaction ends: a contact logged in
 * between would be overwritten by what was read before it.
 */
export async function leadHistories({ tx }: InTx, leadIds: readonly Id<'lead'>[]): Promise<WatchedLead[]> {
  const ids = [...new Set(leadIds)]
  if (ids.length === 0) return []
  const rows = await tx.select({
    id: sql<Id<'lead'>>`l.id`.mapWith(leads.id), ownerId: sql<Id<'mem'> | null>`l.owner_id`.mapWith(leads.ownerId), teamId: sql<string | null>`o.team_id`,
    isOpen: sql<boolean>`l.is_open`, verdict: sql<string>`l.verdict`, duplicateOf: sql<Id<'lead'> | null>`l.duplicate_of`.mapWith(leads.duplicateOf), isImported: sql<boolean>`l.is_imported`,
    cameInAt: sql<Date>`l.came_in_at`.mapWith(leads.cameInAt), createdAt: sql<Date>`l.created_at`.mapWith(leads.createdAt), firstResponseAt: sql<Date | null>`l.first_response_at`.mapWith(leads.firstResponseAt),
    channelId: sql<Id<'ch'> | null>`l.channel_id`.mapWith(leads.channelId), channelKind: sql<ChannelKind | null>`ch.kind`, sourceId: sql<Id<'src'>>`l.source_id`.mapWith(leads.sourceId),
    productLineId: sql<Id<'pl'>>`l.product_line_id`.mapWith(leads.productLineId), stage: sql<Stage>`s.stage`, ofCustomer: sql<boolean>`l.of_customer`, cell: sql<number | null>`${effectiveCell('sc')}`,
    amount: sql<bigint | null>`coalesce(s.won_amount, s.expected_amount)`.mapWith(leadStages.wonAmount), currency: sql<string | null>`coalesce(s.won_currency, s.expected_currency)`,
  }).from(sql`leads l join lead_stages s on s.org_id = l.org_id and s.lead_id = l.id left join members o on o.org_id = l.org_id and o.id = l.owner_id
    left join channels ch on ch.org_id = l.org_id and ch.id = l.channel_id left join lead_scores sc on sc.org_id = l.org_id and sc.lead_id = l.id`)
    .where(sql`l.id = any (${`{${ids.map(toUuid).join(',')}}`}::uuid[])`).orderBy(sql`l.id for share of l`)
  const contacts = await tx.select().from(activities).where(and(inArray(activities.leadId, ids), isNotNull(activities.outcome))).orderBy(asc(activities.at), asc(activities.id))
  const came = await tx.select({ id: inquiries.id, leadId: inquiries.leadId, at: inquiries.at, recordedAt: inquiries.recordedAt }).from(inquiries)
    .where(inArray(inquiries.leadId, ids)).orderBy(asc(inquiries.at), asc(inquiries.id))
  return rows.map(({ cameInAt, createdAt, teamId, ...row }) => {
    const [first, ...again] = came.filter(({ leadId }) => leadId === row.id)
    const own = contacts.filter(({ leadId }) => leadId === row.id)
    return {
      ...row, teamId: teamId === null ? null : fromUuid('team', teamId), firstInquiry: first?.id ?? null, startsAt: arrived(cameInAt, createdAt),
      contacts: own.filter(({ undoneAt }) => undoneAt === null).map(({ id, at, outcome, nextStepAt }) => ({ id, at, nextStepAt, isAnswered: twoWayOutcomes.has(outcome as Outcome) })),
      undone: new Set(own.filter(({ undoneAt }) => undoneAt !== null).map(({ id }) => id)),
      inbound: again.map(({ id, at, recordedAt }) => ({ id, at, startsAt: arrived(at, recordedAt) })),
    }
  })
}

/** What reaches us more than an hour late (a pull, a backlog) could not be answered before: its wait begins when it was here. */
const arrived = (at: Date, recordedAt: Date): Date => (recordedAt.getTime() - at.getTime() > HOUR ? recordedAt : at)
