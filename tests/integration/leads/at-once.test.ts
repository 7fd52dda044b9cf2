import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { logContact, moveStage } from '~/domain/leads'
import { activities, leads, revenueLines, stageMoves } from '~db/schema'
import { useCommittedRows } from '~tests/support/committed-rows'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation } from '~tests/support/organisations'
import { aLead } from './a-lead'

useCommittedRows()
const codeOf = (result: PromiseSettledResult<{ moveId: string | null }>) =>
  result.status === 'rejected' ? (result.reason as { code: string }).code : result.value.moveId === null ? 'unchanged' : 'moved'

it('two who make the same move at once make it once', async () => {
  const org = await anOrganisation()
  const [li, wang] = [await org.as('manager'), await org.as('manager')]
  const { leadId } = await aLead(org)
  const win = { leadId, to: 'won', amount: 100n, currency: 'CNY', day: '2024-05-15', version: 1 } as const
  const results = await Promise.allSettled([moveStage(li, win), moveStage(wang, win)])
  expect(results.map(codeOf).sort()).toEqual(['moved', 'unchanged'])
  await asSuperuser(async (tx) => {
    expect(await tx.select().from(stageMoves).where(eq(stageMoves.leadId, leadId))).toHaveLength(1)
    expect(await tx.select().from(revenueLines).where(eq(revenueLines.leadId, leadId))).toHaveLength(1)
  })
})

it('of two who move one lead to different stages on the same version, one is told that it is stale', async () => {
  const org = await anOrganisation()
  const [li, wang] = [await org.as('manager'), await org.as('manager')]
  const { leadId } = await aLead(org)
  const results = await Promise.allSettled([
    moveStage(li, { leadId, to: 'lost', reason: 'price', version: 1 }),
    moveStage(wang, { leadId, to: 'won', amount: 100n, currency: 'CNY', day: '2024-05-15', version: 1 }),
  ])
  expect(results.map(codeOf).sort()).toEqual(['moved', 'stale'])
})

it('contacts logged at once are all kept, and the first response stands once', async () => {
  const org = await anOrganisation()
  const rep = await org.as('manager')
  const { leadId } = await aLead(org)
  await Promise.all([1, 2, 3, 4].map(() => logContact(rep, { leadId, kind: 'call', outcome: 'busy' })))
  await asSuperuser(async (tx) => {
    expect(await tx.select().from(activities).where(eq(activities.leadId, leadId))).toHaveLength(4)
    expect((await tx.select().from(leads).where(eq(leads.id, leadId)))[0]).toMatchObject({ version: 5, firstResponseAt: rep.now })
  })
})
