import type { Rule } from './rules'

/**
 * Shapley over the set of channels touched, order-blind: each conversion is split equally over its distinct channels
 * (Zhao, Mahboobi and Bagheri 2018, arXiv 1804.05327, theorem 1). A channel touched twice gets its share once.
 */
export const shapley: Rule = (channels) => {
  const distinct = new Set(channels)
  const seen = new Set<string>()
  return channels.map((channel) => {
    if (seen.has(channel)) return 0
    seen.add(channel)
    return 1 / distinct.size
  })
}
