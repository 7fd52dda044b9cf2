import { sql } from 'drizzle-orm'
import { advanceImport, mapImport, startImport, uploadImport } from '~/domain/capture'
import { importDetail, type ImportDetail } from '~/domain/capture'
import { toUuid, type Id } from '~/lib/ids'
import { asSuperuser } from '~tests/support/database'
import type { TestOrganisation } from '~tests/support/organisations'

export const bytesOf = (text: string) => new TextEncoder().encode(text)

/** Uploads a file and has it checked. */
export async function checkedFile(org: TestOrganisation, text: string | Uint8Array, mapping?: object, kind: 'leads' | 'outcomes' = 'leads'): Promise<Id<'imp'>> {
  const { importId } = await uploadImport(org.system, { kind, fileName: 'file.csv', content: typeof text === 'string' ? bytesOf(text) : Uint8Array.from(text) })
  await advanceImport(org.system, { importId })
  if (mapping === undefined) return importId
  await mapImport(org.system, { importId, mapping: mapping as never })
  await advanceImport(org.system, { importId })
  return importId
}

/** Uploads, checks, ticks everything and runs. */
export async function importedFile(org: TestOrganisation, text: string | Uint8Array, mapping?: object, kind: 'leads' | 'outcomes' = 'leads'): Promise<ImportDetail> {
  const importId = await checkedFile(org, text, mapping, kind)
  const { warnings } = await importDetail(org.system, { importId })
  await startImport(org.system, { importId, ticks: warnings })
  await advanceImport(org.system, { importId })
  return importDetail(org.system, { importId })
}

const ours = [
  'people', 'identities', 'employments', 'companies', 'company_phones', 'leads', 'lead_stages', 'lead_people', 'lead_changes', 'ownership_changes', 'lead_checklists', 'stage_moves', 'activities',
  'inquiries', 'inquiry_details', 'touches', 'revenue_lines', 'channels', 'campaigns', 'product_lines', 'sources',
] as const

/** Every row of an organisation, table by table, in the order of its key. */
export function everyRow(org: TestOrganisation): Promise<Record<string, unknown[]>> {
  return asSuperuser(async (tx) => {
    const all: Record<string, unknown[]> = {}
    for (const table of ours) {
      const rows = await tx.execute<{ row: unknown }>(sql`select to_jsonb(t) as row from ${sql.identifier(table)} t where org_id = ${toUuid(org.orgId)}::uuid order by to_jsonb(t)::text`)
      all[table] = rows.map(({ row }) => row)
    }
    return all
  })
}
