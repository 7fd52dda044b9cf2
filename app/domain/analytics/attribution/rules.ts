import { channelsOf, type Credit, type Credits, type Path } from './paths'

/** How much of one conversion each touch of a path gets; sums to 1. */
export type Rule = (channels: readonly string[]) => number[]

const DIRECT = /^\(?direct\)?(?:[ _-]?traffic|\s*\/\s*\(?none\)?)?$/i

export const first: Rule = (channels) => channels.map((_, at) => (at === 0 ? 1 : 0))
export const last: Rule = (channels) => channels.map((_, at) => (at === channels.length - 1 ? 1 : 0))
export const linear: Rule = (channels) => channels.map(() => 1 / channels.length)

/** The last touch that is not direct; direct only where there is nothing else. */
export const lastNonDirect: Rule = (channels) => {
  const at = channels.findLastIndex((channel) => !DIRECT.test(channel.trim()))
  return at === -1 ? last(channels) : channels.map((_, place) => (place === at ? 1 : 0))
}

/** So much for the first and the last touch, the rest evenly between; of two touches the shares of the ends are renormalised. */
export const position = (begins = 0.4, ends = 0.4): Rule => (channels) => {
  const { length } = channels
  if (length === 1) return [1]
  if (length === 2) return [begins / (begins + ends), ends / (begins + ends)]
  return channels.map((_, at) => (at === 0 ? begins : at === length - 1 ? ends : (1 - begins - ends) / (length - 2)))
}

/** Halved for each `halfLifeDays` between a touch and the conversion. `days` are those distances, in the order of the touches. */
export function timeDecay(days: readonly number[], halfLifeDays: number): number[] {
  // From the nearest touch on: a path of years would be nothing but zeros.
  const nearest = Math.min(...days)
  return normalised(days.map((each) => 2 ** (-(each - nearest) / halfLifeDays)))
}

/** Touches by what happened with them: U, W and full path. A touch may hold several milestones. */
export type Milestone = 'first' | 'lead' | 'opportunity' | 'won'
export const milestoneShares = {
  u: { first: 0.4, lead: 0.4 }, w: { first: 0.3, lead: 0.3, opportunity: 0.3 }, full: { first: 0.225, lead: 0.225, opportunity: 0.225, won: 0.225 },
} as const satisfies Record<string, Partial<Record<Milestone, number>>>

/**
 * Shares of milestones to the touches that hold them, the rest evenly to those that hold none. Without touches between,
 * their share is spread over the milestones; a milestone nobody holds is left out and the others renormalised (HubSpot, Marketo Measure).
 */
export function milestones(touches: number, held: Partial<Record<Milestone, number>>, shares: Partial<Record<Milestone, number>>): number[] {
  const weights = Array.from({ length: touches }, () => 0)
  const holders = new Set<number>()
  const middle = 1 - Object.values(shares).reduce((sum, share) => sum + share, 0)
  for (const [name, share] of Object.entries(shares) as [Milestone, number][]) {
    const at = held[name]
    if (at === undefined || at < 0 || at >= touches) continue
    weights[at] = (weights[at] ?? 0) + share
    holders.add(at)
  }
  const between = touches - holders.size
  return normalised(between === 0 ? weights : weights.map((weight, at) => (holders.has(at) ? weight : middle / between)))
}

const normalised = (weights: readonly number[]): number[] => {
  const sum = weights.reduce((total, weight) => total + weight, 0)
  return sum === 0 ? weights.map(() => 1 / weights.length) : weights.map((weight) => weight / sum)
}

/** Conversions and value of paths by a rule. */
export function creditBy(rule: Rule, paths: readonly Path[]): Credits {
  const credits = new Map<string, Credit>(channelsOf(paths).map((channel) => [channel, { conversions: 0, value: 0 }]))
  for (const { channels, conversions, value } of paths) {
    if (conversions === 0 && value === 0) continue
    rule(channels).forEach((share, at) => {
      const credit = credits.get(channels[at] ?? '')
      if (credit === undefined) return
      credit.conversions += share * conversions
      credit.value += share * value
    })
  }
  return credits
}
