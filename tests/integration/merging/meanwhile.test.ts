import { describe, expect, it } from 'vitest'
import { createLead } from '~/domain/capture'
import { leadDetail, listLeads, logContact, moveStage } from '~/domain/leads'
import { leadTimeline } from '~/domain/leads'
import { funnelByStage } from '~/domain/analytics'
import { mergeCompanies, mergePeople, splitMerge } from '~/domain/merging'
import { companyDetail, personDetail } from '~/domain/people'
import type { Id } from '~/lib/ids'
import { anOrganisation, type TestOrganisation } from '~tests/support/organisations'
import { rowsIn } from '../capture/a-source'
import { later } from '../leads/a-lead'
import { leadRow, refusalOf } from './a-group'

const asks = async (org: TestOrganisation, hours: number, body: Parameters<typeof createLead>[1]) => {
  const { leadId } = await createLead(later(org.system, hours), body)
  return leadId ?? 'lead_'
}
const personOf = async (org: TestOrganisation, leadId: Id<'lead'>) => (await leadDetail(org.system, { leadId })).people[0]?.id ?? 'per_'
const companyOf = async (org: TestOrganisation, leadId: Id<'lead'>) => (await leadDetail(org.system, { leadId })).company?.id ?? 'co_'
const leadsOf = async (org: TestOrganisation) => (await listLeads(org.system, {})).rows.map(({ id }) => id)

const [zhang, zhangWork] = [{ phone: '13800138001', full_name: '张伟' }, { email: 'zhang@163.com', full_name: 'Zhang Wei' }]

describe('people who are one', () => {
  const merged = async () => {
    const org = await anOrganisation()
    const first = await asks(org, 0, zhang)
    const second = await asks(org, 1, { ...zhangWork, message: 'Price?' })
    const [keptId, goneId] = [await personOf(org, first), await personOf(org, second)]
    const { mergeId } = await mergePeople(later(org.system, 2), { keptId, goneId })
    return { org, first, second, keptId, goneId, mergeId }
  }

  it('are found by every number and address, and are told and counted once', async () => {
    const { org, first, second, keptId, goneId } = await merged()
    expect(await leadsOf(org)).toEqual([first])
    expect((await listLeads(org.system, { q: 'zhang@163.com' })).rows.map(({ id }) => id)).toEqual([first])
    expect((await listLeads(org.system, { q: '13800138001' })).rows.map(({ id }) => id)).toEqual([first])
    expect((await listLeads(org.system, { q: 'zhang' })).rows.map(({ id }) => id)).toEqual([first])
    for (const personId of [keptId, goneId]) {
      expect(await personDetail(org.system, { personId })).toMatchObject({ id: keptId, name: '张伟', reach: [{ kind: 'phone' }, { kind: 'email', shown: 'zhang@163.com' }] })
    }
    const detail = await leadDetail(org.system, { leadId: first })
    expect(detail).toMatchObject({ duplicates: [second], duplicateOf: null, people: [{ id: keptId, reach: [{ kind: 'phone' }, { kind: 'email' }] }] })
    expect(detail.inquiries.map(({ message }) => message)).toEqual([null, 'Price?'])
    expect(await leadDetail(org.system, { leadId: second })).toMatchObject({ duplicateOf: first, inquiries: [{ message: 'Price?' }] })
    const report = await funnelByStage(later(org.system, 3), { from: '2024-05-01', to: '2024-05-31', by: 'channel', view: 'cohort' })
    expect(report.totals).toMatchObject({ inquiries: 2, leads: 1, valid_leads: 1, lost: 0 })
    expect(report.rows.reduce((sum, row) => sum + row.inquiries, 0)).toBe(2)
  })

  it('what is done is done to the lead that stands; the duplicate refuses and names it', async () => {
    const { org, first, second } = await merged()
    expect(await refusalOf(logContact(org.system, { leadId: second, kind: 'call', outcome: 'busy' }))).toBe('lead-duplicate')
    await logContact(later(org.system, 3), { leadId: first, kind: 'call', outcome: 'connected' })
    expect((await leadTimeline(org.system, { leadId: first })).days.flatMap(({ entries }) => entries).map(({ kind }) => kind).sort())
      .toEqual(['activity', 'inquiry', 'inquiry', 'move', 'move'])
  })

  it('split, what came through the one that went goes back with them, and the rest stays', async () => {
    const { org, first, second, keptId, goneId, mergeId } = await merged()
    const touchesBefore = await rowsIn(org, 'touches')
    expect(await asks(org, 4, { ...zhangWork, phone: '13900139000', message: 'Again' })).toBe(first)
    expect(await asks(org, 5, { ...zhang, message: 'By phone' })).toBe(first)
    await moveStage(later(org.system, 6), { leadId: first, to: 'lost', reason: 'no_need' })
    expect((await leadDetail(org.system, { leadId: first })).inquiries.map(({ message }) => message)).toEqual([null, 'Price?', 'Again', 'By phone'])
    expect(await splitMerge(later(org.system, 7), { mergeId })).toEqual({ reopened: [second], stillClosed: [], keptEdits: [] })
    expect((await leadDetail(org.system, { leadId: first })).inquiries.map(({ message }) => message)).toEqual([null, 'By phone'])
    expect(await leadDetail(org.system, { leadId: second })).toMatchObject({ isOpen: true, stage: 'inquiry', inquiries: [{ message: 'Price?' }, { message: 'Again' }] })
    expect(await leadDetail(org.system, { leadId: first })).toMatchObject({ isOpen: false, stage: 'lost' })
    expect((await personDetail(org.system, { personId: goneId })).reach.map(({ shown }) => shown)).toEqual(['zhang@163.com', '139 0013 9000'])
    expect((await personDetail(org.system, { personId: keptId })).reach).toHaveLength(1)
    const after = await rowsIn(org, 'touches')
    expect(after.filter((row) => touchesBefore.some(({ id }) => id === row['id']))).toEqual(touchesBefore)
  })

  it('a lead that opened in between through the one that went is theirs, and the old one stays closed under it', async () => {
    const { org, first, second, goneId, mergeId } = await merged()
    await moveStage(later(org.system, 3), { leadId: first, to: 'lost', reason: 'no_need' })
    const third = await asks(org, 4, { ...zhangWork, message: 'A new need' })
    expect([first, second]).not.toContain(third)
    expect(await splitMerge(later(org.system, 5), { mergeId })).toEqual({ reopened: [], stillClosed: [second], keptEdits: [] })
    expect(await leadRow(org, second)).toMatchObject({ isOpen: false, duplicateOf: third })
    expect(await leadDetail(org.system, { leadId: third })).toMatchObject({ person: { id: goneId }, isOpen: true })
  })
})

describe('companies that are one', () => {
  it('share one open lead; who asks through the other one gets their own place on it, which a split opens', async () => {
    const org = await anOrganisation()
    const first = await asks(org, 0, { company: 'Hengtai Precision', website: 'hengtai.cn', phone: '13800138001', full_name: '张伟', title: '工程师' })
    const old = await asks(org, 1, { company: '恒泰精密', website: 'hengtai-cn.com', phone: '13800138002', full_name: '李娜', title: '采购总监' })
    await moveStage(later(org.system, 2), { leadId: old, to: 'lost', reason: 'timing' })
    const [keptId, goneId] = [await companyOf(org, first), await companyOf(org, old)]
    const { mergeId, closed } = await mergeCompanies(later(org.system, 3), { keptId, goneId })
    expect(closed).toEqual([])
    expect(await asks(org, 4, { company: '恒泰精密', phone: '13800138003', full_name: '王芳', title: '采购' })).toBe(first)
    expect(await companyDetail(org.system, { companyId: goneId })).toMatchObject({ id: keptId, domains: ['hengtai.cn', 'hengtai-cn.com'], people: [{ name: '张伟' }, { name: '李娜' }, { name: '王芳' }] })
    expect((await leadDetail(org.system, { leadId: first })).people.map(({ name, role }) => `${name} ${role}`)).toEqual(['张伟 user', '王芳 buyer'])
    expect((await listLeads(org.system, {})).rows.map(({ id, company }) => `${id} ${company?.name ?? ''}`)).toEqual([`${old} Hengtai Precision`, `${first} Hengtai Precision`])
    const { reopened } = await splitMerge(later(org.system, 5), { mergeId })
    expect(reopened).toHaveLength(1)
    expect(await leadDetail(org.system, { leadId: reopened[0] ?? 'lead_' })).toMatchObject({ isOpen: true, company: { id: goneId }, people: [{ name: '王芳' }] })
    expect((await leadDetail(org.system, { leadId: first })).people.map(({ name }) => name)).toEqual(['张伟'])
  })

  it('a closed lead of one cannot be reopened beside the open one of the other', async () => {
    const org = await anOrganisation()
    const first = await asks(org, 0, { company: 'Hengtai', website: 'hengtai.cn', phone: '13800138001' })
    const old = await asks(org, 1, { company: '恒泰', website: 'hengtai-cn.com', phone: '13800138002' })
    await moveStage(later(org.system, 2), { leadId: old, to: 'lost', reason: 'timing' })
    await mergeCompanies(later(org.system, 3), { keptId: await companyOf(org, first), goneId: await companyOf(org, old) })
    expect(await refusalOf(moveStage(later(org.system, 4), { leadId: old, to: 'inquiry', reason: 'came_back' }))).toBe('other-lead-open')
  })
})
