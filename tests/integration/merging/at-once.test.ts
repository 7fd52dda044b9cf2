import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { createLead } from '~/domain/capture'
import { leadDetail, moveStage } from '~/domain/leads'
import { mergeCompanies, mergePeople, splitMerge } from '~/domain/merging'
import { database } from '~db/client.server'
import { useCommittedRows } from '~tests/support/committed-rows'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation } from '~tests/support/organisations'
import { rowsIn } from '../capture/a-source'
import { aWorld, later } from '../leads/a-lead'
import { aFullLead, aPersonalLead, everyRow, leadRow, refusalOf } from './a-group'

useCommittedRows()

it('of two who merge the same two at once, one does it, and whichever way round', async () => {
  const org = await anOrganisation()
  const world = await aWorld(org)
  const [one, two] = [await aPersonalLead(org, world), await aPersonalLead(org, world)]
  const [a, b] = [one.personId, two.personId]
  const answers = await Promise.all([mergePeople(org.system, { keptId: a, goneId: b }), mergePeople(org.system, { keptId: b, goneId: a }), mergePeople(org.system, { keptId: a, goneId: b })].map(refusalOf))
  expect(answers.sort()).toEqual(['already-merged', 'already-merged', 'done'])
  expect((await rowsIn<{ canonical_id: string | null }>(org, 'people')).filter((row) => row.canonical_id !== null)).toHaveLength(1)
})

it('merges in a ring never close the ring', async () => {
  const org = await anOrganisation()
  const world = await aWorld(org)
  const people = [await aPersonalLead(org, world), await aPersonalLead(org, world), await aPersonalLead(org, world)].map(({ personId }) => personId)
  const before = await everyRow(org)
  const ring = people.map((keptId, index) => mergePeople(org.system, { keptId, goneId: people[(index + 1) % 3] ?? keptId }))
  const settled = await Promise.allSettled(ring)
  const made = settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value.mergeId] : []))
  expect(made).toHaveLength(2)
  const rows = await rowsIn<{ canonical_id: string | null }>(org, 'people')
  expect(new Set(rows.flatMap((row) => row.canonical_id ?? [])).size).toBe(1)
  for (const mergeId of made) await splitMerge(org.system, { mergeId })
  expect(await everyRow(org)).toEqual(before)
})

it('an inquiry on its way in while companies merge lands on a lead that stands', async () => {
  const org = await anOrganisation()
  const world = await aWorld(org)
  const [one, two] = [await aFullLead(org, world, { company: 'One' }), await aFullLead(org, world, { company: 'Two', cameInAt: later(org.system, 1).now })]
  const inquiries = [1, 2, 3].map((n) => createLead(later(org.system, n), { external_id: `x-${n}`, company: 'Three', phone: `1380013800${n}` }))
  await Promise.all([...inquiries, mergeCompanies(org.system, { keptId: one.companyId, goneId: two.companyId })])
  expect(await leadRow(org, two.leadId)).toMatchObject({ isOpen: false, duplicateOf: one.leadId })
  expect((await Promise.all(inquiries)).every(({ leadId }) => leadId !== null)).toBe(true)
})

it('an inquiry joins no lead that is being closed at that instant: it waits, and opens another', async () => {
  const org = await anOrganisation()
  const body = (n: number) => ({ external_id: `r-${n}`, phone: '13900139001', message: 'again' })
  const { leadId } = await createLead(org.system, body(0))
  if (leadId === null) throw new Error('no lead')
  const inquiry = await database().transaction(async (tx) => {
    await moveStage({ ...org.system, tx }, { leadId, to: 'lost', reason: 'no_need' })
    const coming = createLead(org.system, body(1))
    await until(async () => (await asSuperuser((su) => su.execute(sql`select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`))).length > 0)
    return { coming }
  })
  const joined = await inquiry.coming
  expect(joined.leadId).not.toBe(leadId)
  expect(await leadDetail(org.system, { leadId: joined.leadId ?? leadId })).toMatchObject({ isOpen: true, inquiries: [{ message: 'again' }] })
})

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 8_000
  while (performance.now() < end) if (await isSo()) return
  throw new Error('It never came to wait')
}
