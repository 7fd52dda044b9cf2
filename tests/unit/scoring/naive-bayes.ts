/** The scoring peers use, as their published examples have it: counts per team that start at 0.1, multiplied as if fields were independent. */
export type Counted = { won: number; lost: number }
export type Lead = { team: string | null; stage: string; outcome: 'won' | 'lost' | null; fields: Record<string, string | null> }
const START = 0.1
const rounded = (share: number) => Math.min(99.99, Math.max(0.01, Math.round(share * 10_000) / 100))

/** How likely a lead is won, in percent, from counts of its values, the sums of its fields, and those of the first stage. */
export function likelihood(first: Counted, stage: Counted, values: readonly { value: Counted; all: Counted }[]): number {
  const won = first.won * (stage.won / first.won) * values.reduce((product, { value, all }) => product * (value.won / all.won), 1)
  const lost = first.lost * (stage.lost / first.lost) * values.reduce((product, { value, all }) => product * (value.lost / all.lost), 1)
  return rounded(won / (won + lost))
}

type Table = Map<string, Counted>

/** Counts of one team: a won lead counts for every stage, a lost one for those up to its own; empty fields count for nothing. */
function countsOf(leads: readonly Lead[], stages: readonly string[]): Table {
  const counts: Table = new Map()
  const add = (key: string, outcome: 'won' | 'lost') => {
    const known = counts.get(key) ?? { won: START, lost: START }
    counts.set(key, { ...known, [outcome]: known[outcome] + 1 })
  }
  for (const { stage, outcome, fields } of leads) {
    if (outcome === null) continue
    for (const [at, each] of stages.entries()) if (outcome === 'won' || at <= stages.indexOf(stage)) add(`stage ${each}`, outcome)
    for (const [field, value] of Object.entries(fields)) if (value !== null) add(`${field}=${value}`, outcome)
  }
  return counts
}

/** Teams put together keep the start of one. */
function pooled(tables: readonly Table[]): Table {
  const all: Table = new Map()
  for (const table of tables) {
    for (const [key, { won, lost }] of table) {
      const known = all.get(key) ?? { won: 0, lost: 0 }
      all.set(key, { won: known.won + won, lost: known.lost + lost })
    }
  }
  return all
}

/** What the published example answers for a lead, learned from the others. */
export function naiveBayes(leads: readonly Lead[], stages: readonly string[]): (lead: Lead) => number {
  const teams = new Map([...new Set(leads.map(({ team }) => team))].map((team) => [team, countsOf(leads.filter((each) => each.team === team), stages)]))
  const all = pooled([...teams.values()])
  return ({ team, stage, fields }) => {
    const own = team === null ? undefined : teams.get(team)
    const counts = own === undefined || own.size === 0 ? all : own
    const at = (key: string) => counts.get(key)
    const [first, here] = [at(`stage ${stages[0] ?? ''}`), at(`stage ${stage}`)]
    if (first === undefined || here === undefined) return 0
    const values = Object.entries(fields).flatMap(([field, value]) => {
      const known = value === null ? undefined : at(`${field}=${value}`)
      if (known === undefined) return []
      const sum = [...counts].filter(([key]) => key.startsWith(`${field}=`)).reduce((total, [, each]) => ({ won: total.won + each.won, lost: total.lost + each.lost }), { won: 0, lost: 0 })
      return [{ value: known, all: sum }]
    })
    return likelihood(first, here, values)
  }
}
