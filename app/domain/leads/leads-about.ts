import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { toUuid } from '~/lib/ids'
import { query } from '../kernel'
import { idOf } from '../kernel/contract'
import { openCompany, openPerson } from '../people'
import { leadRows, type LeadListRow } from './lead-rows'
import { visibleLeads } from './visible-leads'

const atMost = 100

/** Leads of a company, or those a person hangs on, newest first, at most 100, those of merged ones with them; duplicates are told by the lead that stands. Refuses `not-found`. */
export const leadsAbout = query({
  name: 'lead.about',
  permission: 'leads:read',
  input: z.object({ of: z.union([idOf('per'), idOf('co')]) }),
  async run({ tx, ctx, input: { of } }): Promise<LeadListRow[]> {
    const { memberIds } = of.startsWith('per_') ? await openPerson(tx, ctx, of as never) : await openCompany(tx, ctx, of as never)
    const ids = sql`any (${`{${memberIds.map((id) => toUuid(id)).join(',')}}`}::uuid[])`
    const own = of.startsWith('per_') ? sql`select x.lead_id from lead_people x where x.person_id = ${ids}` : sql`select x.id from leads x where x.company_id = ${ids}`
    const told = sql`l.id = any (array(select coalesce(d.duplicate_of, d.id) from leads d where d.id = any (array(${own}))))`
    return leadRows(tx, sql`${told} and ${visibleLeads(ctx, 'l')}`, sql`l.came_in_at desc, l.id desc`, atMost)
  },
})
