import iconv from 'iconv-lite'
import { eq, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { advanceImport, importDetail, importFile, importResult, listImports, mapImport, startImport, uploadImport } from '~/domain/capture'
import { settleImport } from '~/domain/capture/imports/advance-import'
import { beginImport, endImport, importFromFile } from '~/domain/capture/imports/import-from-file'
import { importOutcomes, moveStage } from '~/domain/leads'
import { toUuid, type Id } from '~/lib/ids'
import { auditEntries, channels, importFiles, inquiries, leads, leadStages, outbox, people, revenueLines, stageMoves } from '~db/schema'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation, type TestOrganisation } from '~tests/support/organisations'
import { standingCases } from '~tests/support/standing-cases'

const LEADS = 'ref_id,first_contact_date,origin\na1,2024-05-01,social\na2,2024-05-02,unknown\na3,2024-05-03,\n'
const WON = 'ref_id,seller_id,won_date\na1,s1,2024-05-04 10:00:00\na2,s2,2024-05-01 09:00:00\n'
const bytes = (text: string) => new TextEncoder().encode(text)
const file = (kind: 'leads' | 'outcomes', text: string | Uint8Array, more: object = {}) => ({ kind, open: () => (typeof text === 'string' ? bytes(text) : text), ...more })
const upload = (kind: 'leads' | 'outcomes' = 'leads', text = LEADS) => ({ kind, fileName: 'history.csv', content: bytes(text) })
const uploaded = async (owner: TestOrganisation) => ({ importId: (await uploadImport(owner.system, upload())).importId })
const checked = async (owner: TestOrganisation) => {
  const one = await uploaded(owner)
  await advanceImport(owner.system, one)
  return one
}

standingCases(uploadImport, { input: () => upload(), foreign: 'names nothing' })
standingCases(startImport, { input: checked })
standingCases(mapImport, { input: async (owner) => ({ ...(await checked(owner)), mapping: { columns: { ref_id: 'external_id' } } }) })
standingCases(beginImport, { input: () => ({ kind: 'leads', fileName: 'a.csv', sha256: 'a'.repeat(64) }), foreign: 'names nothing' })
standingCases(endImport, { input: uploaded })
standingCases(settleImport, { input: async (owner) => ({ ...(await uploaded(owner)), outcome: {} }) })
standingCases(importDetail, { input: uploaded })
standingCases(importResult, { input: checked })
standingCases(listImports, { input: async (owner) => { await uploaded(owner); return undefined }, foreign: (rows) => { expect(rows).toEqual([]) } })
standingCases(importOutcomes, {
  input: async (owner) => { await importFile(owner.system, file('leads', LEADS)); return { rows: [{ rowIndex: 0, externalId: 'a1', wonAt: new Date('2024-05-04'), ...nothing }] } },
  foreign: (results) => { expect(results).toMatchObject([{ result: 'failed', reason: 'lead-unknown' }]) },
})
const nothing = { qualifiedAt: null, gradedAt: null, grade: null, lostAt: null, lostReason: null, amount: null, currency: null }

const counts = ({ counts: n }: { counts: object }) => n
const rowsOf = (org: TestOrganisation) => asSuperuser((tx) => tx.select({ externalId: inquiries.externalId, channel: channels.name, cameInAt: leads.cameInAt, leadId: leads.id, stage: leadStages.stage, wonAt: leadStages.wonAt, isImported: leads.isImported })
  .from(inquiries).innerJoin(leads, eq(leads.id, inquiries.leadId)).innerJoin(leadStages, eq(leadStages.leadId, leads.id)).leftJoin(channels, eq(channels.id, leads.channelId))
  .where(eq(inquiries.orgId, org.orgId)).orderBy(inquiries.externalId))

describe('importing leads', () => {
  it('proposes a mapping, keeps days of the organisation and empty apart from unknown, and makes no event', async () => {
    const org = await anOrganisation()
    const report = await importFile(org.system, file('leads', LEADS))
    expect(report.plan.file).toEqual({ columns: { ref_id: 'external_id', first_contact_date: 'created_at', origin: 'channel' }, key: 'ref_id' })
    expect(counts(report)).toEqual({ rows: 3, created: 3, updated: 0, unchanged: 0, skipped: 0, failed: 0 })
    expect(await rowsOf(org)).toMatchObject([
      { externalId: 'a1', channel: 'social', cameInAt: new Date('2024-04-30T16:00:00Z'), isImported: true },
      { externalId: 'a2', channel: 'unknown' }, { externalId: 'a3', channel: null },
    ])
    expect(await asSuperuser((tx) => tx.select().from(outbox).where(eq(outbox.orgId, org.orgId)))).toEqual([])
    expect((await asSuperuser((tx) => tx.select().from(auditEntries).where(eq(auditEntries.orgId, org.orgId)))).length).toBeGreaterThanOrEqual(1)
  })

  it('the same file again changes nothing; leads without contact details are never merged', async () => {
    const org = await anOrganisation()
    await importFile(org.system, file('leads', LEADS))
    expect(counts(await importFile(org.system, file('leads', LEADS)))).toMatchObject({ created: 0, unchanged: 3 })
    expect(new Set((await rowsOf(org)).map(({ leadId }) => leadId)).size).toBe(3)
  })

  it('refuses bad rows with a reason each, and good rows go in', async () => {
    const org = await anOrganisation()
    const lines: string[] = []
    const text = 'ref_id,first_contact_date,origin,shoe\nb1,2024-05-01,social,4\nb2,2024-13-01,social,4\nb1,2024-05-02,email,4\nb4,,email,4\nb5,2024-05-02,email,4,extra\nb6,2024-05-02,"a, b",4\n'
    const report = await importFile(org.system, file('leads', text, { onResult: (line: string) => lines.push(line) }))
    expect(counts(report)).toEqual({ rows: 6, created: 2, updated: 0, unchanged: 0, skipped: 0, failed: 4 })
    expect(report.plan.mapping.unused).toEqual(['shoe'])
    expect(report.tally).toEqual({ 'date-unreadable': 1, 'key-twice': 1, 'date-missing': 1, 'too-many-cells': 1 })
    expect(lines.join('').split('\r\n')[2]).toContain('3,"failed","date-unreadable","first_contact_date “2024-13-01”: is not a date"')
    expect((await rowsOf(org)).map(({ externalId }) => externalId)).toEqual(['b1', 'b6'])
  })

  it('a dry run counts and leaves nothing', async () => {
    const org = await anOrganisation()
    expect(counts(await importFile(org.system, file('leads', LEADS, { dryRun: true })))).toMatchObject({ rows: 3, created: 3 })
    expect(await rowsOf(org)).toEqual([])
  })

  it('reads GB18030 with Chinese headers, finds owners, joins one person’s two rows, and takes outcomes along', async () => {
    const org = await anOrganisation()
    await org.as('rep', { name: '李雷' })
    const text = '线索编号,创建时间,姓名,手机号,渠道,负责人,成交时间,成交金额\n1,2024-05-01,陈雨婷,13812345678,百度,李雷,2024-05-03,"1,200"\n2,2024-05-02,王明,13912345678,抖音,韩梅梅,,\n'
    const report = await importFile(org.system, file('leads', iconv.encode(text, 'gb18030')))
    expect(counts(report)).toMatchObject({ created: 2, failed: 0 })
    expect(report.tally).toEqual({ 'owner-unknown': 1 })
    const [first] = await rowsOf(org)
    expect(first).toMatchObject({ channel: '百度', stage: 'won', wonAt: new Date('2024-05-02T16:00:00Z') })
    expect(await asSuperuser((tx) => tx.select({ name: people.name }).from(people).where(eq(people.orgId, org.orgId)).orderBy(people.name))).toHaveLength(2)
    expect(await asSuperuser((tx) => tx.select({ amount: revenueLines.amount, currency: revenueLines.currency }).from(revenueLines).where(eq(revenueLines.orgId, org.orgId)))).toEqual([{ amount: 120000n, currency: 'CNY' }])
  })

  it('refuses a mapping that does not fit, and files that cannot be read, before anything is written', async () => {
    const org = await anOrganisation()
    await expect(importFile(org.system, file('leads', LEADS, { mapping: { columns: { nope: 'email' } } }))).rejects.toMatchObject({ code: 'invalid', fields: { columns: ['column-missing nope'] } })
    await expect(importFile(org.system, file('leads', LEADS, { mapping: { colums: {} } as never }))).rejects.toMatchObject({ code: 'invalid' })
    await expect(importFile(org.system, file('leads', 'a,a\n1,2\n'))).rejects.toMatchObject({ code: 'file-unreadable', params: { why: 'duplicate-header' } })
    await expect(importFile(org.system, file('outcomes', 'won_date\n2024-05-01\n'))).rejects.toMatchObject({ code: 'invalid' })
    await expect(importFile(org.withKey('leads:write'), file('leads', LEADS))).rejects.toMatchObject({ code: 'not-allowed' })
    expect(await rowsOf(org)).toEqual([])
  })
})

describe('importing outcomes', () => {
  it('finds leads by external id, keeps a win before its lead and says so, and doubles nothing', async () => {
    const org = await anOrganisation()
    await importFile(org.system, file('leads', LEADS))
    const report = await importFile(org.system, file('outcomes', `${WON}zz,s3,2024-05-05\n`))
    expect(report.plan.mapping.key).toBe('ref_id')
    expect(counts(report)).toEqual({ rows: 3, created: 2, updated: 0, unchanged: 0, skipped: 0, failed: 1 })
    expect(report.tally).toEqual({ 'won-before-lead': 1, 'lead-unknown': 1 })
    expect(report.plan.mapping.unused).toEqual(['seller_id'])
    expect((await rowsOf(org)).map(({ stage }) => stage)).toEqual(['won', 'won', 'inquiry'])
    expect(counts(await importFile(org.system, file('outcomes', WON)))).toMatchObject({ created: 0, unchanged: 2 })
    const moves = await asSuperuser((tx) => tx.select().from(stageMoves).where(sql`${stageMoves.orgId} = ${toUuid(org.orgId)}::uuid and ${stageMoves.toStage} = 'won'`))
    expect(moves).toHaveLength(2)
    expect(moves.every(({ isImported }) => isImported)).toBe(true)
    expect(counts(await importFile(org.system, file('outcomes', WON.replace('05-04', '05-06'))))).toMatchObject({ updated: 1, unchanged: 1 })
  })

  it('a won lead does not go back, and what was done by hand stays', async () => {
    const org = await anOrganisation()
    await importFile(org.system, file('leads', LEADS))
    const leadId = (await rowsOf(org))[0]?.leadId as Id<'lead'>
    await moveStage(org.system, { leadId, to: 'won', amount: 100n, currency: 'CNY', day: '2024-05-10' })
    const report = await importFile(org.system, file('outcomes', 'ref_id,lost_date\na1,2024-05-12\n'))
    expect(report.tally).toEqual({ 'would-go-back': 1 })
    expect(counts(await importFile(org.system, file('outcomes', WON)))).toMatchObject({ created: 1, unchanged: 1 })
    expect((await rowsOf(org))[0]).toMatchObject({ stage: 'won', wonAt: new Date('2024-05-09T16:00:00Z') })
  })
})

describe('importing from the command line', () => {
  it('keeps a record of the run, and none of a dry run', async () => {
    const org = await anOrganisation()
    const named = { fileName: 'leads.csv', sha256: 'b'.repeat(64) }
    expect((await importFromFile(org.system, { ...file('leads', LEADS, { dryRun: true }), ...named })).importId).toBeNull()
    const { importId } = await importFromFile(org.system, { ...file('leads', LEADS), ...named })
    expect(await listImports(org.system, undefined)).toMatchObject([{ id: importId, state: 'done', fileName: 'leads.csv', counts: { rows: 3, created: 3 } }])
  })
})

describe('importing from the page', () => {
  it('is checked, mapped anew, run by the job, and forgets the file afterwards', async () => {
    const org = await anOrganisation()
    const { importId } = await checked(org)
    expect(await importDetail(org.system, { importId })).toMatchObject({ state: 'checked', counts: { rows: 3, created: 3 }, plan: { mapping: { key: 'ref_id' } }, hasResult: true })
    expect(await rowsOf(org)).toEqual([])
    await mapImport(org.system, { importId, mapping: { columns: { ref_id: 'external_id', origin: 'campaign' } } })
    await advanceImport(org.system, { importId })
    expect((await importDetail(org.system, { importId })).plan?.unused).toEqual(['first_contact_date'])
    await startImport(org.system, { importId })
    expect(await startImport(org.system, { importId })).toEqual({ importId })
    await advanceImport(org.system, { importId })
    await advanceImport(org.system, { importId })
    expect(await importDetail(org.system, { importId })).toMatchObject({ state: 'done', counts: { created: 3 }, plan: { samples: {} } })
    expect(new TextDecoder().decode((await importResult(org.system, { importId })).content)).toContain('"created"')
    const [kept] = await asSuperuser((tx) => tx.select({ content: importFiles.content }).from(importFiles).where(eq(importFiles.importId, importId)))
    expect(kept?.content).toBeNull()
    const events = await asSuperuser((tx) => tx.select({ name: outbox.name }).from(outbox).where(eq(outbox.orgId, org.orgId)))
    expect(events.map(({ name }) => name)).toEqual(['import.requested', 'import.requested', 'import.requested', 'import.finished'])
  })

  it('a file that cannot be read says why, and does not run', async () => {
    const org = await anOrganisation()
    const { importId } = await uploadImport(org.system, upload('leads', 'a,a\n1,2\n'))
    await advanceImport(org.system, { importId })
    expect(await importDetail(org.system, { importId })).toMatchObject({ state: 'failed', plan: { refusal: { code: 'file-unreadable', params: { why: 'duplicate-header' } } } })
    await expect(startImport(org.system, { importId })).rejects.toMatchObject({ code: 'conflict' })
    await expect(uploadImport(org.system, { ...upload(), content: new Uint8Array() })).rejects.toMatchObject({ code: 'file-unreadable' })
  })
})
