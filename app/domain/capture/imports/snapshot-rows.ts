import { sql } from 'drizzle-orm'
import { toUuid } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import type { Context } from '../../kernel'
import { plainArray } from './array-literal'

export type TouchedIds = Record<'people' | 'companies' | 'leads' | 'inquiries', ReadonlySet<string>>
type Row = Record<string, unknown>
type Snapshot = Map<string, Map<string, Row>>
/** What a chunk did to records that were there: rows before and after, and rows that hang on them now. By table. */
export type Changes = { changed: Record<string, { before: Row; after: Row }[]>; added: Record<string, Row[]> }

const keysOf: Readonly<Record<string, readonly string[]>> = {
  people: ['id'], identities: ['kind', 'value'], employments: ['person_id', 'company_id'], companies: ['id'], company_phones: ['company_id', 'value'], leads: ['id'],
  lead_stages: ['lead_id'], lead_people: ['lead_id', 'person_id'], stage_moves: ['id'], revenue_lines: ['id'], lead_changes: ['id'], ownership_changes: ['lead_id', 'id'], inquiries: ['id'], inquiry_details: ['inquiry_id'],
}

/** These records and all that hangs on them, as they are. An undoing restores exactly what a second look finds different. */
export async function snapshotRows(tx: Tx, ctx: Context, touched: TouchedIds): Promise<Snapshot> {
  const org = sql`${toUuid(ctx.orgId)}::uuid`
  const ids = (name: keyof TouchedIds) => sql`${plainArray([...touched[name]])}::uuid[]`
  const rows = await tx.execute<{ t: string; row: Row }>(sql`
    select 'people' as t, to_jsonb(r) as row from people r where org_id = ${org} and id = any (${ids('people')})
    union all select 'identities', to_jsonb(r) from identities r where org_id = ${org} and person_id = any (${ids('people')})
    union all select 'employments', to_jsonb(r) from employments r where org_id = ${org} and person_id = any (${ids('people')})
    union all select 'companies', to_jsonb(r) from companies r where org_id = ${org} and id = any (${ids('companies')})
    union all select 'company_phones', to_jsonb(r) from company_phones r where org_id = ${org} and company_id = any (${ids('companies')})
    union all select 'leads', to_jsonb(r) from leads r where org_id = ${org} and id = any (${ids('leads')})
    union all select 'lead_stages', to_jsonb(r) from lead_stages r where org_id = ${org} and lead_id = any (${ids('leads')})
    union all select 'lead_people', to_jsonb(r) from lead_people r where org_id = ${org} and lead_id = any (${ids('leads')})
    union all select 'stage_moves', to_jsonb(r) from stage_moves r where org_id = ${org} and lead_id = any (${ids('leads')})
    union all select 'revenue_lines', to_jsonb(r) from revenue_lines r where org_id = ${org} and lead_id = any (${ids('leads')})
    union all select 'lead_changes', to_jsonb(r) from lead_changes r where org_id = ${org} and lead_id = any (${ids('leads')})
    union all select 'ownership_changes', to_jsonb(r) from ownership_changes r where org_id = ${org} and lead_id = any (${ids('leads')})
    union all select 'inquiries', to_jsonb(r) from inquiries r where org_id = ${org} and id = any (${ids('inquiries')})
    union all select 'inquiry_details', to_jsonb(r) from inquiry_details r where org_id = ${org} and inquiry_id = any (${ids('inquiries')})`)
  const found: Snapshot = new Map()
  for (const { t, row } of rows) {
    const table = found.get(t) ?? new Map<string, Row>()
    table.set((keysOf[t] ?? []).map((key) => String(row[key])).join(' '), row)
    found.set(t, table)
  }
  return found
}

export const isTouched = (touched: TouchedIds): boolean => Object.values(touched).some((ids) => ids.size > 0)

/** What is different between two looks. */
export function changesBetween(before: Snapshot, after: Snapshot): Changes {
  const changes: Changes = { changed: {}, added: {} }
  for (const [table, rows] of after) {
    for (const [key, row] of rows) {
      const old = before.get(table)?.get(key)
      if (old === undefined) (changes.added[table] ??= []).push(Object.fromEntries(['org_id', ...(keysOf[table] ?? [])].map((name) => [name, row[name]])))
      else if (JSON.stringify(old) !== JSON.stringify(row)) (changes.changed[table] ??= []).push({ before: old, after: row })
    }
  }
  return changes
}
