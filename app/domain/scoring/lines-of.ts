import type { Id } from '~/lib/ids'
import { countedKinds, type CardLine, type CardTerms } from './card-terms'
import type { Because, Cause } from './criteria/adapter'
import { causesOf } from './criteria/registry'
import type { LeadFacts } from './lead-facts'
import { BASE_LINE, type ScoreGroup } from './vocabulary'

/** A line as facts give it: what a lead should have, whenever one looks. */
export type WantedLine = {
  line: string; cause: string; group: ScoreGroup; points: number; because: Because; touchId: Id<'tch'> | null; at: Date; halfLifeDays: number | null; expiresAt: Date | null
}

const DAY_MS = 86_400_000

/**
 * The lines of a card that facts give, the base first. What is counted is put in order by when it happened and its key,
 * so neither the order of the facts nor "now" matters. Somebody who may not be profiled has none.
 */
export function linesOf(terms: CardTerms, facts: LeadFacts): WantedLine[] {
  if (facts.hasObjection) return []
  const byKey = new Map(terms.lines.map((line) => [line.key, line]))
  const found = new Map<string, WantedLine[]>()
  const linesBy = (key: string): WantedLine[] => {
    const done = found.get(key)
    const line = byKey.get(key)
    if (done !== undefined || line === undefined) return done ?? []
    // In a circle of lines that need each other nothing holds.
    found.set(key, [])
    const lines = linesFor(line, facts, line.onlyWith === null ? null : linesBy(line.onlyWith))
    found.set(key, lines)
    return lines
  }
  const base: WantedLine = { line: BASE_LINE, cause: 'is', group: 'fit', points: terms.base, because: { kind: 'base' }, touchId: null, at: facts.cameInAt, halfLifeDays: null, expiresAt: null }
  return [base, ...terms.lines.flatMap(({ key }) => linesBy(key))]
}

function linesFor(line: CardLine, facts: LeadFacts, needed: readonly WantedLine[] | null): WantedLine[] {
  if (needed !== null && needed.length === 0) return []
  const { kind } = line.criterion
  const causes = [...causesOf(line.criterion, facts)].sort((a, b) => a.at.getTime() - b.at.getTime() || (a.cause < b.cause ? -1 : 1))
  const counted = countedKinds.has(kind) ? capped(line, causes) : causes
  return counted.flatMap(({ cause, at, value, count, touchId, endsAt }) => {
    const expiresAt = earliest([line.expiresDays === null ? null : new Date(at.getTime() + line.expiresDays * DAY_MS), endsAt ?? null, needed === null ? null : latestEnd(needed)])
    if (expiresAt !== null && expiresAt <= at) return []
    const because = { kind, ...(value === undefined ? {} : { value }), ...(count === undefined ? {} : { count }) }
    return { line: line.key, cause, group: line.group, points: line.points, because, touchId: touchId ?? null, at, halfLifeDays: line.halfLifeDays, expiresAt }
  })
}

/** At most one in so many days, then at most so many: the latest where points decay or end, for the first are worth less by then. */
function capped({ everyDays, most, halfLifeDays, expiresDays }: CardLine, causes: readonly Cause[]): Cause[] {
  const spaced: Cause[] = []
  for (const cause of causes) {
    const last = spaced.at(-1)
    if (everyDays === null || last === undefined || cause.at.getTime() >= last.at.getTime() + everyDays * DAY_MS) spaced.push(cause)
  }
  if (most === null || spaced.length <= most) return spaced
  return halfLifeDays === null && expiresDays === null ? spaced.slice(0, most) : spaced.slice(-most)
}

const earliest = (moments: readonly (Date | null)[]): Date | null => moments.reduce((first, each) => (first === null || (each !== null && each < first) ? each : first), null)

function latestEnd(lines: readonly WantedLine[]): Date | null {
  let last: Date | null = new Date(0)
  for (const { expiresAt } of lines) last = last === null || expiresAt === null ? null : expiresAt > last ? expiresAt : last
  return last
}
