import { setImmediate } from 'node:timers/promises'
import { calibrationOf } from '../backtest/figures'
import { chanceOfPoints, scoreOf } from '../backtest/score-facts'
import type { KnownValues } from '../cards/known-values'
import { lineFaults } from '../cards/line-faults'
import type { CardTerms, LearnedLesson } from '../contract'
import type { LeadFacts } from '../lead-facts'
import type { Column } from '../learned/columns'
import { findLeaks } from '../learned/find-leaks'
import { learn, type Model } from '../learned/learn-card'
import { areaUnder } from '../learned/quality'
import { forwardFolds } from '../learned/split-rows'
import { columnsOfFacts, type FactColumn, type FieldKinds } from './columns-of-facts'
import { HOURS_AFTER } from './facts-of'
import { linesOfModel, POINT } from './lines-of-model'
import { gate } from './past-leads'
import { withThresholds } from './thresholds'

/** `later`: the same lead as it is now; `ever`: it came good, be it later than was asked. */
export type Pupil = { facts: LeadFacts; later: LeadFacts; isPositive: boolean; ever: boolean }
export type Taught = { terms: CardTerms; penalty: number } & Pick<LearnedLesson, 'leaks' | 'unused' | 'folds'>

const WINDOWS = 6
const LATE_WINDOWS = 2
const SELDOM = 10
/** Bounds of how much points are drawn out or in: a strong ridge shrinks weights that say something, and thin data makes much of chance. */
const [LEAST_STRETCHED, MOST_STRETCHED] = [0.1, 10]
const HOUR = 3_600_000

/**
 * Learns a card from leads, oldest first: what knows the outcome is named and left out unless allowed, the rest becomes lines of whole points.
 * Each window of time is judged by a card of what came before it; what those said together turns the points of the last card into chances.
 */
export async function teach(pupils: readonly Pupil[], { allow, known, kinds }: { allow: readonly string[]; known: KnownValues; kinds: FieldKinds }): Promise<Taught> {
  const outcomes = Uint8Array.from(pupils, ({ isPositive }) => Number(isPositive))
  const order = Int32Array.from(pupils.keys())
  const { columns, unused } = usable(columnsOfFacts(pupils.map(({ facts }) => facts), kinds, pupils.map(({ later }) => later)))
  await setImmediate()
  // What is filled in once a lead has come good knows the outcome, also where that came later than was asked.
  const ever = Uint8Array.from(pupils, (pupil) => Number(pupil.ever))
  const { leaks } = findLeaks({ columns: columns.map(({ column }) => column), outcomes: isMixed(order, ever) ? ever : outcomes, rows: order, isByTime: true, inRanges: new Set(), allowed: new Set() })
  const kept = columns.filter(({ column }) => allow.includes(column.name) || !leaks.some((leak) => leak.column === column.name))
  const parts = kept.flatMap((column) => column.parts.map((part) => part.column))
  const modelOf = (rows: Int32Array) => learn({ columns: parts, outcomes, rows, isByTime: true, inRanges: new Set() })
  const cardOf = (model: Model, stretch: number) => sound(linesOfModel(model, kept, stretch), known)
  const windows: Window[] = []
  for (const { train, test } of forwardFolds(order, WINDOWS)) {
    await setImmediate()
    if (isMixed(train, outcomes) && isMixed(test, outcomes)) windows.push({ model: modelOf(train), rate: train.reduce((sum, row) => sum + (outcomes[row] ?? 0), 0) / train.length, test: Array.from(test, (row) => pupils[row]).filter((pupil) => pupil !== undefined) })
  }
  await setImmediate()
  const model = modelOf(order)
  const late = tellingOf(windows)
  const plain = judge(late, (each) => cardOf(each, 1))
  const slope = calibrationOf(Float64Array.from(plain.totals), Uint8Array.from(plain.outcomes))?.slope ?? 1 / POINT
  const stretch = Math.min(MOST_STRETCHED, Math.max(LEAST_STRETCHED, slope * POINT))
  const judged = judge(windows, (each) => cardOf(each, stretch))
  const { terms, calibration } = centred(cardOf(model, stretch), judge(late, (each) => cardOf(each, stretch)))
  const scores = pupils.map(({ facts }) => scoreAfterADay(terms, facts))
  const points = { fit: scores.map(({ fit }) => fit), interest: scores.map(({ interest }) => interest) }
  return { terms: { ...withThresholds(terms, points, known), calibration }, penalty: model.penalty, unused, folds: judged.folds, leaks: leaks.map((leak) => ({ ...leak, isAllowed: allow.includes(leak.column) })) }
}

/** Points become chances by what the windows said together; the base is moved so that no points are an even chance. */
function centred(terms: CardTerms, { totals, outcomes }: Judgement): { terms: CardTerms; calibration: CardTerms['calibration'] } {
  const calibration = calibrationOf(Float64Array.from(totals), Uint8Array.from(outcomes))
  if (calibration === null) return { terms, calibration }
  const shift = Math.max(-1_000, Math.min(1_000, Math.round(calibration.offset / calibration.slope)))
  return { terms: { ...terms, base: terms.base + shift }, calibration: { slope: calibration.slope, offset: calibration.offset - calibration.slope * shift } }
}

export const scoreAfterADay = (terms: CardTerms, facts: LeadFacts) => scoreOf(terms, facts, new Date(facts.cameInAt.getTime() + HOURS_AFTER * HOUR))

function isMixed(rows: Int32Array, outcomes: Uint8Array): boolean {
  const positives = rows.reduce((sum, row) => sum + (outcomes[row] ?? 0), 0)
  return positives > 0 && positives < rows.length
}

type Window = { model: Model; /** share that came good before */ rate: number; test: readonly Pupil[] }
type Judgement = { folds: Taught['folds']; totals: number[]; outcomes: number[] }

// A ridge shrinks less the more it has seen: the last windows are nearest to the whole, where they hold enough outcomes to tell.
function tellingOf(windows: readonly Window[]): readonly Window[] {
  const late = windows.slice(-LATE_WINDOWS)
  const outcomes = late.flatMap(({ test }) => test.map(({ isPositive }) => isPositive))
  const positives = outcomes.filter(Boolean).length
  return Math.min(positives, outcomes.length - positives) >= gate.each ? late : windows
}

// Each window by a card of what came before it, with chances fitted to the windows between: what it promised was known in advance.
function judge(windows: readonly Window[], cardOf: (model: Model) => CardTerms): Judgement {
  const so: Judgement = { folds: [], totals: [], outcomes: [] }
  for (const { model, rate, test } of windows) {
    const terms = cardOf(model)
    const totals = Float64Array.from(test, ({ facts }) => scoreAfterADay(terms, facts).total)
    const came = Uint8Array.from(test, ({ isPositive }) => Number(isPositive))
    const calibration = calibrationOf(Float64Array.from(so.totals), Uint8Array.from(so.outcomes))
    const brier = totals.reduce((sum, total, row) => sum + ((chanceOfPoints(calibration, total) ?? rate) - (came[row] ?? 0)) ** 2, 0) / Math.max(totals.length, 1)
    so.folds.push({ leads: test.length, positives: came.reduce((sum, each) => sum + each, 0), auc: areaUnder(totals, came), brier })
    so.totals.push(...totals)
    so.outcomes.push(...came)
  }
  return so
}

/** Without lines that could not be published: over a channel that was archived since, say. */
function sound({ base, lines }: Pick<CardTerms, 'base' | 'lines'>, known: KnownValues): CardTerms {
  const wrong = new Set(lineFaults(lines, known).map(({ at }) => Number(at.split('.')[1])))
  return { base, lines: lines.filter((_, at) => !wrong.has(at)), thresholds: { fit: [1, 0, -1], interest: [1, 0, -1] }, calibration: null }
}

/** What tells leads apart: not what is the same of nearly all, nor what is another for each. */
function usable(all: readonly FactColumn[]): { columns: FactColumn[]; unused: Taught['unused'] } {
  const unused: Taught['unused'] = []
  const columns = all.flatMap((each): FactColumn[] => {
    const counts = new Map<string | null, number>()
    for (const text of each.column.texts) counts.set(text, (counts.get(text) ?? 0) + 1)
    const rest = each.column.texts.length - Math.max(...counts.values())
    const reason = counts.size === 1 ? 'one-value' as const : rest < SELDOM ? 'seldom' as const : each.column.numbers === null && counts.size > SELDOM && counts.size > each.column.texts.length / 2 ? 'one-value-per-row' as const : null
    if (reason !== null) unused.push({ column: each.column.name, reason })
    return reason === null ? [{ ...each, parts: each.parts.filter(({ column }) => new Set(column.texts).size > 1) }] : []
  })
  return { columns: columns.filter((each, at) => !columns.slice(at + 1).some((later) => later.group === each.group && isSame(each.column, later.column))), unused }
}

/** Whether two columns tell the same leads apart (a kind of which there is one channel): one of them says it all. */
function isSame(one: Column, other: Column): boolean {
  const [there, back] = [new Map<string | null, string | null>(), new Map<string | null, string | null>()]
  return one.texts.every((text, row) => {
    const its = other.texts[row] ?? null
    if (!there.has(text) && !back.has(its)) { there.set(text, its); back.set(its, text) }
    return there.get(text) === its && back.get(its) === text && there.has(text)
  })
}
