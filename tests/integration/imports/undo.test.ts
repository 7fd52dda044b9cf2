import { describe, expect, it } from 'vitest'
import { advanceImport, importDetail, importFile, importResult, pauseImport, startImport, undoImport } from '~/domain/capture'
import { endUndo } from '~/domain/capture/imports/undo-import'
import { addNote } from '~/domain/leads'
import { anOrganisation, type TestOrganisation } from '~tests/support/organisations'
import { standingCases } from '~tests/support/standing-cases'
import { bytesOf, checkedFile, everyRow, importedFile } from './a-file'

const BEFORE = 'Record ID,Create Date,Channel,First Name,Last Name,Email,Mobile Phone,Company Name,City,Job Title\n1,2024-01-02,百度,伟,王,wei@hengtai.cn,13812345678,恒泰科技有限公司,,\n2,2024-01-03,抖音,芳,李,,13900001111,,上海,\n'
// Row 1 again with more; a colleague of row 1; a new company and channel; an outcome for row 2.
const FILE = `Record ID,Create Date,Channel,Campaign,First Name,Last Name,Email,Mobile Phone,Company Name,City,Job Title,Won date,Amount
1,2024-01-02,百度,,伟,王,wei@hengtai.cn,13812345678,恒泰科技有限公司,北京,CTO,,
11,2024-02-02,百度,春季,敏,赵,min@hengtai.cn,13712345678,恒泰科技有限公司,,,,
12,2024-02-03,展会,,静,陈,jing@nova-works.cn,13612345678,Nova Works Ltd,深圳,采购,,
2,2024-01-03,抖音,,芳,李,fang@li.cn,13900001111,,上海,,2024-03-01,8000
`
const ran = async (org: TestOrganisation) => ({ importId: (await importedFile(org, FILE)).id })
const running = async (org: TestOrganisation) => {
  const importId = await checkedFile(org, BEFORE)
  return startImport(org.system, { importId })
}

standingCases(undoImport, { input: ran })
standingCases(endUndo, { input: ran })
standingCases(pauseImport, { input: running })

async function undone(org: TestOrganisation, importId: Awaited<ReturnType<typeof ran>>['importId']) {
  await undoImport(org.system, { importId })
  await advanceImport(org.system, { importId })
  return importDetail(org.system, { importId })
}

describe('taking an import back', () => {
  it('leaves every row of every table as it was: what was made is gone, what was changed is restored', async () => {
    const org = await anOrganisation()
    await importFile(org.system, { kind: 'leads', open: () => bytesOf(BEFORE) })
    const before = await everyRow(org)
    const done = await importedFile(org, FILE)
    expect(done.counts).toEqual({ rows: 4, created: 2, updated: 2, unchanged: 0, skipped: 0, failed: 0 })
    const between = await everyRow(org)
    // Two leads were there. Row 11 joins the lead of 恒泰, row 12 opens one; the win of row 2 is a move and a revenue line.
    expect(Object.fromEntries(Object.entries(between).map(([table, rows]) => [table, rows.length - (before[table]?.length ?? 0)]))).toMatchObject({
      people: 2, companies: 1, leads: 1, inquiries: 2, touches: 2, identities: 5, channels: 1, campaigns: 1, revenue_lines: 1, lead_people: 2, stage_moves: 2,
    })
    const detail = await undone(org, done.id)
    expect(detail).toMatchObject({ state: 'undone', kept: { leads: [], people: [], companies: [] } })
    expect(await everyRow(org)).toEqual(before)
    expect(await undoImport(org.system, { importId: done.id })).toEqual({ importId: done.id })
  })

  it('keeps and lists a lead somebody worked on since, with its person and company', async () => {
    const org = await anOrganisation()
    const { id: importId } = await importedFile(org, BEFORE)
    const leads = (await everyRow(org))['leads'] as { id: string; company_id: string | null }[]
    const withCompany = leads.find(({ company_id: company }) => company !== null)
    const { fromUuid } = await import('~/lib/ids')
    const leadId = fromUuid('lead', withCompany?.id ?? '')
    await addNote(await org.as('admin'), { leadId, note: '请下周再联系' })
    const detail = await undone(org, importId)
    expect(detail.kept?.leads).toEqual([leadId])
    const after = await everyRow(org)
    expect([after['leads']?.length, after['people']?.length, after['companies']?.length, after['inquiries']?.length]).toEqual([1, 1, 1, 1])
  })

  it('takes back outcomes of leads that were there, to the last field', async () => {
    const org = await anOrganisation()
    await importFile(org.system, { kind: 'leads', open: () => bytesOf(BEFORE) })
    const before = await everyRow(org)
    const { id } = await importedFile(org, 'ref_id,won_date,amount\n1,2024-02-01,5000\n', undefined, 'outcomes')
    expect((await everyRow(org))['revenue_lines']).toHaveLength(1)
    await undone(org, id)
    expect(await everyRow(org)).toEqual(before)
  })

  it('is refused after seven days, and before anything ran', async () => {
    const org = await anOrganisation()
    const { id: importId } = await importedFile(org, BEFORE)
    const later = { ...org.system, now: new Date(org.system.now.getTime() + 8 * 86_400_000) }
    await expect(undoImport(later, { importId })).rejects.toMatchObject({ code: 'conflict' })
    await expect(undoImport(org.system, { importId: await checkedFile(org, BEFORE) })).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('an import that stops half-way', () => {
  const many = `id,created,name,mobile\n${Array.from({ length: 2300 }, (_, i) => `r${i},2024-01-01,王${i},138${String(i).padStart(8, '0')}\n`).join('')}`

  it('goes on where it was, and each row goes in once', async () => {
    const org = await anOrganisation()
    const importId = await checkedFile(org, many)
    await startImport(org.system, { importId })
    const dying = { kind: 'leads' as const, open: () => bytesOf(many), onProgress: () => { throw new Error('killed') } }
    for (const done of [0, 1000]) {
      await expect(importFile(org.system, { ...dying, run: { importId, done, counts: { rows: done, created: done, updated: 0, unchanged: 0, skipped: 0, failed: 0 }, keepsResult: true } })).rejects.toThrow('killed')
    }
    // One that believes to be elsewhere writes nothing.
    const lost = await importFile(org.system, { kind: 'leads', open: () => bytesOf(many), run: { importId, done: 0, counts: { rows: 0, created: 0, updated: 0, unchanged: 0, skipped: 0, failed: 0 }, keepsResult: true } })
    expect(lost.isComplete).toBe(false)
    await advanceImport(org.system, { importId })
    const detail = await importDetail(org.system, { importId })
    expect(detail).toMatchObject({ state: 'done', doneRows: 2300, counts: { rows: 2300, created: 2300, failed: 0 } })
    const lines = new TextDecoder().decode((await importResult(org.system, { importId })).content).trim().split('\r\n')
    expect(lines).toHaveLength(2301)
    expect(new Set(lines.slice(1).map((line) => line.split(',')[0])).size).toBe(2300)
    expect((await everyRow(org))['inquiries']).toHaveLength(2300)
  })

  it('pauses after the rows it is at, and goes on when told', async () => {
    const org = await anOrganisation()
    const { importId } = await running(org)
    await pauseImport(org.system, { importId })
    await advanceImport(org.system, { importId })
    expect(await importDetail(org.system, { importId })).toMatchObject({ state: 'paused', doneRows: 0 })
    await startImport(org.system, { importId })
    await advanceImport(org.system, { importId })
    expect(await importDetail(org.system, { importId })).toMatchObject({ state: 'done', counts: { created: 2 } })
    await expect(pauseImport(org.system, { importId })).rejects.toMatchObject({ code: 'conflict' })
  })
})
