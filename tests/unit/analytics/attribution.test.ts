import { Matrix, solve } from 'ml-matrix'
import { describe, expect, it } from 'vitest'
import { markov } from '~/domain/analytics/attribution/markov'
import { attributionReport, pathModels } from '~/domain/analytics/attribution/path-report'
import type { Credits, Path } from '~/domain/analytics/attribution/paths'
import { creditBy, first, last, lastNonDirect, linear, milestones, milestoneShares, position, timeDecay, type Rule } from '~/domain/analytics/attribution/rules'
import { shapley } from '~/domain/analytics/attribution/shapley'
import { seeded } from '~/lib/seeded'
import { readSharedFile, sharedTest } from '~tests/support/shared-data'

const path = (channels: string[], conversions = 1, nulls = 0, value = 0): Path => ({ channels, conversions, nulls, value })
const conversionsOf = (credits: Credits) => Object.fromEntries([...credits].map(([channel, credit]) => [channel, credit.conversions]))
const close = (found: Record<string, number>, wanted: Record<string, number>, digits = 9) => {
  for (const [channel, share] of Object.entries(wanted)) expect(found[channel] ?? 0, channel).toBeCloseTo(share, digits)
}

type Vector = {
  source: string; paths?: string[][]; paths_agg?: { path: string[]; conv?: number; null?: number }[]; removal_effects?: Record<string, number>; markov_conversions?: Record<string, number>
  exact?: { removal_effects: Record<string, number>; markov_conversions: Record<string, number> }; first_touch?: Record<string, number>; last_touch?: Record<string, number>; linear?: Record<string, number>
  position_40_20_40?: Record<string, number>; position_30_0_70?: Record<string, number>; shapley?: Record<string, number>
}

describe('attribution', () => {
  sharedTest('reproduces the published examples', 'data/oracles/published_vectors.json', (file) => {
    const { attribution } = JSON.parse(readSharedFile(file)) as { attribution: Vector[] }
    let checked = 0
    for (const vector of attribution.filter((each) => each.paths !== undefined || each.paths_agg !== undefined)) {
      const paths = vector.paths_agg?.map((each) => path(each.path, each.conv ?? 0, each.null ?? 0)) ??
        (vector.paths ?? []).map((each) => path(each.filter((step) => step !== 'CONV' && step !== 'NULL'), each.at(-1) === 'CONV' ? 1 : 0, each.at(-1) === 'CONV' ? 0 : 1))
      const rules: [Rule, Record<string, number> | undefined][] = [
        [first, vector.first_touch], [last, vector.last_touch], [linear, vector.linear], [position(), vector.position_40_20_40], [position(0.3, 0.7), vector.position_30_0_70], [shapley, vector.shapley],
      ]
      for (const [rule, wanted] of rules) {
        if (wanted === undefined) continue
        close(conversionsOf(creditBy(rule, paths)), wanted)
        checked += 1
      }
      const chain = vector.exact ?? vector
      if (chain.markov_conversions === undefined) continue
      const found = markov(paths, 1)
      close(conversionsOf(found.credits), chain.markov_conversions)
      close(Object.fromEntries(found.removal), chain.removal_effects ?? {})
      checked += 1
    }
    expect(checked).toBe(12)
  })

  it('halves by the days to the conversion, as the worked example does', () => {
    // Touches 38, 33, 26, 8 and 0 days before; 12,000 to give; published to the nearest 5.
    const shares = timeDecay([38, 33, 26, 8, 0], 7).map((share) => share * 12_000)
    for (const [at, wanted] of [175, 290, 575, 3_415, 7_545].entries()) expect(Math.abs((shares[at] ?? 0) - wanted)).toBeLessThanOrEqual(3)
    expect(timeDecay([4_000, 4_007], 7)).toEqual([2 / 3, 1 / 3])
  })

  it('gives milestones their shares, what lies between the rest, and a touch with two of them both', () => {
    for (const [at, share] of [0.4, 0.1, 0.4, 0.1].entries()) expect(milestones(4, { first: 0, lead: 2 }, milestoneShares.u)[at]).toBeCloseTo(share, 12)
    expect(milestones(1, { first: 0, lead: 0 }, milestoneShares.u)).toEqual([1])
    expect(milestones(2, { first: 0, lead: 1 }, milestoneShares.u)).toEqual([0.5, 0.5])
    const noOpportunity = milestones(3, { first: 0, lead: 2 }, milestoneShares.w)
    close({ a: noOpportunity[0] ?? 0, b: noOpportunity[1] ?? 0 }, { a: 3 / 7, b: 1 / 7 })
  })

  it('gives direct the credit only where there is nothing else', () => {
    expect(lastNonDirect(['Search', 'Direct'])).toEqual([1, 0])
    expect(lastNonDirect(['(direct) / (none)', 'direct_traffic'])).toEqual([0, 1])
    expect(lastNonDirect(['Directory', 'direct'])).toEqual([1, 0])
  })

  it('keeps every conversion and all of the value in every model, whatever the paths', () => {
    const paths = somePaths(20261122, 400)
    const report = attributionReport(paths)
    const [conversions, value] = [paths.reduce((sum, each) => sum + each.conversions, 0), paths.reduce((sum, each) => sum + each.value, 0)]
    for (const model of pathModels) {
      const credits = Object.values(report.models[model])
      expect(Math.abs(credits.reduce((sum, credit) => sum + credit.conversions, 0) - conversions), model).toBeLessThan(1e-6)
      expect(Math.abs(credits.reduce((sum, credit) => sum + credit.value, 0) - value) / value, model).toBeLessThan(1e-9)
    }
  })

  it('solves order 1 as the linear equations do', () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const paths = somePaths(seed, 60)
      const found = markov(paths, 1)
      const { removal, probability } = byEquations(paths)
      expect(found.probability).toBeCloseTo(probability, 12)
      for (const [channel, effect] of Object.entries(removal)) expect(found.removal.get(channel), `${seed} ${channel}`).toBeCloseTo(effect, 10)
    }
  })

  it('has the properties of the chain: what is won is what was won, loops and scale change nothing, who leads to no win gets nothing', () => {
    const paths = somePaths(9, 80)
    const [won, all] = [paths.reduce((sum, each) => sum + each.conversions, 0), paths.reduce((sum, each) => sum + each.conversions + each.nulls, 0)]
    expect(markov(paths, 1).probability).toBeCloseTo(won / all, 12)
    expect(markov(paths.filter(({ conversions }) => conversions > 0).map((each) => ({ ...each, nulls: 0 })), 2).probability).toBeCloseTo(1, 12)
    const effects = (of: readonly Path[]) => Object.fromEntries(markov(of, 1).removal)
    close(effects(paths.map((each) => ({ ...each, conversions: each.conversions * 7, nulls: each.nulls * 7 }))), effects(paths), 11)
    close(effects(paths.map((each) => ({ ...each, channels: each.channels.flatMap((channel) => [channel, channel]) }))), effects(paths), 10)
    const idle = markov([...paths, path(['billboard', 'billboard'], 0, 50)], 3)
    expect(idle.credits.get('billboard')).toEqual({ conversions: 0, value: 0 })
  })
})

function somePaths(seed: number, rows: number): Path[] {
  const random = seeded(seed)
  const channels = ['search', 'social', 'mail', 'direct', 'webinar', 'partner']
  return Array.from({ length: rows }, () => {
    const conversions = random() < 0.5 ? Math.floor(random() * 5) : 0
    return { channels: Array.from({ length: 1 + Math.floor(random() * 6) }, () => channels[Math.floor(random() ** 1.5 * channels.length)] ?? ''), conversions, value: conversions * Math.floor(random() * 10_000), nulls: 1 + Math.floor(random() * 9) }
  })
}

/** P = start (I − Q)⁻¹ b by elimination, and the same without each channel. */
function byEquations(paths: readonly Path[]): { probability: number; removal: Record<string, number> } {
  const names = [...new Set(paths.flatMap(({ channels }) => channels))]
  const n = names.length
  const counts = Matrix.zeros(n + 1, n + 2)
  for (const { channels, conversions, nulls } of paths) {
    const steps = [n, ...channels.map((channel) => names.indexOf(channel))]
    steps.forEach((step, at) => {
      const next = steps[at + 1]
      if (next !== undefined) counts.set(step, next, counts.get(step, next) + conversions + nulls)
      else {
        counts.set(step, n, counts.get(step, n) + conversions)
        counts.set(step, n + 1, counts.get(step, n + 1) + nulls)
      }
    })
  }
  const share = (from: number, to: number) => counts.get(from, to) / counts.getRow(from).reduce((sum, each) => sum + each, 0)
  const wonFrom = (without: number) => {
    const kept = names.map((_, at) => at).filter((at) => at !== without)
    const a = Matrix.eye(kept.length).sub(new Matrix(kept.map((from) => kept.map((to) => share(from, to)))))
    const h = solve(a, Matrix.columnVector(kept.map((from) => share(from, n))))
    return kept.reduce((sum, at, row) => sum + share(n, at) * h.get(row, 0), 0)
  }
  const probability = wonFrom(-1)
  return { probability, removal: Object.fromEntries(names.map((name, at) => [name, 1 - wonFrom(at) / probability])) }
}
