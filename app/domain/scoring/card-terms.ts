import * as z from 'zod'
import { channelKinds } from '../channels/vocabulary'
import { idOf } from '../kernel/contract'
import { personRoles, touchKinds } from '../leads/vocabulary'
import { fieldTests, mostLines, reachWays, scoreGroups, unknowables } from './vocabulary'

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
