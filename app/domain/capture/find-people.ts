import { sql } from 'drizzle-orm'
import { fromUuid, toUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import type { Context } from '../kernel'
import { digestOf, spelled, type Name } from './touch-names'

/** A person as a touch hangs on them: with their open lead and the company they are with. */
export type Standing = { leadId: Id<'lead'> | null; companyId: Id<'co'> | null }

/** Whom names belong to, by their spelling. Names nobody has are absent. */
export async function findPeople({ tx, orgId }: Context & { tx: Tx }, names: readonly Name[]): Promise<Map<string, Id<'per'>>> {
  if (names.length === 0) return new Map()
  const asked = names.map((name) => ({ spelled: spelled(name), kind: name.kind, value: name.kind === 'inquiry' ? name.value.slice(name.value.indexOf(' ') + 1) : name.value, source: name.kind === 'inquiry' ? toUuid(name.value.split(' ')[0] ?? '') : null, digest: name.kind === 'visitor' ? digestOf(orgId, name) : null }))
  const org = toUuid(orgId)
  const rows = await tx.execute<{ spelled: string; person_id: string }>(sql`
    with asked as (select * from json_to_recordset(${JSON.stringify(asked)}::json) as r(spelled text, kind text, value text, source uuid, digest text))
    select a.spelled, i.person_id from asked a join identities i on i.org_id = ${org} and i.kind = a.kind and i.value = a.value where a.source is null and a.digest is null
    union all
    select a.spelled, q.person_id from asked a join inquiries q on q.org_id = ${org} and q.source_id = a.source and q.external_id = a.value where q.person_id is not null
    union all
    select a.spelled, v.person_id from asked a join visitors v on v.org_id = ${org} and v.name = a.digest`)
  return new Map(rows.map((row) => [row.spelled, fromUuid('per', row.person_id)]))
}

/** The newest open lead of each person, and where they were last known to work. */
export async function standingOf({ tx, orgId }: Context & { tx: Tx }, people: readonly Id<'per'>[]): Promise<Map<Id<'per'>, Standing>> {
  if (people.length === 0) return new Map()
  const org = toUuid(orgId)
  const rows = await tx.execute<{ person_id: string; lead_id: string | null; company_id: string | null }>(sql`
    select p.id as person_id, l.id as lead_id, coalesce(l.company_id, e.company_id) as company_id
    from json_array_elements_text(${JSON.stringify(people.map(toUuid))}::json) asked(id) join people p on p.org_id = ${org} and p.id = asked.id::uuid
    left join lateral (
      select l.id, l.company_id from lead_people lp join leads l on l.org_id = lp.org_id and l.id = lp.lead_id
      where lp.org_id = ${org} and lp.person_id in (p.id, p.canonical_id) and l.is_open order by l.came_in_at desc, l.id desc limit 1) l on true
    left join lateral (
      select e.company_id from employments e where e.org_id = ${org} and e.person_id = p.id order by e.since desc, e.company_id limit 1) e on true`)
  return new Map(rows.map((row) => [fromUuid('per', row.person_id), {
    leadId: row.lead_id === null ? null : fromUuid('lead', row.lead_id), companyId: row.company_id === null ? null : fromUuid('co', row.company_id),
  }]))
}
