import { chooseKeys, eachPair, usualLimits, type BlockingKey, type BlockingLimits } from './candidate-pairs'
import { clustersOf, type ClusterGuard, type Link } from './clusters'
import { estimateModel } from './estimate-model'
import { frequenciesOf, pairWeight, type Frequencies } from './value-frequencies'
import { levelWeight, priorWeight, type Model } from './model'
import { randomPatterns } from './random-pairs'
import { levelsOf, patternOf, type Table } from './table'

export type Found = {
  model: Model
  keys: BlockingKey[]
  /** Pairs that were compared. */
  compared: number
  /** Pairs worth looking at, the surest first: all with a probability of at least `keep`. Weights hold the prior. */
  pairs: Link[]
  clusterOf: Int32Array
  refused: Link[]
  frequency: Frequencies
  wasCompared: (a: number, b: number) => boolean
}
export type FindOptions = { limits?: BlockingLimits; guard?: ClusterGuard; joinAt?: number; keep?: number; seed?: number }

const EVEN = 0
const usualGuard: ClusterGuard = { mostRows: 50 }

/**
 * Finds the records of a table that are one entity. No label is needed: keys are chosen from the table, u comes from
 * random pairs, m from expectation–maximisation. Frequent values count for less once entities are told apart.
 */
export function findDuplicates(table: Table, { limits = usualLimits, guard = usualGuard, joinAt = EVEN, keep = -10, seed = 1 }: FindOptions = {}): Found {
  const keys = chooseKeys(table, limits)
  const candidates = compare(table, keys, limits)
  const { model } = estimateModel({
    columns: table.columns, blocked: candidates.counts, random: randomPatterns(table, seed), allPairs: (table.size * (table.size - 1)) / 2,
  })
  const weights = plainWeights(model, candidates.patterns)
  const first = clustersOf(table.size, linksOf(candidates, (at) => weights[candidates.patternAt(at)] ?? -Infinity, joinAt), guard)
  const frequency = frequenciesOf(table, first.clusterOf)
  const rough = linksOf(candidates, (at) => weights[candidates.patternAt(at)] ?? -Infinity, keep - ROOM)
  const pairs = rough.map(({ a, b }) => ({ a, b, weight: pairWeight(table, model, frequency, a, b) })).filter(({ weight }) => weight >= keep).sort((x, y) => y.weight - x.weight)
  const { clusterOf, refused } = clustersOf(table.size, pairs.filter(({ weight }) => weight >= joinAt), guard)
  return { model, keys, compared: candidates.length, pairs, clusterOf, refused, frequency, wasCompared: (a, b) => candidates.blocks.some((of) => (of[a] ?? -1) >= 0 && of[a] === of[b]) }
}

// Frequencies move a weight by bits in either direction: what is clearly out stays out.
const ROOM = 20

type Candidates = { length: number; patterns: number[]; counts: Map<number, number>; left: Uint32Array; right: Uint32Array; patternAt: (at: number) => number; blocks: Int32Array[] }

function compare(table: Table, keys: readonly BlockingKey[], limits: BlockingLimits): Candidates {
  let [left, right, shown] = [new Uint32Array(1024), new Uint32Array(1024), new Uint32Array(1024)]
  let length = 0
  const places = new Map<number, number>()
  const counts: number[] = []
  const blocks = eachPair(table, keys, limits, (a, b) => {
    if (length === left.length) [left, right, shown] = [doubled(left), doubled(right), doubled(shown)]
    const pattern = patternOf(table, a, b)
    let place = places.get(pattern)
    if (place === undefined) { place = places.size; places.set(pattern, place) }
    counts[place] = (counts[place] ?? 0) + 1
    left[length] = a
    right[length] = b
    shown[length] = place
    length += 1
  })
  const patterns = [...places.keys()]
  return { length, patterns, counts: new Map(patterns.map((pattern, at) => [pattern, counts[at] ?? 0])), left, right, patternAt: (at) => shown[at] ?? 0, blocks }
}

function doubled(from: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const grown = new Uint32Array(from.length * 2)
  grown.set(from)
  return grown
}

function plainWeights({ fields, lambda }: Model, patterns: readonly number[]): number[] {
  return patterns.map((pattern) => levelsOf(pattern, fields.length).reduce((sum, level, at) => sum + (fields[at] ? levelWeight(fields[at], level) : 0), priorWeight(lambda)))
}

function linksOf({ length, left, right }: Candidates, weightAt: (at: number) => number, least: number): Link[] {
  const links: Link[] = []
  for (let at = 0; at < length; at += 1) {
    const weight = weightAt(at)
    if (weight >= least) links.push({ a: left[at] ?? 0, b: right[at] ?? 0, weight })
  }
  return links
}
