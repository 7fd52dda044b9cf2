import { sql } from 'drizzle-orm'
import type { Tx } from '~db/client.server'
import type { Context } from '../kernel'
import { visibleLeads } from '../leads'
import type { Stage } from '../leads/vocabulary'

/** A lead as far as a hit shows it; ids are UUIDs, `rootId` of whoever stands for a merged record. */
export type FoundLead = {
  id: string; ownerId: string | null; ownerName: string | null; cameInAt: Date; stage: Stage; isOpen: boolean; verdict: string
  company: { id: string; rootId: string; name: string; domain: string | null; city: string | null } | null
  people: { id: string; rootId: string; name: string; title: string | null }[]
}
/** A person or company that hangs on no lead. */
export type FoundRecord = { id: string; rootId: string; name: string; createdAt: Date }

type Row = {
  id: string; owner_id: string | null; owner_name: string | null; came_in_at: Date | string; stage: Stage; is_open: boolean; verdict: string
  company: FoundLead['company']; people: FoundLead['people'] | null
}

/** Leads by their ids with the people and the company on them; those the actor does not see, and duplicates, are left out. */
export async function foundLeads(tx: Tx, ctx: Context, ids: readonly string[]): Promise<FoundLead[]> {
  if (ids.length === 0) return []
  const rows = await tx.execute<Row>(sql`
    select l.id, l.owner_id, o.name as owner_name, l.came_in_at, s.stage, l.is_open, l.verdict,
      case when lc.id is not null then json_build_object('id', lc.id, 'rootId', coalesce(c.id, lc.id), 'name', coalesce(c.name, lc.name), 'domain', coalesce(c.domain, lc.domain), 'city', coalesce(c.city, lc.city)) end as company,
      (select json_agg(json_build_object('id', p.id, 'rootId', coalesce(r.id, p.id), 'name', coalesce(r.name, p.name), 'title', coalesce(r.title, p.title)) order by p.id = l.person_id desc, lp.added_at)
        from lead_people lp join people p on p.org_id = lp.org_id and p.id = lp.person_id
        left join people r on r.org_id = p.org_id and r.id = p.canonical_id
        where lp.org_id = l.org_id and lp.lead_id = l.id) as people
    from leads l join lead_stages s on s.org_id = l.org_id and s.lead_id = l.id
    left join members o on o.org_id = l.org_id and o.id = l.owner_id
    left join companies lc on lc.org_id = l.org_id and lc.id = l.company_id
    left join companies c on c.org_id = l.org_id and c.id = lc.canonical_id
    where l.id = any (${uuids(ids)}::uuid[]) and l.duplicate_of is null and ${visibleLeads(ctx, 'l')}`)
  return rows.map((row) => ({
    id: row.id, ownerId: row.owner_id, ownerName: row.owner_name, cameInAt: new Date(row.came_in_at), stage: row.stage, isOpen: row.is_open, verdict: row.verdict,
    company: row.company, people: row.people ?? [],
  }))
}

/** The leads that stand for these: of a duplicate the one it was merged into. */
export async function standingLeads(tx: Tx, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const rows = await tx.execute<{ id: string }>(sql`select distinct coalesce(l.duplicate_of, l.id) as id from leads l where l.id = any (${uuids(ids)}::uuid[])`)
  return rows.map(({ id }) => id)
}

/** People or companies by their ids, each with the one that stands for it. For those only who see everybody. */
export async function foundRecords(tx: Tx, kind: 'people' | 'companies', ids: readonly string[]): Promise<FoundRecord[]> {
  if (ids.length === 0) return []
  const table = kind === 'people' ? sql`people` : sql`companies`
  const rows = await tx.execute<{ id: string; root_id: string; name: string; created_at: Date | string }>(sql`
    select t.id, coalesce(r.id, t.id) as root_id, coalesce(r.name, t.name) as name, t.created_at from ${table} t
    left join ${table} r on r.org_id = t.org_id and r.id = t.canonical_id where t.id = any (${uuids(ids)}::uuid[]) and coalesce(r.name, t.name) <> ''`)
  return rows.map((row) => ({ id: row.id, rootId: row.root_id, name: row.name, createdAt: new Date(row.created_at) }))
}

export const uuids = (ids: readonly string[]): string => `{${ids.join(',')}}`
