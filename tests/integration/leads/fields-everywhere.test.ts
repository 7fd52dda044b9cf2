import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { v1 } from '~/api/v1'
import { createApiKey } from '~/domain/auth'
import { advanceImport, createLead, importDetail, importResult, mapFields, processDelivery, undoImport } from '~/domain/capture'
import { isRefusal } from '~/domain/kernel'
import { createField, exportLeads, leadFields, leadTimeline, listLeads, setLeadField, setLeadFields } from '~/domain/leads'
import { answerError } from '~/http/middleware'
import { withFacts } from '~/http/request-context'
import type { Id } from '~/lib/ids'
import { aStandardSource, deliveryIds } from '~tests/integration/capture/a-source'
import { everyRow, importedFile } from '~tests/integration/imports/a-file'
import { anOrganisation, NOON, type TestOrganisation } from '~tests/support/organisations'
import { standingCases } from '~tests/support/standing-cases'
import { aLead } from './a-lead'

const made = async (org: TestOrganisation) => ({
  machine: (await createField(org.system, { kind: 'text', labelEn: 'Machine', labelZh: '设备' })).fieldId,
  lines: (await createField(org.system, { kind: 'number', labelEn: 'Lines', labelZh: '产线数量' })).fieldId,
  erp: (await createField(org.system, { kind: 'choice', labelEn: 'ERP', labelZh: '系统', choices: [{ key: 'sap', en: 'SAP', zh: '思爱普' }, { key: 'none', en: 'None', zh: '无' }] })).fieldId,
})
const valuesOf = async (org: TestOrganisation, leadId: Id<'lead'>) => (await leadFields(org.system, { leadIds: [leadId] }))[leadId] ?? {}

standingCases(setLeadFields, { input: async (owner) => { await made(owner); return { leadId: (await aLead(owner)).leadId, custom: { machine: 'x' } } } })

describe('custom fields in files', () => {
  const file = 'Record ID,Create Date,First Name,Mobile Phone,设备,Lines,erp,Colour\n1,2024-01-02,伟,13812345678,五轴,3,思爱普,red\n2,2024-01-03,芳,13900001111,,many,none,\n'

  it('are filled by columns of their name, told of where a value is none, and taken back with the import', async () => {
    const org = await anOrganisation()
    const { machine, lines, erp } = await made(org)
    await importedFile(org, 'Record ID,Create Date,First Name,Mobile Phone\n1,2024-01-02,伟,13812345678\n')
    const [known] = (await listLeads(org.system, {})).rows
    const before = await everyRow(org)
    const done = await importedFile(org, file)
    expect(done.counts).toEqual({ rows: 2, created: 1, updated: 1, unchanged: 0, skipped: 0, failed: 0 })
    const { plan } = await importDetail(org.system, { importId: done.id })
    expect(plan?.mapping?.columns).toMatchObject({ 设备: 'custom.machine', Lines: 'custom.lines', erp: 'custom.erp' })
    expect(plan?.mapping?.columns).not.toHaveProperty('Colour')
    expect(await valuesOf(org, known?.id as Id<'lead'>)).toEqual({ [machine]: '五轴', [lines]: '3', [erp]: 'sap' })
    const other = (await listLeads(org.system, {})).rows.find(({ id }) => id !== known?.id)
    expect(await valuesOf(org, other?.id as Id<'lead'>)).toEqual({ [erp]: 'none' })
    expect(new TextDecoder().decode((await importResult(org.system, { importId: done.id })).content)).toContain('a value is none of its field')
    await undoImport(org.system, { importId: done.id })
    await advanceImport(org.system, { importId: done.id })
    expect(await everyRow(org)).toEqual(before)
  })

  it('are never overwritten by a file, and the same file again changes nothing', async () => {
    const org = await anOrganisation()
    const { machine } = await made(org)
    await importedFile(org, 'Record ID,Create Date,First Name,Machine\n1,2024-01-02,伟,lathe\n')
    const [known] = (await listLeads(org.system, {})).rows
    expect((await importedFile(org, 'Record ID,Create Date,First Name,Machine\n1,2024-01-02,伟,lathe\n')).counts).toMatchObject({ unchanged: 1, updated: 0 })
    await importedFile(org, 'Record ID,Create Date,First Name,Machine\n1,2024-01-02,伟,mill\n')
    expect(await valuesOf(org, known?.id as Id<'lead'>)).toEqual({ [machine]: 'lathe' })
  })

  it('leave as columns under their key, where no formula runs', async () => {
    const org = await anOrganisation()
    const { machine, erp } = await made(org)
    await createField(org.system, { kind: 'text', labelEn: 'Stage' })
    const { leadId } = await aLead(org)
    await setLeadField(org.system, { leadId, fieldId: machine, value: '=HYPERLINK("http://x.example")' })
    await setLeadField(org.system, { leadId, fieldId: erp, value: 'sap' })
    const { csv } = await exportLeads(org.system, {})
    const [head = '', row = ''] = csv.replace('\u{feff}', '').split('\r\n')
    expect(head.split(',').slice(-4)).toEqual(['"machine"', '"lines"', '"erp"', '"custom.stage"'])
    expect(row.endsWith(`"'=HYPERLINK(""http://x.example"")","","sap",""`)).toBe(true)
  })
})

describe('custom fields of what is pushed', () => {
  it('are filled by the mapping of the source, whose answer stays readable', async () => {
    const org = await anOrganisation()
    const { lines } = await made(org)
    const source = await aStandardSource(org)
    const marketer = await org.as('marketer')
    await mapFields(marketer, { sourceId: source.sourceId, rules: [{ question: 'How many lines?', field: 'custom.lines' }] })
    await source.post({ data: { external_id: 'a', full_name: '王伟', mobile: '13812345678', 'How many lines?': '7' } })
    const [deliveryId] = await deliveryIds(org)
    const { leadId } = await processDelivery(org.system, { deliveryId: deliveryId as Id<'dlv'> })
    expect(await valuesOf(org, leadId as Id<'lead'>)).toEqual({ [lines]: '7' })
    const unknown = mapFields(marketer, { sourceId: source.sourceId, rules: [{ question: 'x', field: 'custom.colour' }] })
    await expect(unknown).rejects.toSatisfy((error) => isRefusal(error, 'invalid'))
  })
})

describe('custom fields of the API', () => {
  let keys = 0
  const app = new Hono().onError(answerError).route('/api/v1', v1)
  async function asked(org: TestOrganisation, method: string, path: string, body: object): Promise<{ status: number; answer: { id: string; custom: object; errors?: object } }> {
    const { key } = await createApiKey(await org.as('admin'), { name: `key ${(keys += 1)}`, scopes: ['leads:read', 'leads:write'] } as never) as { key: string }
    const answer = await withFacts({ requestId: 'test', ip: '127.0.0.1', now: NOON, nonce: '', viewing: async () => null }, async () =>
      app.request(`/api/v1${path}`, { method, headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' }, body: JSON.stringify(body) }))
    return { status: answer.status, answer: await answer.json() as never }
  }

  it('are written with a lead, changed by their keys and read back', async () => {
    const org = await anOrganisation()
    await made(org)
    const { status, answer } = await asked(org, 'POST', '/leads', { email: 'a@example.com', custom: { lines: '3', ERP: 'SAP' } })
    expect([status, answer.custom]).toEqual([201, { lines: '3', erp: 'sap' }])
    const changed = await asked(org, 'PATCH', `/leads/${answer.id}`, { custom: { lines: '4', machine: '五轴', erp: null } })
    expect([changed.status, changed.answer.custom]).toEqual([200, { lines: '4', machine: '五轴' }])
    expect((await asked(org, 'PATCH', `/leads/${answer.id}`, { custom: { lines: 'x' } })).status).toBe(422)
    expect((await asked(org, 'PATCH', `/leads/${answer.id}`, { custom: { colour: 'x' } })).status).toBe(422)
    await expect(createLead(org.system, { email: 'b@example.com', custom: { colour: 'red' } } as never)).rejects.toSatisfy((error) => isRefusal(error, 'invalid'))
    expect((await listLeads(org.system, {})).rows).toHaveLength(1)
  })
})

describe('custom fields on the timeline', () => {
  it('say which one was changed and by whom, never to what', async () => {
    const org = await anOrganisation()
    const { machine } = await made(org)
    const { leadId } = await aLead(org)
    const li = await org.as('manager', { name: 'Li' })
    await setLeadField(li, { leadId, fieldId: machine, value: 'secret lathe' })
    await setLeadField({ ...li, now: new Date(NOON.getTime() + 1000) }, { leadId, fieldId: machine, value: null })
    const { days, names } = await leadTimeline(org.system, { leadId })
    const changes = days.flatMap(({ entries }) => entries).filter((entry) => entry.kind === 'change' && entry.change === 'field')
    expect(changes.map((entry) => [entry.kind === 'change' ? entry.after : null, entry.actor])).toEqual([[`${machine}:empty`, 'Li'], [`${machine}:set`, 'Li']])
    expect([names[machine], names[`${machine}:zh-CN`]]).toEqual(['Machine', '设备'])
    expect(JSON.stringify(days, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value))).not.toContain('secret')
  })
})
