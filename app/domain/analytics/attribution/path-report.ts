import { markov } from './markov'
import { channelsOf, totalOf, type Credit, type Credits, type Path } from './paths'
import { creditBy, first, last, lastNonDirect, linear, position } from './rules'
import { shapley } from './shapley'

export const pathModels = ['first', 'last', 'last_non_direct', 'linear', 'position', 'markov_1', 'markov_2', 'markov_3', 'shapley'] as const
export type PathModel = (typeof pathModels)[number]
export type AttributionReport = { models: Record<PathModel, Record<string, Credit>>; conversions: number; value: number; nulls: number }

const models: Record<PathModel, (paths: readonly Path[]) => Credits> = {
  first: (paths) => creditBy(first, paths), last: (paths) => creditBy(last, paths), last_non_direct: (paths) => creditBy(lastNonDirect, paths),
  linear: (paths) => creditBy(linear, paths), position: (paths) => creditBy(position(), paths),
  markov_1: (paths) => markov(paths, 1).credits, markov_2: (paths) => markov(paths, 2).credits, markov_3: (paths) => markov(paths, 3).credits,
  shapley: (paths) => creditBy(shapley, paths),
}

/** Every model that needs nothing but paths, on the same paths. In each the credits of all channels sum to the conversions, and to the value. */
export function attributionReport(paths: readonly Path[]): AttributionReport {
  const channels = channelsOf(paths)
  const table = (credits: Credits) => Object.fromEntries(channels.map((channel) => [channel, credits.get(channel) ?? { conversions: 0, value: 0 }]))
  return {
    models: Object.fromEntries(pathModels.map((model) => [model, table(models[model](paths))])) as AttributionReport['models'],
    conversions: totalOf(paths, ({ conversions }) => conversions), value: totalOf(paths, ({ value }) => value), nulls: totalOf(paths, ({ nulls }) => nulls),
  }
}
