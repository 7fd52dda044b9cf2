import { sql } from 'drizzle-orm'
import { toUuid, fromUuid, type Id } from '~/lib/ids'
import { DomainError, memberOf, query } from '../kernel'
import { Page } from './contract'
import type { Stage, Verdict } from './vocabulary'

/** What a partner may know of a lead: what they sent, and where it stands. No owner, no contact, no reason. */
export type Submission = { id: Id<'lead'>; company: string | null; person: string | null; stage: Stage; verdict: Verdict; cameInAt: Date; enteredAt: Date }
type Row = { id: string; company: string | null; person: string | null; stage: Stage; verdict: Verdict; came_in_at: string; entered_at: string }

/** Leads this member has submitted, newest first. */
export const listSubmissions = query({
  name: 'lead.list-submissions',
  permission: 'leads:submit',
  input: Page,
  async run({ tx, ctx, input }): Promise<Submission[]> {
    const member = memberOf(ctx.actor)
    if (member === null) throw new DomainError('not-allowed')
    const rows = await tx.execute<Row>(sql`
      select l.id, c.name as company, p.name as person, s.stage, l.verdict, l.came_in_at, s.entered_at
      from leads l join lead_stages s on s.org_id = l.org_id and s.lead_id = l.id
        left join companies c on c.org_id = l.org_id and c.id = l.company_id
        left join people p on p.org_id = l.org_id and p.id = l.person_id
      where l.submitted_by = ${toUuid(member)} order by l.came_in_at desc, l.id desc limit ${input.limit}`)
    return rows.map(({ id, came_in_at, entered_at, ...row }) => ({
      ...row, id: fromUuid('lead', id), cameInAt: new Date(came_in_at), enteredAt: new Date(entered_at),
    }))
  },
})
