import { describe, expect, it } from 'vitest'
import { agreementOf } from '~/domain/people/matching/engine/agreement'
import { clustersOf } from '~/domain/people/matching/engine/clusters'
import { estimateModel } from '~/domain/people/matching/engine/estimate-model'
import { LEVEL } from '~/domain/people/matching/engine/kinds'
import { inOrder, levelWeight, priorWeight, probabilityOf, valueChance } from '~/domain/people/matching/engine/model'
import { defaultModel } from '~/domain/people/matching/default-model'
import { bandOf, usualThresholds } from '~/domain/people/matching/match-settings'
import type { MatchRecord } from '~/domain/people/matching/match-record'
import { weighPeople } from '~/domain/people/matching/weigh-people'
import { newId } from '~/lib/ids'

const field = (agree: number, chance: number) => ({ m: [agree, 0, 0, 0, 1 - agree], u: [chance, 0, 0, 0, 1 - chance] })

describe('weights', () => {
  it('are log2(m/u), and the odds are the prior odds times all m/u', () => {
    // λ = 1/100: odds 1/99. First field agrees: 0.9/0.1 = 9. Second: 0.8/0.05 = 16. Third differs: 0.3/0.9 = 1/3.
    const [first, second, third] = [field(0.9, 0.1), field(0.8, 0.05), field(0.7, 0.1)]
    expect(levelWeight(first, LEVEL.exact)).toBeCloseTo(Math.log2(9), 12)
    expect(levelWeight(second, LEVEL.exact)).toBeCloseTo(4, 12)
    expect(levelWeight(third, LEVEL.far)).toBeCloseTo(-Math.log2(3), 12)
    const sum = priorWeight(0.01) + levelWeight(first, LEVEL.exact) + levelWeight(second, LEVEL.exact) + levelWeight(third, LEVEL.far)
    expect(probabilityOf(sum)).toBeCloseTo(48 / 99 / (1 + 48 / 99), 12)
  })

  it('say nothing of what is missing', () => {
    expect(levelWeight(field(0.9, 0.1), LEVEL.missing)).toBe(0)
  })

  it('of a common value are smaller than of a rare one', () => {
    // 100 entities, 10 values seen once, 5 twice: Good–Turing meets a value again (2·5 + ½)/(10 + 1) times.
    const rarity = { entities: 100, once: 10, twice: 5 }
    expect(valueChance(0, rarity)).toBeCloseTo(10.5 / 11 / 100, 12)
    expect(valueChance(30, rarity)).toBeCloseTo((30 + 10.5 / 11) / 100, 12)
  })

  it('never grow where values agree less', () => {
    const ordered = inOrder([0.8, 0.1, 0.02, 0.01, 0.07], [0.1, 0.1, 0.6, 0.01, 0.19])
    // near 0.02/0.6 and far 0.07/0.19 share (0.02 + 0.07)/(0.6 + 0.19).
    expect(ordered[LEVEL.near]).toBeCloseTo((0.6 * 0.09) / 0.79, 12)
    expect(ordered[LEVEL.far]).toBeCloseTo((0.19 * 0.09) / 0.79, 12)
    expect(ordered.slice(0, 2)).toEqual([0.8, 0.1])
  })
})

describe('estimating', () => {
  const truth = { lambda: 0.02, m: [0.9, 0.8, 0.7], u: [0.1, 0.2, 0.05] }
  const allPairs = 1_000_000

  function expectedCounts(): Map<number, number> {
    const counts = new Map<number, number>()
    for (let bits = 0; bits < 8; bits += 1) {
      const agrees = [0, 1, 2].map((at) => (bits >> at) % 2 === 1)
      const chance = (shares: number[]) => agrees.reduce((product, agree, at) => product * (agree ? (shares[at] ?? 0) : 1 - (shares[at] ?? 0)), 1)
      const pattern = agrees.reduceRight((sum, agree) => sum * 6 + (agree ? LEVEL.exact : LEVEL.far), 0)
      counts.set(pattern, allPairs * (truth.lambda * chance(truth.m) + (1 - truth.lambda) * chance(truth.u)))
    }
    return counts
  }

  it('finds m, u and λ that made the patterns', () => {
    const columns = ['a', 'b', 'c'].map((name) => ({ name, kind: 'code' as const, moves: [] }))
    const counts = expectedCounts()
    const { model } = estimateModel({ columns, blocked: counts, random: counts, allPairs })
    expect(model.lambda).toBeCloseTo(truth.lambda, 2)
    for (const [at, each] of model.fields.entries()) {
      expect(each.m[LEVEL.exact]).toBeCloseTo(truth.m[at] ?? 0, 1)
      expect(each.u[LEVEL.exact]).toBeCloseTo(truth.u[at] ?? 0, 2)
      expect(each.m.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9)
    }
  })
})

describe('clusters', () => {
  const chain = [{ a: 0, b: 1, weight: 9 }, { a: 1, b: 2, weight: 5 }, { a: 3, b: 4, weight: 1 }]

  it('join through others', () => {
    expect([...clustersOf(5, chain, { mostRows: 10 }).clusterOf]).toEqual([0, 0, 0, 3, 3])
  })

  it('do not grow beyond their guard; the surest link wins', () => {
    const { clusterOf, refused } = clustersOf(5, chain, { mostRows: 2 })
    expect([...clusterOf]).toEqual([0, 0, 2, 3, 3])
    expect(refused).toEqual([chain[1]])
  })

  it('never hold two that conflict, not even through a third', () => {
    const { clusterOf, refused } = clustersOf(3, chain.slice(0, 2), { mostRows: 10, conflict: (a, b) => a + b === 2 && a !== b })
    expect([...clusterOf]).toEqual([0, 0, 2])
    expect(refused).toHaveLength(1)
  })

  it('are measured over all pairs', () => {
    // Found {0,1,2}, {3}; true {0,1}, {2,3}: three found pairs, two true, one in both.
    expect(agreementOf([0, 0, 0, 3], ['x', 'x', 'y', 'y'])).toEqual({ truePairs: 2, foundPairs: 3, precision: 1 / 3, recall: 1 / 2, f1: 2 / 5 })
    expect(agreementOf([0, 1], ['x', 'y'])).toMatchObject({ precision: null, recall: null, f1: null })
  })
})

describe('people', () => {
  const person = (more: Partial<MatchRecord>): MatchRecord => ({ id: newId('per'), name: '', phones: [], emails: [], wechats: [], companies: [], domains: [], city: '', title: '', ...more })

  it('are explained: the parts and the prior sum to the weight', () => {
    const { weight, prior, fields } = weighPeople(defaultModel, person({ name: '王芳', companies: ['线索科技'], city: '上海' }), person({ name: '王芳', companies: ['上海线索科技'] }))
    expect(fields.reduce((sum, part) => sum + part.weight, prior)).toBeCloseTo(weight, 12)
    expect(Object.fromEntries(fields.map(({ field: name, level }) => [name, level]))).toEqual({
      name: 'exact', phone: 'missing', email: 'missing', company: 'close', domain: 'missing', city: 'missing', title: 'missing',
    })
  })

  it('with a masked number that fits agree a little, with one that does not, not at all', () => {
    const masked = person({ phones: ['+86138****5678'] })
    const phoneLevel = (phone: string) => weighPeople(defaultModel, masked, person({ phones: [phone] })).fields.find(({ field: name }) => name === 'phone')?.level
    expect(phoneLevel('+8613812345678')).toBe('near')
    expect(phoneLevel('+8613912345678')).toBe('far')
  })

  it('fall into three bands', () => {
    expect([0.995, 0.99, 0.5, 0.3, 0.29].map((probability) => bandOf(probability, usualThresholds))).toEqual(['auto', 'auto', 'review', 'review', 'new'])
  })
})
