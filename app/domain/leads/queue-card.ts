import { sql } from 'drizzle-orm'
import { zoneOfCountry } from '~/lib/country-zones'
import { toUuid, type Id } from '~/lib/ids'
import { normalizePhone } from '~/lib/phone'
import type { Tx } from '~db/client.server'
import { query } from '../kernel'
import { OneLead } from './contract'
import { leadDetail, type LeadDetail } from './lead-detail'
import { leadTimeline, type Timeline } from './lead-timeline'
import { timeZoneOf } from './list-leads'
import { nextSteps, type NextStep } from './next-steps'
import { queueWhy, type QueueWhy } from './queue-why'

/** `place`: the country and clock of the lead, where its number or company says so; `steps` are moments of that clock, else of ours. */
export type QueueCard = { detail: LeadDetail; timeline: Timeline; why: QueueWhy | null; place: { country: string; timeZone: string } | null; steps: NextStep[] }

/** All the queue shows of one lead, in one go: it is fetched ahead for the next two. Refuses: not-found. */
export const queueCard = query({
  name: 'lead.queue-card',
  permission: 'leads:read',
  input: OneLead,
  async run({ tx, ctx, input }): Promise<QueueCard> {
    const detail = await leadDetail(ctx, input)
    const place = await placeOf(tx, input.leadId)
    const steps = nextSteps(ctx.now, place?.timeZone ?? (await timeZoneOf(tx)))
    return { detail, timeline: await leadTimeline(ctx, { ...input, limit: 60 }), why: await queueWhy(ctx, input), place, steps }
  },
})

/** By the number that is called, else by the company's country. */
async function placeOf(tx: Tx, leadId: Id<'lead'>): Promise<QueueCard['place']> {
  const [row] = await tx.execute<{ phone: string | null; country: string | null }>(sql`
    select (select i.value from identities i where i.org_id = l.org_id and i.person_id = l.person_id and i.kind = 'phone' order by i.created_at limit 1) as phone,
      (select c.country from companies c where c.org_id = l.org_id and c.id = l.company_id) as country
    from leads l where l.id = ${toUuid(leadId)}::uuid`)
  const called = row?.phone?.startsWith('+') === true ? normalizePhone(row.phone, 'CN')?.country : undefined
  const country = called ?? (/^[A-Z]{2}$/.test(row?.country ?? '') ? row?.country : undefined)
  const timeZone = country === undefined || country === null ? null : zoneOfCountry(country)
  return timeZone === null || country === undefined || country === null ? null : { country, timeZone }
}
