import { describe, expect, it } from 'vitest'
import { createLead } from '~/domain/capture'
import { changeOwnership, leadsAbout, moveStage } from '~/domain/leads'
import { answerDifferent, mergeCompanies, mergeHistory, mergePeople, possibleDuplicates, previewCompanyMerge, previewPeopleMerge, previewSplit, searchRecords, splitMerge } from '~/domain/merging'
import type { Context } from '~/domain/kernel'
import { newId } from '~/lib/ids'
import { anOrganisation, type TestOrganisation } from '~tests/support/organisations'
import { standingCases } from '~tests/support/standing-cases'
import { rowsIn } from '../capture/a-source'
import { aWorld, later } from '../leads/a-lead'
import { aFullLead, aPersonalLead, leadRow, refusalOf } from './a-group'

const memberOf = (ctx: Context) => (ctx.actor.kind === 'user' ? ctx.actor.memberId : null)

async function twoPeople(owner: TestOrganisation) {
  const world = await aWorld(owner)
  const [one, two] = [await aPersonalLead(owner, world), await aPersonalLead(owner, world, { cameInAt: later(owner.system, 1).now })]
  return { keptId: one.personId, goneId: two.personId, one, two, world }
}
async function twoCompanies(owner: TestOrganisation) {
  const world = await aWorld(owner)
  const [one, two] = [await aFullLead(owner, world, { company: 'One' }), await aFullLead(owner, world, { company: 'Two', cameInAt: later(owner.system, 1).now })]
  return { keptId: one.companyId, goneId: two.companyId, one, two, world }
}
const ids = ({ keptId, goneId }: { keptId: string; goneId: string }) => ({ keptId, goneId })

standingCases(mergePeople, { input: async (owner) => ids(await twoPeople(owner)) })
standingCases(mergeCompanies, { input: async (owner) => ids(await twoCompanies(owner)) })
standingCases(previewPeopleMerge, { input: async (owner) => ids(await twoPeople(owner)) })
standingCases(previewCompanyMerge, { input: async (owner) => ids(await twoCompanies(owner)) })
standingCases(previewSplit, { input: async (owner) => ({ mergeId: (await mergePeople(owner.system, ids(await twoPeople(owner)) as never)).mergeId }) })
standingCases(mergeHistory, { input: async (owner) => ({ kind: 'person', id: (await twoPeople(owner)).keptId }) })
standingCases(answerDifferent, { input: async (owner) => twoPeople(owner).then(({ keptId, goneId }) => ({ leftId: keptId, rightId: goneId })) })
standingCases(possibleDuplicates, { input: () => ({ kind: 'company' }), foreign: 'names nothing' })
standingCases(searchRecords, { input: () => ({ kind: 'company', q: 'One' }), foreign: 'names nothing' })
standingCases(leadsAbout, { input: async (owner) => ({ of: (await twoPeople(owner)).keptId }) })

describe('merging', () => {
  it('leaves log, audit and events; the log of changes names no person', async () => {
    const org = await anOrganisation()
    const { keptId, goneId, two } = await twoCompanies(org)
    const { mergeId } = await mergeCompanies(org.system, { keptId, goneId, fields: { name: 'gone' } })
    const told = (await rowsIn<{ name: string; payload: unknown }>(org, 'outbox')).slice(-3)
    expect(told.map(({ name }) => name)).toEqual(['lead.changed', 'lead.changed', 'merge.made'])
    expect(told[2]?.payload).toEqual({ mergeId })
    const audits = (await rowsIn<{ action: string; subject: string }>(org, 'audit_entries')).filter(({ action }) => action === 'merge.companies')
    expect(audits.map(({ subject }) => subject).sort()).toEqual([two.leadId, goneId, keptId].sort())
    expect(JSON.stringify([...audits, ...(await rowsIn(org, 'merges'))])).not.toMatch(/Two|One/)
    expect(await mergeHistory(org.system, { kind: 'company', id: goneId })).toMatchObject([{ id: mergeId, kept: { id: keptId, name: 'Two' }, gone: { id: goneId }, splitAt: null }])
  })

  it('is refused twice, of one with itself, and of one that went already', async () => {
    const org = await anOrganisation()
    const { keptId, goneId, world } = await twoPeople(org)
    const third = await aPersonalLead(org, world)
    await mergePeople(org.system, { keptId, goneId })
    for (const wish of [{ keptId, goneId }, { keptId: goneId, goneId: keptId }, { keptId, goneId: keptId }, { keptId: third.personId, goneId }, { keptId: goneId, goneId: third.personId }]) {
      expect(await refusalOf(mergePeople(org.system, wish))).toBe('already-merged')
    }
    expect(await refusalOf(mergePeople(org.system, { keptId, goneId: newId('per') }))).toBe('not-found')
  })

  it('takes over what is blank, and what is chosen; the preview says so and changes nothing', async () => {
    const org = await anOrganisation()
    const { leadId: a } = await createLead(org.system, { phone: '13800138001', full_name: '张伟', channel: 'x' })
    const { leadId: b } = await createLead(later(org.system, 1), { email: 'w@163.com', full_name: 'Zhang Wei', title: '总监', city: '杭州' })
    const people = await rowsIn<{ id: string; name: string }>(org, 'people')
    const personOf = async (leadId: string | null) => (await leadsAboutPerson(org, leadId))
    const [keptId, goneId] = [await personOf(a), await personOf(b)]
    const preview = await previewPeopleMerge(org.system, { keptId, goneId })
    expect(preview.fields.map(({ field, kept, gone, suggested }) => `${field} ${kept ?? '-'} ${gone ?? '-'} ${suggested}`)).toEqual([
      'name 张伟 Zhang Wei kept', 'title - 总监 gone', 'country - - kept', 'region - - kept', 'city - 杭州 gone',
    ])
    expect(preview).toMatchObject({ hiddenLeads: 0, closings: [{ stays: { id: a }, closes: { id: b }, conflicts: [] }], channels: [{ touches: { kept: 1, gone: 1 }, inquiries: { kept: 1, gone: 1 } }] })
    expect(await rowsIn(org, 'people')).toEqual(people)
    await mergePeople(org.system, { keptId, goneId, fields: { title: 'kept' } })
    expect((await rowsIn(org, 'people')).find((row) => row['name'] === '张伟')).toMatchObject({ title: null, city: '杭州' })
  })

  it('of two owners asks who stays; only who may assign takes a lead away; of a lead out of sight nothing is told', async () => {
    const org = await anOrganisation()
    const { keptId, goneId, one, two } = await twoCompanies(org)
    const [li, wang] = [await org.as('rep'), await org.as('rep')]
    await changeOwnership(org.system, { leadId: one.leadId, to: memberOf(li) })
    expect(await refusalOf(mergeCompanies(li, { keptId, goneId }))).toBe('not-found')
    await changeOwnership(org.system, { leadId: two.leadId, to: memberOf(li) })
    const hidden = await aFullLead(org, one, { companyId: goneId, productLineId: (await aWorld(org, 'Second')).productLineId, ownerId: memberOf(wang) })
    expect(await previewCompanyMerge(li, { keptId, goneId })).toMatchObject({ hiddenLeads: 0, closings: [{ closes: { id: two.leadId } }] })
    await changeOwnership(org.system, { leadId: two.leadId, to: memberOf(wang) })
    const seesTeam: Context = { ...wang, actor: { ...wang.actor, visibility: { leads: 'all', reports: 'all' } } as Context['actor'] }
    expect((await previewCompanyMerge(seesTeam, { keptId, goneId })).closings[0]?.conflicts).toEqual(['owner'])
    const takes = { keptId, goneId, leads: [{ closes: two.leadId, stays: one.leadId, ownerId: memberOf(wang) }] }
    expect(await refusalOf(mergeCompanies(seesTeam, takes))).toBe('not-allowed')
    await mergeCompanies(seesTeam, { ...takes, leads: [{ ...takes.leads[0], ownerId: memberOf(li) }] as never })
    expect(await leadRow(org, one.leadId)).toMatchObject({ ownerId: memberOf(li), isOpen: true })
    expect(await leadRow(org, hidden.leadId)).toMatchObject({ isOpen: true, duplicateOf: null })
  })

  it('of a later lead that is further along asks which stays', async () => {
    const org = await anOrganisation()
    const { keptId, goneId, one, two } = await twoCompanies(org)
    await moveStage(org.system, { leadId: two.leadId, to: 'graded', grade: 'D', amount: 100n, currency: 'CNY' })
    expect((await previewCompanyMerge(org.system, { keptId, goneId })).closings[0]?.conflicts).toEqual(['stage'])
    expect(await refusalOf(mergeCompanies(org.system, { keptId, goneId }))).toBe('choice-missing')
    const { closed } = await mergeCompanies(org.system, { keptId, goneId, leads: [{ closes: one.leadId, stays: two.leadId }] })
    expect(closed).toEqual([one.leadId])
    expect(await leadRow(org, two.leadId)).toMatchObject({ isOpen: true, channelId: two.channelId })
  })
})

const leadsAboutPerson = async (org: TestOrganisation, leadId: string | null) => {
  const { leadDetail } = await import('~/domain/leads')
  return (await leadDetail(org.system, { leadId: leadId as never })).people[0]?.id ?? newId('per')
}

describe('possible duplicates', () => {
  it('are people of one name at one company and companies of one name; what was said to be different is not asked again', async () => {
    const org = await anOrganisation()
    const at = (n: number, body: Parameters<typeof createLead>[1]) => createLead(later(org.system, n), body)
    await at(0, { phone: '13800138001', full_name: 'Zhang Wei', company: 'Hengtai Ltd' })
    await at(1, { phone: '13800138002', full_name: 'zhang wei', company: 'Hengtai' })
    await at(2, { phone: '13800138003', full_name: 'Li Na', company: 'Hengtai' })
    const [pair] = await possibleDuplicates(org.system, { kind: 'person' })
    expect(pair).toMatchObject({ left: { name: 'Zhang Wei', reach: ['138 0013 8001'] }, right: { name: 'zhang wei' }, weight: null, probability: null, lines: [{ field: 'name' }, { field: 'company' }] })
    expect(await possibleDuplicates(await org.as('rep'), { kind: 'person' })).toEqual([])
    expect(await answerDifferent(org.system, { leftId: pair?.left.id ?? 'per_', rightId: pair?.right.id ?? 'per_' })).toEqual({ changed: true })
    expect(await answerDifferent(org.system, { leftId: pair?.right.id ?? 'per_', rightId: pair?.left.id ?? 'per_' })).toEqual({ changed: false })
    expect(await possibleDuplicates(org.system, { kind: 'person' })).toEqual([])
    expect((await searchRecords(org.system, { kind: 'person', q: '13800138002' })).map(({ name }) => name).sort()).toEqual(['Li Na', 'Zhang Wei', 'zhang wei'])
  })

  it('no longer stand once they are merged, and do again after a split', async () => {
    const org = await anOrganisation()
    const world = await aWorld(org)
    const [one, two] = [await aFullLead(org, world, { company: 'A' }), await aFullLead(org, world, { company: 'B' })]
    const { companies } = await import('~db/schema')
    const { asSuperuser } = await import('~tests/support/database')
    const { eq } = await import('drizzle-orm')
    await asSuperuser((tx) => tx.update(companies).set({ key: 'same' }).where(eq(companies.orgId, org.orgId)))
    expect((await possibleDuplicates(org.system, { kind: 'company' })).map(({ lines }) => lines.map(({ field }) => field))).toEqual([['name']])
    const { mergeId } = await mergeCompanies(org.system, { keptId: one.companyId, goneId: two.companyId })
    expect(await possibleDuplicates(org.system, { kind: 'company' })).toEqual([])
    await splitMerge(org.system, { mergeId })
    expect(await possibleDuplicates(org.system, { kind: 'company' })).toHaveLength(1)
  })
})
