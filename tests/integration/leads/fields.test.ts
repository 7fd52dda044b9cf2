import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { archiveField, changeField, changeOwnership, createField, editLead, leadBoard, leadFields, listFields, moveStage, setLeadField, writeImportedFields } from '~/domain/leads'
import { inTransaction, memberOf } from '~/domain/kernel'
import type { Id } from '~/lib/ids'
import { auditEntries, leads, outbox } from '~db/schema'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation, NOON, type TestOrganisation } from '~tests/support/organisations'
import { standingCases } from '~tests/support/standing-cases'
import { aLead, later } from './a-lead'

const aField = async (owner: TestOrganisation) => (await createField(owner.system, { kind: 'text', labelEn: 'Machine' })).fieldId
standingCases(createField, { input: () => ({ kind: 'text', labelEn: 'Machine' }), foreign: 'names nothing' })
standingCases(changeField, { input: async (owner) => ({ fieldId: await aField(owner), labelEn: 'Other' }) })
standingCases(archiveField, { input: async (owner) => ({ fieldId: await aField(owner), archived: true }) })
standingCases(listFields, { input: async (owner) => { await aField(owner); return {} }, foreign: (fields) => { expect(fields).toEqual([]) } })
standingCases(leadFields, { input: async (owner) => { const { leadId } = await aLead(owner); await setLeadField(owner.system, { leadId, fieldId: await aField(owner), value: 'x' }); return { leadIds: [leadId] } }, foreign: (values) => { expect(values).toEqual({}) } })
standingCases(setLeadField, { input: async (owner) => ({ leadId: (await aLead(owner)).leadId, fieldId: await aField(owner), value: 'x' }) })
standingCases(editLead, { input: async (owner) => ({ leadId: (await aLead(owner)).leadId, field: 'next' as const, value: null, was: 'x', version: 1, force: true }) })
standingCases(leadBoard, { input: async (owner) => { await aLead(owner); return {} }, foreign: (columns) => { expect(columns.every(({ rows, count }) => rows.length === 0 && count === 0)).toBe(true) } })

const refusal = (work: Promise<unknown>) => work.then(() => 'none', (error: { code: string; fields: Record<string, string[]> }) => error.fields['value']?.[0] ?? error.code)

describe('custom fields', () => {
  it('keep what their kind allows, in every kind, and say what they do not', async () => {
    const org = await anOrganisation()
    const { leadId } = await aLead(org)
    const choices = [{ key: 'cnc', en: 'CNC', zh: '数控' }, { key: 'laser', en: 'Laser', zh: '激光' }]
    const cases: [string, object, string | string[], string | string[], string | null, string | null][] = [
      ['text', {}, ' 五轴 ', '五轴', 'x'.repeat(201), 'too-long'], ['long_text', {}, 'a\nb', 'a\nb', null, null], ['number', {}, '7.50', '7.5', 'seven', 'not-a-number'], ['money', { currency: 'EUR' }, '1200', '1200.00', '1,2,3.x', 'not-an-amount'],
      ['date', {}, '2024-02-29', '2024-02-29', '2023-02-29', 'not-a-day'], ['choice', { choices }, 'cnc', 'cnc', 'mill', 'not-a-choice'], ['multi_choice', { choices }, ['cnc', 'laser', 'cnc'], ['cnc', 'laser'], 'mill', 'not-a-choice'],
      ['boolean', {}, 'no', 'no', 'perhaps', 'not-a-choice'], ['url', {}, 'https://example.com/a', 'https://example.com/a', 'javascript:alert(1)', 'not-a-link'],
    ]
    for (const [kind, more, said, kept, wrong, code] of cases) {
      const { fieldId } = await createField(org.system, { kind: kind as 'text', labelEn: `My ${kind}`, ...more })
      expect((await setLeadField(org.system, { leadId, fieldId, value: said })).value).toEqual(kept)
      expect((await leadFields(org.system, { leadIds: [leadId] }))[leadId]?.[fieldId]).toEqual(kept)
      if (wrong !== null) expect(await refusal(setLeadField(org.system, { leadId, fieldId, value: wrong }))).toBe(code)
    }
    const [first] = await listFields(org.system, {})
    const fieldId = first?.id as Id<'cf'>
    const versions = [await setLeadField(org.system, { leadId, fieldId, value: '五轴' }), await setLeadField(org.system, { leadId, fieldId, value: null }), await setLeadField(org.system, { leadId, fieldId, value: '' })]
    expect(versions.map(({ version }) => version)).toEqual([10, 11, 11])
    await archiveField(org.system, { fieldId, archived: true })
    expect(await refusal(setLeadField(org.system, { leadId, fieldId, value: 'x' }))).toBe('not-found')
    expect((await listFields(org.system, { all: true })).filter(({ isArchived }) => isArchived)).toHaveLength(1)
    // The log says that it changed, and never to what.
    const log = await asSuperuser((tx) => tx.select().from(auditEntries).where(eq(auditEntries.action, 'lead.set-field')))
    expect(JSON.stringify(log)).not.toContain('五轴')
    expect(await asSuperuser((tx) => tx.select().from(outbox).where(eq(outbox.name, 'field.changed')))).toHaveLength(10)
  })

  it('keep choices that are in use, refuse a name twice, and are found by name for files', async () => {
    const org = await anOrganisation()
    const { leadId } = await aLead(org)
    const { fieldId, key } = await createField(org.system, { kind: 'multi_choice', labelEn: 'Main Interest', labelZh: '主要兴趣', choices: [{ key: 'cnc', en: 'CNC', zh: '数控' }, { key: 'laser', en: 'Laser cutting', zh: '' }] })
    expect(key).toBe('main_interest')
    expect(await refusal(createField(org.system, { kind: 'text', labelEn: 'main interest' }))).toBe('name-taken')
    expect(await refusal(createField(org.system, { kind: 'choice', labelEn: 'None' }))).toBe('choice-missing')
    expect(await refusal(changeField(org.system, { fieldId, labelEn: 'Interest', choices: [{ key: 'cnc', en: 'CNC' }] }))).toBe('choice-missing')
    await changeField(org.system, { fieldId, labelEn: 'Interest', labelZh: '主要兴趣' })
    const problems = await inTransaction(org.system, 'read write', (tx) => writeImportedFields({ ...org.system, tx }, [{ leadId, said: { 'MAIN-INTEREST': 'laser cutting; 数控', 主要兴趣: 'nonsense', other: 'x' } }]))
    expect(problems).toEqual({ written: [{ leadId, fieldId }], problems: [{ leadId, name: '主要兴趣', code: 'not-a-value' }] })
    expect((await leadFields(org.system, { leadIds: [leadId] }))[leadId]).toEqual({ [fieldId]: ['laser', 'cnc'] })
  })
})

describe('editing in place', () => {
  it('writes a field, and shows both values where the same field was changed meanwhile', async () => {
    const org = await anOrganisation()
    const [li, wang] = [await org.as('manager', { name: 'Li' }), await org.as('manager', { name: 'Wang' })]
    const { leadId } = await aLead(org)
    const [liId, wangId] = [memberOf(li.actor) as string, memberOf(wang.actor) as string]
    expect(await editLead(li, { leadId, field: 'owner', value: liId, was: '', version: 1 })).toEqual({ version: 2 })
    const stale = await editLead(later(wang, 1), { leadId, field: 'owner', value: wangId, was: '', version: 1 }).catch((error: unknown) => error)
    expect(stale).toMatchObject({ code: 'stale', params: { theirs: liId, yours: wangId, by: 'Li', at: NOON.toISOString(), version: 2, field: 'owner' } })
    // Another field is nobody's conflict; "use mine" writes all the same.
    const next = later({ now: NOON }, 24).now.toISOString()
    expect((await editLead(wang, { leadId, field: 'next', value: next, was: '', version: 1 })).version).toBe(3)
    await editLead(wang, { leadId, field: 'owner', value: wangId, was: '', version: 1, force: true })
    expect((await asSuperuser((tx) => tx.select().from(leads).where(eq(leads.id, leadId))))[0]).toMatchObject({ ownerId: wangId, nextStepAt: new Date(next), version: 4 })
    expect(await refusal(editLead(await org.as('marketer'), { leadId, field: 'owner', value: liId, version: 4 }))).toBe('not-allowed')
    const rep = await org.as('rep')
    await changeOwnership(org.system, { leadId, to: memberOf(rep.actor) })
    expect(await refusal(editLead(rep, { leadId, field: 'owner', value: liId, version: 5 }))).toBe('not-allowed')
  })

  it('edits grade and amount where the lead is graded, and not before', async () => {
    const org = await anOrganisation()
    const { leadId } = await aLead(org)
    expect(await refusal(editLead(org.system, { leadId, field: 'grade', value: 'A', version: 1 }))).toBe('not-graded')
    const { version } = await moveStage(org.system, { leadId, to: 'graded', grade: 'B', amount: 100_000n, currency: 'CNY', month: '2024-07' })
    const graded = await editLead(org.system, { leadId, field: 'amount', value: '1500.00', was: '1000.00', version })
    await editLead(org.system, { leadId, field: 'grade', value: 'C', was: 'B', version: graded.version })
    const stale = editLead(org.system, { leadId, field: 'amount', value: '99.00', was: '1000.00', version })
    await expect(stale).rejects.toMatchObject({ code: 'stale', params: { theirs: '1500.00', yours: '99.00' } })
    expect(await refusal(editLead(org.system, { leadId, field: 'amount', value: 'much', was: '1500.00', version: graded.version + 1 }))).toBe('not-an-amount')
  })
})

describe('the board', () => {
  it('pages each column by keyset', async () => {
    const org = await anOrganisation()
    const first = await aLead(org)
    for (let n = 1; n < 23; n += 1) await aLead(org, { world: first, stage: { stage: 'inquiry', enteredAt: later({ now: NOON }, n % 4).now } })
    await aLead(org, { world: first, stage: { stage: 'graded', grade: 'A' } })
    const columns = await leadBoard(org.system, {})
    expect(columns.map(({ stage, count, rows }) => [stage, count, rows.length])).toEqual([['inquiry', 23, 20], ['qualified', 0, 0], ['graded', 1, 1], ['won', 0, 0], ['lost', 0, 0]])
    const [rest] = await leadBoard(org.system, { column: 'inquiry', cursor: columns[0]?.nextCursor ?? '' })
    expect(rest?.rows).toHaveLength(3)
    expect(new Set([...(columns[0]?.rows ?? []), ...(rest?.rows ?? [])].map(({ id }) => id)).size).toBe(23)
  })
})
