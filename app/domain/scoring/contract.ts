import * as z from 'zod'
import type { Id } from '~/lib/ids'
import { channelKinds } from '../channels/vocabulary'
import { idOf } from '../kernel/contract'
import { personRoles, touchKinds } from '../leads/vocabulary'
import { fieldTests, mostLines, reachWays, scoreGroups, unknowables, type Cell } from './vocabulary'

const some = <S extends z.ZodType>(each: S) => z.array(each).min(1, 'required').max(200)
const text = z.string().trim().min(1, 'required').max(200)
const days = z.number().int('not-a-number').min(1, 'too-small').max(3_650, 'too-large')

/**
 * What a line asks of a lead. Those of the first block hold or do not; those of the second count each occurrence.
 * Texts are compared without regard to case and width (NFKC).
 */
export const Criterion = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('employees'), from: z.number().int().min(0).nullable(), to: z.number().int().min(0).nullable() }),
  z.object({ kind: z.literal('industry'), values: some(text) }),
  z.object({ kind: z.literal('country'), values: some(z.string().regex(/^[A-Z]{2}$/)) }),
  z.object({ kind: z.literal('role'), values: some(z.enum(personRoles)) }),
  z.object({ kind: z.literal('free-mail') }),
  z.object({ kind: z.literal('reachable'), by: z.enum(reachWays) }),
  z.object({ kind: z.literal('customer') }),
  z.object({ kind: z.literal('channel-kind'), values: some(z.enum(channelKinds)) }),
  z.object({ kind: z.literal('channel'), values: some(idOf('ch')) }),
  z.object({ kind: z.literal('campaign'), values: some(idOf('cmp')) }),
  z.object({ kind: z.literal('source'), values: some(idOf('src')) }),
  z.object({ kind: z.literal('product-line'), values: some(idOf('pl')) }),
  z.object({ kind: z.literal('landing-page'), values: some(text) }),
  /** 0 is Sunday, in the organisation's time zone */
  z.object({ kind: z.literal('weekday'), values: some(z.number().int().min(0).max(6)) }),
  z.object({ kind: z.literal('field'), fieldId: idOf('cf'), test: z.enum(fieldTests), values: z.array(text).max(200), number: z.number().nullable() }),
  /** what a form was answered; without `contains` any answer will do */
  z.object({ kind: z.literal('answer'), question: text, contains: text.nullable() }),
  z.object({ kind: z.literal('unknown'), of: z.enum(unknowables) }),
  /** the latest human touch, contact or inquiry is at most so old */
  z.object({ kind: z.literal('recency'), days }),
  z.object({ kind: z.literal('unsubscribed') }),
  /** the last attempts, so many in a row, stayed without an answer */
  z.object({ kind: z.literal('silence'), attempts: z.number().int().min(1).max(50) }),

  /** human touches of a kind; `page` is a part of the address of a page */
  z.object({ kind: z.literal('touch'), touch: z.enum(touchKinds), page: text.nullable() }),
  /** a human stay in a webinar of at least so many minutes */
  z.object({ kind: z.literal('webinar'), minutes: z.number().int().min(1).max(1_440) }),
  /** they answered: a contact with a two-way outcome */
  z.object({ kind: z.literal('reply') }),
  /** an inquiry after the first */
  z.object({ kind: z.literal('asked-again') }),
])
export type Criterion = z.output<typeof Criterion>
export type CriterionKind = Criterion['kind']
/** Criteria that give a line for each occurrence. */
export const countedKinds: ReadonlySet<CriterionKind> = new Set<CriterionKind>(['touch', 'webinar', 'reply', 'asked-again'])

/**
 * A line of a card: criterion → points. Of what is counted: at most `most` times, at most once in `everyDays` days.
 * Points halve every `halfLifeDays` and end after `expiresDays`, both counted in whole days since it happened.
 * With `onlyWith` it counts only where the line of that key does.
 */
export const CardLine = z.object({
  key: z.string().regex(/^[a-z0-9-]{1,40}$/), group: z.enum(scoreGroups), criterion: Criterion,
  points: z.number().int('not-a-number').min(-1_000, 'too-small').max(1_000, 'too-large'),
  most: z.number().int().min(1, 'too-small').max(1_000, 'too-large').nullable(), everyDays: days.nullable(), halfLifeDays: days.nullable(), expiresDays: days.nullable(),
  onlyWith: z.string().nullable(),
})
export type CardLine = z.output<typeof CardLine>

/** From how many points on a group is 1, 2 and 3 (falling); below the last it is 4. */
const Thresholds = z.tuple([z.number().int(), z.number().int(), z.number().int()])

/** A whole card. `base` are the points of `fit` that everybody begins with. `calibration` turns total points into a chance. */
export const CardTerms = z.object({
  base: z.number().int().min(-10_000).max(10_000), lines: z.array(CardLine).max(mostLines),
  thresholds: z.object({ fit: Thresholds, interest: Thresholds }),
  calibration: z.object({ slope: z.number(), offset: z.number() }).nullable(),
})
export type CardTerms = z.output<typeof CardTerms>

/** What is wrong with terms. Those of `openFaults` a draft may have while it is being made. */
export const faultCodes = [
  'no-lines', 'class-unreachable', 'no-points', 'not-falling', 'from-after-to', 'duplicate-key', 'reserved-key', 'only-with-unknown', 'only-with-cycle', 'only-with-never',
  'not-counted', 'every-longer-than-expiry', 'field-unknown', 'field-archived', 'field-test', 'value-unknown', 'value-archived', 'value-missing', 'number-missing',
] as const
export type FaultCode = (typeof faultCodes)[number]
export const openFaults: ReadonlySet<FaultCode> = new Set<FaultCode>(['no-lines', 'class-unreachable'])
/** `at` is the path in the terms: `lines.3.points`, `thresholds.fit.0`, `lines`. */
export type CardFault = { at: string; code: FaultCode; params: Record<string, string | number> }

/** The parameters of the fault of one field, out of those of a refusal (`<at>.<name>`). */
export function faultParams(params: Readonly<Record<string, string | number>>, at: string): Record<string, string | number> {
  return Object.fromEntries(Object.entries(params).flatMap(([name, value]) => (name.startsWith(`${at}.`) ? [[name.slice(at.length + 1), value]] : [])))
}

/** A line that does not count for now, because what it asks about is gone. */
export type PausedLine = { line: string; at: number; reason: 'field-unknown' | 'field-archived' | 'value-unknown' }

export const cardOutcomes = ['won', 'qualified'] as const
export type CardOutcome = (typeof cardOutcomes)[number]
export const horizons = [30, 60, 90, 180] as const
export const templateKeys = ['general', 'inbound', 'events'] as const
export type TemplateKey = (typeof templateKeys)[number]

/** Shares are 0 to 1; those of chances are null where points cannot be turned into chances. */
export type CardQuality = {
  auc: number; average_precision: number; lift_10: number; capture_20: number; capture_50: number
  brier: number | null; log_loss: number | null; ece: number | null
}
export type CardRef = { cardId: Id<'scd'>; version: number }
/** Leads that say nothing of how leads come out, by why. */
export type LeftOutLeads = { open: number; junk: number; merged: number; importedWithoutOutcomes: number }
export type MissingData = { leads: number; leadsNeeded: number; positives: number; negatives: number; eachNeeded: number; leftOut: LeftOutLeads }
export type LessonAsk = { outcome: CardOutcome; horizonDays: number; allow: string[] }
export type LearnedLesson = LessonAsk & {
  state: 'done'; hoursAfter: number; of: string; at: string; leads: number; positives: number; rate: number; sampledFrom: number | null
  window: { from: string; to: string }; heldBack: { leads: number; positives: number; from: string; to: string }; leftOut: LeftOutLeads
  leaks: { column: string; reason: 'knows-outcome' | 'too-good' | 'better-than-rest'; auc: number; rest: number | null; isAllowed: boolean }[]
  unused: { column: string; reason: 'one-value' | 'one-value-per-row' | 'seldom' }[]
  folds: { leads: number; positives: number; auc: number; brier: number }[]
  quality: CardQuality | null; published: (CardQuality & CardRef) | null; penalty: number
}
/** What a learned card was learned from, or why not. */
export type Lesson = (LessonAsk & { state: 'asked' }) | (LessonAsk & { state: 'abstained'; missing: MissingData }) | LearnedLesson

export type CellCount = { cell: Cell; leads: number }
/** Who would stand elsewhere if this card were in force, of the open leads as they are now. `fit` and `interest` count by class: row from, column to. */
export type CellMoves = {
  same: number; better: number; worse: number; sideways: number
  fit: number[][]; interest: number[][]; top: { from: Cell; to: Cell; leads: number }[]; examples: { leadId: Id<'lead'>; from: Cell | null; to: Cell }[]
}
/** How good a card is on leads it has not seen. Moments are ISO texts. */
export type BacktestReport = {
  state: 'done'; of: string; at: string; outcome: CardOutcome; horizonDays: number; hoursAfter: number; comparedWith: CardRef | null
  leads: { known: number; tested: number; positives: number; negatives: number; needed: number; sampledFrom: number | null }
  window: { from: string; to: string } | null; before: { leads: number; to: string } | null
  calibration: { slope: number; offset: number } | null
  quality: CardQuality | null; published: CardQuality | null
  deciles: { rows: number; positives: number; predicted: number | null; actual: number; lift: number }[]
  curve: { from: number; to: number; rows: number; predicted: number; actual: number; low: number; high: number }[]
  channels: { channelId: Id<'ch'> | null; name: string | null; leads: number; positives: number; auc: number | null }[]
  cells: { cell: Cell; leads: number; positives: number }[]
  /** where the open leads would stand */
  open: { leads: number; sampledFrom: number | null; stands: CellCount[] }
  moves: CellMoves | null
}
/** A test that is going on in a job. */
export type RunningTest = { state: 'running'; of: string; at: string; outcome: CardOutcome; horizonDays: number; done: number; total: number }
