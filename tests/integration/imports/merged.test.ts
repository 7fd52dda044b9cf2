import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { advanceImport, createLead, importDetail, undoImport } from '~/domain/capture'
import { mergeCompanies, mergePeople } from '~/domain/merging'
import { fromUuid, toUuid, type Id } from '~/lib/ids'
import { inTransaction } from '~/domain/kernel'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation, type TestOrganisation } from '~tests/support/organisations'
import { checkedFile, everyRow, importedFile } from './a-file'

type Row = Record<string, string | null>
const rows = async (org: TestOrganisation, table: string) => (await everyRow(org))[table] as Row[]
const HEAD = 'id,created,name,email,mobile,company,website,title,city\n'
const named = (all: readonly Row[], name: string) => all.find((row) => row['name'] === name)?.['id'] ?? ''

describe('rows about those who were merged', () => {
  it('a row that names the merged company joins the one open lead, on a lead of its own closed under it', async () => {
    const org = await anOrganisation()
    await importedFile(org, `${HEAD}1,2024-01-02,王伟,wei@one.cn,,One,one.cn,,\n2,2024-01-03,李芳,fang@two.cn,,Two,two.cn,,\n`)
    const companies = await rows(org, 'companies')
    await mergeCompanies(org.system, { keptId: fromUuid('co', named(companies, 'One')) as Id<'co'>, goneId: fromUuid('co', named(companies, 'Two')) as Id<'co'> })
    const before = await rows(org, 'leads')
    const open = before.filter((lead) => lead['duplicate_of'] === null)
    expect(open).toHaveLength(1)
    const done = await importedFile(org, `${HEAD}3,2024-01-04,赵敏,min@two.cn,,Two,two.cn,,\n`)
    const after = await rows(org, 'leads')
    // Two's own lead was closed under One's when they were merged: the inquiry is written there, and nothing is opened.
    expect(after).toHaveLength(2)
    const [inquiry] = (await rows(org, 'inquiries')).filter(({ external_id: external }) => external === '3')
    const own = after.find(({ duplicate_of: under }) => under !== null)
    expect([inquiry?.['lead_id'], inquiry?.['company_id'], own?.['duplicate_of']]).toEqual([own?.['id'], named(companies, 'Two'), open[0]?.['id']])
    expect(done.counts).toMatchObject({ created: 1 })
  })

  it('what a row fills of a merged person stands on the one that is shown; the address stays with whom it named', async () => {
    const org = await anOrganisation()
    await importedFile(org, `${HEAD}1,2024-01-02,王伟,11111@qq.com,,,,,\n2,2024-01-03,王小伟,22222@qq.com,,,,,\n`)
    const people = await rows(org, 'people')
    const [kept, gone] = [named(people, '王伟'), named(people, '王小伟')]
    await mergePeople(org.system, { keptId: fromUuid('per', kept) as Id<'per'>, goneId: fromUuid('per', gone) as Id<'per'> })
    await importedFile(org, `${HEAD}3,2024-01-04,王小伟,22222@qq.com,13812345678,,,,深圳\n`)
    const now = await rows(org, 'people')
    expect(now).toHaveLength(2)
    expect(now.find(({ id }) => id === kept)).toMatchObject({ name: '王伟', city: '深圳' })
    expect((await rows(org, 'identities')).find(({ kind }) => kind === 'phone')?.['person_id']).toBe(gone)
    expect((await rows(org, 'leads')).filter((lead) => lead['duplicate_of'] === null)).toHaveLength(1)
  })

  it('a number of somebody of another name joins nobody: it is kept as an answer and said', async () => {
    const org = await anOrganisation()
    await importedFile(org, `${HEAD}1,2024-01-02,王伟,,13812345678,,,,\n`)
    const importId = await checkedFile(org, `${HEAD}2,2024-03-02,李芳,,13812345678,,,,\n`)
    expect((await importDetail(org.system, { importId })).plan?.tally).toEqual({ 'phone-doubted': 1 })
    await importedFile(org, `${HEAD}2,2024-03-02,李芳,,13812345678,,,,\n`)
    expect(await rows(org, 'people')).toHaveLength(2)
    expect(await rows(org, 'identities')).toHaveLength(1)
    expect((await rows(org, 'inquiry_details')).flatMap((row) => row['answers'])).toMatchObject([{ question: 'phone' }])
  })
})

describe('what an undoing may delete', () => {
  it('a forged chunk takes nothing that an import did not make at its moment', async () => {
    const org = await anOrganisation()
    const made = await createLead(org.system, { name: '王伟', phone: '13812345678' } as never)
    const { id: importId } = await importedFile(org, `${HEAD}1,2024-01-02,李芳,,13912345678,,,,\n`)
    const leadId = (made as { leadId: Id<'lead'> }).leadId
    const before = await rows(org, 'leads')
    await asSuperuser((tx) => tx.execute(sql`
      insert into import_chunks select org_id, import_id, 1000, 1, array[${toUuid(leadId)}::uuid], array(select id from inquiries q where q.org_id = c.org_id), array(select id from people p where p.org_id = c.org_id),
        companies, '{}', jsonb_build_object('audit_entries', (select jsonb_agg(jsonb_build_object('org_id', a.org_id, 'id', a.id)) from audit_entries a where a.org_id = c.org_id),
          'stage_moves', (select jsonb_agg(jsonb_build_object('org_id', m.org_id, 'id', m.id)) from stage_moves m where m.org_id = c.org_id and m.lead_id = ${toUuid(leadId)}::uuid)), '{}', null, at
      from import_chunks c where import_id = ${toUuid(importId)}::uuid`))
    const entries = () => asSuperuser((tx) => tx.execute<{ n: number }>(sql`select count(*)::int as n from audit_entries where org_id = ${toUuid(org.orgId)}::uuid`))
    const [audited] = await entries()
    await undoImport(org.system, { importId })
    await advanceImport(org.system, { importId })
    const after = await everyRow(org)
    expect((after['leads'] as Row[]).map(({ id }) => id)).toEqual([toUuid(leadId)])
    expect([before.length, after['stage_moves']?.length, after['inquiries']?.length]).toEqual([2, 1, 1])
    expect((await entries())[0]?.n ?? 0).toBeGreaterThan(audited?.n ?? 0)
  })

  it('is refused by the database where the import is not being taken back, and a chunk cannot be rewritten', async () => {
    const org = await anOrganisation()
    const { id: importId } = await importedFile(org, `${HEAD}1,2024-01-02,李芳,,13912345678,,,,\n`)
    const ask = (text: ReturnType<typeof sql>) => inTransaction(org.system, 'read write', (tx) => tx.execute(text))
    await expect(ask(sql`select clew_ops.take_back_import(${toUuid(importId)}::uuid, 0, '{}')`)).rejects.toThrow()
    const [granted] = await asSuperuser((tx) => tx.execute<{ rewrites: boolean; notes: boolean }>(sql`
      select has_column_privilege('clew_worker', 'import_chunks', 'leads', 'update') as rewrites, has_column_privilege('clew_worker', 'import_chunks', 'undone_at', 'update') as notes`))
    expect(granted).toEqual({ rewrites: false, notes: true })
  })
})
