import { describe, expect, it } from 'vitest'
import { addLead } from '~/domain/capture'
import { answerDifferent, mergePeople, possibleDuplicates, splitMerge } from '~/domain/merging'
import { answerMatch, matchInquiry } from '~/domain/people'
import { fromUuid, type Id } from '~/lib/ids'
import { anOrganisation, type TestOrganisation } from '~tests/support/organisations'
import { rowsIn } from '../capture/a-source'

async function arrives(org: TestOrganisation, email: string): Promise<void> {
  await addLead(org.system, { name: '王芳', email, company: '上海线索科技有限公司' })
  const ids = (await rowsIn<{ id: string }>(org, 'inquiries')).map(({ id }) => id).sort()
  await matchInquiry(org.system, { inquiryId: fromUuid('inq', ids.at(-1) ?? '') })
}
async function aPair(org: TestOrganisation) {
  await arrives(org, 'wangfang@163.com')
  await arrives(org, 'wangfang@qq.com')
  const [pair] = await possibleDuplicates(org.system, { kind: 'person' })
  if (pair === undefined) throw new Error('no pair')
  return { pair, ids: { keptId: pair.left.id as Id<'per'>, goneId: pair.right.id as Id<'per'> } }
}
const matches = (org: TestOrganisation) => rowsIn<{ id: string; state: string }>(org, 'match_decisions')

describe('a weighed pair', () => {
  it('stands once, with lines that sum to its weight, in place of the plain hint', async () => {
    const org = await anOrganisation()
    const { pair } = await aPair(org)
    expect(await possibleDuplicates(org.system, { kind: 'person' })).toHaveLength(1)
    expect(pair.probability).toBeGreaterThan(0.5)
    expect(pair.lines.reduce((sum, { weight }) => sum + (weight ?? Number.NaN), 0)).toBeCloseTo(pair.weight ?? Number.NaN, 9)
    expect(await possibleDuplicates(await org.as('rep'), { kind: 'person' })).toEqual([])
  })

  it('is closed by "different", whichever of the two ways it was said', async () => {
    const [org, other] = [await anOrganisation(), await anOrganisation()]
    const { ids } = await aPair(org)
    await answerDifferent(org.system, { leftId: ids.goneId, rightId: ids.keptId })
    expect([(await matches(org)).map(({ state }) => state), await possibleDuplicates(org.system, { kind: 'person' })]).toEqual([['different'], []])
    await aPair(other)
    const [match] = await matches(other)
    await answerMatch(other.system, { matchId: fromUuid('mtd', match?.id ?? ''), answer: 'different' })
    expect(await possibleDuplicates(other.system, { kind: 'person' })).toEqual([])
  })

  it('is "same" after a merge, and after the split the row is as it was', async () => {
    const org = await anOrganisation()
    const { ids } = await aPair(org)
    const before = await matches(org)
    const { mergeId } = await mergePeople(org.system, ids)
    expect((await matches(org)).map(({ state }) => state)).toEqual(['same'])
    expect(await possibleDuplicates(org.system, { kind: 'person' })).toEqual([])
    await splitMerge(org.system, { mergeId })
    expect(await matches(org)).toEqual(before)
    expect(await possibleDuplicates(org.system, { kind: 'person' })).toHaveLength(1)
  })
})
