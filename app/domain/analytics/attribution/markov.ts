import { channelsOf, totalOf, type Credits, type Path } from './paths'

/**
 * States in the order in which paths met them. The ways out of a state lie in `to` and `by` from `from[state]` on, without
 * the way to itself: that one is divided out of everything. `win` and `worth`: what one visit gives at its end.
 */
type Chain = { last: Int32Array; starts: Float64Array; from: Int32Array; to: Int32Array; by: Float64Array; win: Float64Array; worth: Float64Array }
type Reached = { conversions: number; value: number }
export type MarkovReport = { credits: Credits; removal: ReadonlyMap<string, number>; probability: number }

/** Of what is sought, between two rounds. */
const PRECISE = 1e-14
const MOST_ROUNDS = 100_000

/**
 * Removal effects in an absorbing chain whose states are the last `order` touches, solved to the precision of the
 * numbers and never simulated: how much of what is won would be lost if every way into a channel ended. Credits are
 * shares of the sum of effects; value has an effect of its own. Paths weigh by conversions and nulls.
 */
export function markov(paths: readonly Path[], order: number): MarkovReport {
  const channels = channelsOf(paths)
  const chain = chainOf(paths, channels, order)
  const whole = reached(chain, -1)
  const won = totalOf(paths, ({ conversions }) => conversions)
  const worth = totalOf(paths, ({ value }) => value)
  const effects = channels.map((_, at) => {
    const without = reached(chain, at)
    return { conversions: effect(without.conversions, whole.conversions), value: effect(without.value, whole.value) }
  })
  const sums = { conversions: effects.reduce((sum, each) => sum + each.conversions, 0), value: effects.reduce((sum, each) => sum + each.value, 0) }
  const part = (of: keyof Reached, at: number, total: number) => (sums[of] === 0 ? 0 : ((effects[at]?.[of] ?? 0) / sums[of]) * total)
  return {
    credits: new Map(channels.map((channel, at) => [channel, { conversions: part('conversions', at, won), value: part('value', at, worth) }])),
    removal: new Map(channels.map((channel, at) => [channel, effects[at]?.conversions ?? 0])), probability: whole.conversions,
  }
}

// What rounding leaves of nothing is nothing: a channel on no won path has no effect.
function effect(without: number, whole: number): number {
  if (whole === 0) return 0
  const lost = 1 - without / whole
  return lost < 1e-12 ? 0 : Math.min(1, lost)
}

type Counts = { next: Map<number, number>; won: number; worth: number; all: number }

function chainOf(paths: readonly Path[], channels: readonly string[], order: number): Chain {
  const place = new Map(channels.map((channel, at) => [channel, at]))
  const states = new Map<string, number>()
  const counts: Counts[] = []
  const last: number[] = []
  const begun = new Map<number, number>()
  let all = 0
  for (const { channels: path, conversions, value, nulls } of paths) {
    const times = conversions + nulls
    if (times === 0 || path.length === 0) continue
    const touched = path.map((channel) => place.get(channel) ?? 0)
    let before = -1
    touched.forEach((channel, at) => {
      const key = touched.slice(Math.max(0, at - order + 1), at + 1).join()
      const state = states.get(key) ?? states.size
      if (state === states.size) {
        states.set(key, state)
        counts.push({ next: new Map(), won: 0, worth: 0, all: 0 })
        last.push(channel)
      }
      const ways = before === -1 ? begun : counts[before]?.next
      ways?.set(state, (ways.get(state) ?? 0) + times)
      before = state
      const here = counts[state]
      if (here !== undefined) here.all += times
    })
    const end = counts[before]
    if (end !== undefined) [end.won, end.worth] = [end.won + conversions, end.worth + value]
    all += times
  }
  const starts = new Float64Array(states.size)
  for (const [state, times] of begun) starts[state] = times / all
  return { last: Int32Array.from(last), starts, ...waysOf(counts) }
}

function waysOf(counts: readonly Counts[]): Omit<Chain, 'last' | 'starts'> {
  const from = new Int32Array(counts.length + 1)
  const [to, by]: [number[], number[]] = [[], []]
  const [win, worth] = [new Float64Array(counts.length), new Float64Array(counts.length)]
  counts.forEach(({ next, won, worth: gained, all }, state) => {
    const others = all - (next.get(state) ?? 0)
    for (const [other, times] of next) {
      if (other === state) continue
      to.push(other)
      by.push(times / others)
    }
    win[state] = others === 0 ? 0 : won / others
    worth[state] = others === 0 ? 0 : gained / others
    from[state + 1] = to.length
  })
  return { from, to: Int32Array.from(to), by: Float64Array.from(by), win, worth }
}

/**
 * What is won from the start, per journey, when nobody comes to `removed` (-1: everybody may). Gauss and Seidel on
 * h = win + by · h, the latest states first because paths lead on to them.
 */
function reached({ last, starts, from, to, by, win, worth }: Chain, removed: number): Reached {
  const chance = new Float64Array(win.length)
  const gain = new Float64Array(win.length)
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    let moved = 0
    for (let state = win.length - 1; state >= 0; state -= 1) {
      if (last[state] === removed) continue
      let won = win[state] ?? 0
      let gained = worth[state] ?? 0
      for (let at = from[state] ?? 0, end = from[state + 1] ?? 0; at < end; at += 1) {
        const next = to[at] ?? 0
        const share = by[at] ?? 0
        won += share * (chance[next] ?? 0)
        gained += share * (gain[next] ?? 0)
      }
      // Values only grow from nothing, so what is left to come shrinks with what came.
      const step = won - (chance[state] ?? 0)
      if (step > moved * won) moved = step / won
      chance[state] = won
      gain[state] = gained
    }
    if (moved <= PRECISE) break
  }
  const sum: Reached = { conversions: 0, value: 0 }
  starts.forEach((share, state) => {
    if (share === 0 || last[state] === removed) return
    sum.conversions += share * (chance[state] ?? 0)
    sum.value += share * (gain[state] ?? 0)
  })
  return sum
}
