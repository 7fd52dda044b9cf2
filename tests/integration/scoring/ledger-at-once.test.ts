import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { inTransaction } from '~/domain/kernel'
import { advanceRescoring, beginRescoring, overrideCell, scoreLeads } from '~/domain/scoring'
import { rescorings, scoreLines } from '~db/schema'
import { useCommittedRows } from '~tests/support/committed-rows'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation } from '~tests/support/organisations'
import { aLead, aWorld, later } from '../leads/a-lead'
import { aLine, aPublishedCard, aTerms, aTouch, linesIn, scoreIn } from './ledger-card'

useCommittedRows()
const views = aTerms([aLine('views', { kind: 'touch', touch: 'page_view', page: null }, 6), aLine('recent', { kind: 'recency', days: 9 }, 7)], { base: 12 })

it('many who score one lead at once write each line once, before and after it has a score', async () => {
  const org = await anOrganisation()
  const world = await aWorld(org)
  const leadIds = (await Promise.all(Array.from({ length: 12 }, () => aLead(org, { world })))).map(({ leadId }) => leadId)
  await aPublishedCard(org, views)
  const rounds = async (hours: number) => {
    for (const leadId of leadIds) await aTouch(org, leadId, { at: later(org.system, hours).now })
    // Some take all of them, some a few, in their own order.
    const turns = Array.from({ length: 8 }, (_, n) => scoreLeads(later(org.system, hours), { leadIds: n % 2 === 0 ? leadIds : [...leadIds].reverse().slice(n) }))
    await Promise.all(turns)
  }
  await rounds(1)
  expect(await linesIn(leadIds[0] ?? 'lead_x')).toHaveLength(3)
  await rounds(2)
  for (const leadId of leadIds) {
    // Base, two views, the recency of the first, what takes it back, and that of the second.
    expect((await linesIn(leadId)).map(({ line, points }) => `${line} ${points}`).sort()).toEqual(['base 12', 'recent -7', 'recent 7', 'recent 7', 'views 6', 'views 6'])
    expect(await scoreIn(leadId)).toMatchObject({ fit: 12, interest: 19, cell: 33 })
  }
})

it('two workers never score the same leads of a rescoring, and an override waits for neither', async () => {
  const org = await anOrganisation()
  const world = await aWorld(org)
  const many = await Promise.all(Array.from({ length: 30 }, () => aLead(org, { world })))
  const cardId = await aPublishedCard(org, views)
  const { rescoringId } = await inTransaction(org.system, 'read write', (tx) => beginRescoring({ ...org.system, tx }, cardId))
  const manager = await org.as('manager')
  const [a, b] = await Promise.all([advanceRescoring(org.system, { rescoringId }), advanceRescoring(org.system, { rescoringId }), overrideCell(manager, { leadId: many[3]?.leadId ?? 'lead_x', cell: 11, reason: 'other' })])
  expect([a.done, b.done].sort((x, y) => x - y)).toEqual([0, 30])
  expect(await asSuperuser((tx) => tx.select().from(rescorings).where(eq(rescorings.id, rescoringId)))).toMatchObject([{ done: 30, finishedAt: org.system.now }])
  const lines = await asSuperuser((tx) => tx.select({ leadId: scoreLines.leadId }).from(scoreLines).where(eq(scoreLines.cardId, cardId)))
  expect(lines).toHaveLength(30)
  expect(await scoreIn(many[3]?.leadId ?? 'lead_x')).toMatchObject({ overrideCell: 11, cell: 34 })
})
