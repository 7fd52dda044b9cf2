import { describe, expect, it } from 'vitest'
import { mergeCompanies, mergePeople, splitMerge } from '~/domain/merging'
import { updatePerson } from '~/domain/people'
import { anOrganisation } from '~tests/support/organisations'
import { standingCases } from '~tests/support/standing-cases'
import { aWorld, later } from '../leads/a-lead'
import { rowsIn } from '../capture/a-source'
import { aFullLead, aPersonalLead, everyRow, leadRow, refusalOf } from './a-group'

const manyLeads = async () => {
  const org = await anOrganisation()
  const world = await aWorld(org)
  const one = await aFullLead(org, world, { company: 'Hengtai', person: 'Chen Yuting' })
  const two = await aFullLead(org, world, { company: '恒泰', person: '陈雨婷', cameInAt: later(org.system, 5).now })
  const third = await aFullLead(org, world, { company: 'Hengtai GmbH', person: 'Y. Chen', cameInAt: later(org.system, 6).now })
  return { org, world, one, two, third }
}

standingCases(splitMerge, {
  input: async (owner) => {
    const world = await aWorld(owner)
    const [one, two] = [await aPersonalLead(owner, world), await aPersonalLead(owner, world)]
    const { mergeId } = await mergePeople(owner.system, { keptId: one.personId, goneId: two.personId })
    return { mergeId }
  },
})

describe('a merge and its split leave every table as it was', () => {
  it('of companies with rows of every kind, the name taken from the one that went', async () => {
    const { org, one, two } = await manyLeads()
    const before = await everyRow(org)
    expect(Object.values(before).flat().length).toBeGreaterThan(50)
    const { mergeId, closed } = await mergeCompanies(later(org.system, 24), { keptId: one.companyId, goneId: two.companyId, fields: { name: 'gone' } })
    expect(closed).toEqual([two.leadId])
    const merged = await everyRow(org)
    expect(Object.keys(before).filter((table) => JSON.stringify(before[table]) !== JSON.stringify(merged[table]))).toEqual(['companies', 'leads'])
    expect(await splitMerge(later(org.system, 2400), { mergeId })).toEqual({ reopened: [two.leadId], stillClosed: [], keptEdits: [] })
    expect(await everyRow(org)).toEqual(before)
  })

  it('of people with a lead of their own each, title and name taken over', async () => {
    const org = await anOrganisation()
    const world = await aWorld(org)
    const [one, two] = [await aPersonalLead(org, world), await aPersonalLead(org, world, { name: '孙丽', cameInAt: later(org.system, 1).now })]
    await updatePerson(org.system, { personId: two.personId, name: '孙丽', title: '总监' })
    const before = await everyRow(org)
    const { mergeId } = await mergePeople(org.system, { keptId: one.personId, goneId: two.personId, fields: { name: 'gone' } })
    expect((await rowsIn(org, 'people')).filter((row) => row['name'] === '孙丽' && row['title'] === '总监')).toHaveLength(2)
    expect(await leadRow(org, two.leadId)).toMatchObject({ isOpen: false, duplicateOf: one.leadId, version: 1 })
    await splitMerge(org.system, { mergeId })
    expect(await everyRow(org)).toEqual(before)
  })

  it.each([[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]])('of three merges one after the other, split in the order %i %i %i', async (...order) => {
    const { org, world, one, two, third } = await manyLeads()
    const fourth = await aFullLead(org, world, { company: 'Fourth', person: 'Four', cameInAt: later(org.system, -2).now })
    const before = await everyRow(org)
    // A ← B, A ← C, and then D ← A: the lead that came in first stays each time.
    const merges = [
      await mergeCompanies(later(org.system, 10), { keptId: one.companyId, goneId: two.companyId, fields: { name: 'gone' } }),
      await mergeCompanies(later(org.system, 11), { keptId: one.companyId, goneId: third.companyId, fields: { name: 'gone' } }),
      await mergeCompanies(later(org.system, 12), { keptId: fourth.companyId, goneId: one.companyId, fields: { name: 'gone' } }),
    ]
    for (const { leadId } of [one, two, third]) expect(await leadRow(org, leadId)).toMatchObject({ isOpen: false, duplicateOf: fourth.leadId })
    for (const [step, index] of order.entries()) await splitMerge(later(org.system, 20 + step), { mergeId: merges[index]?.mergeId ?? 'mrg_' })
    expect(await everyRow(org)).toEqual(before)
  })

  it('when the owner was chosen, too', async () => {
    const { org, one, two } = await manyLeads()
    const [li, wang] = [await org.as('rep'), await org.as('manager')]
    const idOf = (ctx: typeof li) => (ctx.actor.kind === 'user' ? ctx.actor.memberId : null)
    const { changeOwnership } = await import('~/domain/leads')
    await changeOwnership(org.system, { leadId: one.leadId, to: idOf(li) })
    await changeOwnership(org.system, { leadId: two.leadId, to: idOf(wang) })
    const before = await everyRow(org)
    const wish = { keptId: one.companyId, goneId: two.companyId }
    expect(await refusalOf(mergeCompanies(org.system, wish))).toBe('choice-missing')
    const leads = [{ closes: two.leadId, stays: one.leadId, ownerId: idOf(wang) }]
    const { mergeId } = await mergeCompanies(org.system, { ...wish, leads })
    expect(await leadRow(org, one.leadId)).toMatchObject({ ownerId: idOf(wang) })
    await splitMerge(org.system, { mergeId })
    expect(await everyRow(org)).toEqual(before)
  })
})

describe('what happened in between', () => {
  it('a field edited since stays edited, unless it is named', async () => {
    for (const restore of [[], ['name'] as const]) {
      const org = await anOrganisation()
      const world = await aWorld(org)
      const [one, two] = [await aPersonalLead(org, world, { name: 'Old' }), await aPersonalLead(org, world, { name: 'Taken' })]
      const { mergeId } = await mergePeople(org.system, { keptId: one.personId, goneId: two.personId, fields: { name: 'gone' } })
      await updatePerson(org.system, { personId: two.personId, name: 'Edited', title: '' })
      const { keptEdits } = await splitMerge(org.system, { mergeId, restore: [...restore] })
      expect(keptEdits).toEqual(restore.length === 0 ? ['name'] : [])
      const names = (await rowsIn<{ name: string }>(org, 'people')).map(({ name }) => name).sort()
      expect(names).toEqual(restore.length === 0 ? ['Edited', 'Taken'] : ['Old', 'Taken'])
    }
  })

  it('is refused twice, and for what somebody does not see', async () => {
    const org = await anOrganisation()
    const world = await aWorld(org)
    const rep = await org.as('rep')
    const [one, two] = [await aPersonalLead(org, world), await aPersonalLead(org, world)]
    const { mergeId } = await mergePeople(org.system, { keptId: one.personId, goneId: two.personId })
    expect(await refusalOf(splitMerge(rep, { mergeId }))).toBe('not-found')
    await splitMerge(org.system, { mergeId })
    expect(await refusalOf(splitMerge(org.system, { mergeId }))).toBe('already-split')
  })
})
