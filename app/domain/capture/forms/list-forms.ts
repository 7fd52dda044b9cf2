import { sql } from 'drizzle-orm'
import { fromUuid, toUuid, type Id } from '~/lib/ids'
import type { Locale } from '~/lib/locales'
import { query } from '../../kernel'
import { nothing } from '../../kernel/contract'
import type { FormStatus } from '../vocabulary'

const MONTH_MS = 30 * 86_400_000

/** A form at a glance; `month` counts the submissions of the last 30 days, `waiting` those in quarantine. */
export type FormGlance = {
  id: Id<'frm'>; name: string; status: FormStatus; isChanged: boolean; locales: Locale[]; channel: string | null; month: number; waiting: number; lastAt: Date | null
}
type Row = {
  id: string; name: string; status: FormStatus; is_changed: boolean; locales: Locale[] | null; channel: string | null; month: number; waiting: number; last_at: string | null
}

/** Every form, those in use first. Reads `form_submissions_state`: the last 30 days of each form. */
export const listForms = query({
  name: 'form.list',
  permission: 'sources:read',
  input: nothing,
  async run({ tx, ctx }): Promise<FormGlance[]> {
    const since = new Date(ctx.now.getTime() - MONTH_MS).toISOString()
    const rows = await tx.execute<Row>(sql`
      select f.id, s.name, f.status, f.is_changed, f.draft -> 'locales' as locales, c.name as channel, n.month, n.waiting, n.last_at
      from forms f
      join sources s on s.org_id = f.org_id and s.id = f.source_id
      left join channels c on c.org_id = s.org_id and c.id = s.channel_id
      left join lateral (
        select count(*) filter (where b.at >= ${since}::timestamptz)::int as month, count(*) filter (where b.state = 'quarantined')::int as waiting, max(b.at) as last_at
        from form_submissions b where b.org_id = f.org_id and b.form_id = f.id) n on true
      where f.org_id = ${toUuid(ctx.orgId)} order by f.status = 'archived', s.name, f.id`)
    return rows.map((row) => ({
      id: fromUuid('frm', row.id), name: row.name, status: row.status, isChanged: row.is_changed, locales: row.locales ?? [], channel: row.channel,
      month: row.month, waiting: row.waiting, lastAt: row.last_at === null ? null : new Date(row.last_at),
    }))
  },
})
