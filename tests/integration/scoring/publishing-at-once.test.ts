import { expect, it } from 'vitest'
import { backtestCard, cardById, changeCard, createCard, listCards, publishCard } from '~/domain/scoring'
import { useCommittedRows } from '~tests/support/committed-rows'
import { anOrganisation } from '~tests/support/organisations'

useCommittedRows()

it('of two who publish at once one is refused, and one card is in force', async () => {
  const org = await anOrganisation()
  const drafts = await Promise.all([1, 2].map(async (points) => {
    const { cardId } = await createCard(org.system, { from: { kind: 'empty' } })
    const line = { key: 'phone', group: 'fit' as const, criterion: { kind: 'reachable' as const, by: 'phone' as const }, points: 10 * points, most: null, everyDays: null, halfLifeDays: null, expiresDays: null, onlyWith: null }
    await changeCard(org.system, { cardId, digest: (await cardById(org.system, { cardId })).digest, terms: { base: 0, lines: [line], thresholds: { fit: [3, 2, 1], interest: [3, 2, 1] }, calibration: null } })
    await backtestCard(org.system, { cardId })
    return cardId
  }))
  const answers = await Promise.allSettled(drafts.map((cardId) => publishCard(org.system, { cardId })))
  expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(answers.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'card-not-tested' } })
  // Versions were counted one after the other, too.
  expect((await listCards(org.system, {})).map(({ version, state }) => [version, state]).sort((a, b) => Number(a[0]) - Number(b[0])).map(([version]) => version)).toEqual([1, 2])
  expect((await listCards(org.system, {})).filter(({ state }) => state === 'published')).toHaveLength(1)
  const twice = await Promise.allSettled([1, 2].map(() => publishCard(org.system, { cardId: drafts[answers.findIndex(({ status }) => status === 'rejected')] ?? drafts[0] as never })))
  expect(twice.every(({ status }) => status === 'rejected')).toBe(true)
})
