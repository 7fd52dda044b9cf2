import { and, desc, eq, gte, isNull, sql } from 'drizzle-orm'
import { quantile } from '~/lib/intervals'
import { channels, leads, leadScores, leadStages } from '~db/schema'
import type { ChannelKind } from '../channels/vocabulary'
import { query } from '../kernel'
import { effectiveCell, visibleLeads } from '../leads'
import { countedMinutes } from './clock-times'
import { Conditions, PreviewPolicy } from './contract'
import { hoursFor } from './hours'
import { policyFits } from './policy-fits'

export const previewDays = 30
const MOST = 20_000

/**
 * What a policy would have meant for the leads of the last thirty days: how many it fits, how many were answered, the median and
 * 90th percentile of their wait in the policy's own minutes, how many would have breached. `isCapped`: only the newest 20,000 were looked at.
 */
export type PolicyPreview = { leads: number; matched: number; answered: number; p50: number | null; p90: number | null; breached: number; isCapped: boolean }

/** Leads that came in live and are valid, by the conditions, hours and scores as they stand now: a lead's stage is that of its arrival. */
export const previewPolicy = query({
  name: 'sla.preview-policy',
  permission: 'settings:read',
  input: PreviewPolicy,
  async run({ tx, ctx, input }): Promise<PolicyPreview> {
    const since = new Date(ctx.now.getTime() - previewDays * 86_400_000)
    const rows = await tx.select({ lead: leads, kind: channels.kind, currency: leadStages.expectedCurrency, cell: sql<number | null>`${effectiveCell('lead_scores')}` }).from(leads)
      .innerJoin(leadStages, and(eq(leadStages.orgId, leads.orgId), eq(leadStages.leadId, leads.id)))
      .leftJoin(channels, and(eq(channels.orgId, leads.orgId), eq(channels.id, leads.channelId)))
      .leftJoin(leadScores, and(eq(leadScores.orgId, leads.orgId), eq(leadScores.leadId, leads.id)))
      .where(and(eq(leads.orgId, ctx.orgId), gte(leads.cameInAt, since), sql`${leads.cameInAt} <= ${ctx.now.toISOString()}::timestamptz`, eq(leads.isImported, false), eq(leads.verdict, 'valid'), isNull(leads.duplicateOf), visibleLeads(ctx)))
      .orderBy(desc(leads.cameInAt), desc(leads.id)).limit(MOST + 1)
    const looked = rows.slice(0, MOST)
    const conditions = Conditions.parse(input)
    const fitting = looked.filter(({ lead, kind, cell }) => policyFits(conditions, { ...lead, channelKind: kind as ChannelKind | null, stage: 'inquiry', cell, amount: null, currency: null }))
    const hours = await hoursFor(ctx, fitting.map(({ lead }) => lead.ownerId))
    const waits = fitting.map(({ lead }) => ({
      isAnswered: lead.firstResponseAt !== null, minutes: countedMinutes(lead.cameInAt, lead.firstResponseAt ?? ctx.now, input.counting, hours(input.calendar, lead.ownerId)),
    }))
    const answered = waits.filter(({ isAnswered }) => isAnswered).map(({ minutes }) => minutes)
    return {
      leads: looked.length, matched: fitting.length, answered: answered.length, p50: quantile(answered, 0.5), p90: quantile(answered, 0.9),
      breached: waits.filter(({ minutes }) => minutes > input.firstMinutes).length, isCapped: rows.length > MOST,
    }
  },
})
