import type { LeadFilter } from '../leads/contract'

/** The counted numbers of a funnel row that open a list of leads, and the filter of that list. Defined here only. */
export const leadMetrics = {
  leads: {},
  valid_leads: { verdict: 'valid' },
  qualified: { verdict: 'valid', reached: 'qualified' },
  graded: { verdict: 'valid', reached: 'graded' },
  won: { verdict: 'valid', reached: 'won' },
  lost: { verdict: 'valid', lost: true },
  junk: { verdict: 'junk' },
} as const satisfies Record<string, Partial<LeadFilter>>
export type LeadMetric = keyof typeof leadMetrics
export const leadMetricNames = Object.keys(leadMetrics) as LeadMetric[]

/** What a funnel row counts; `exposures` is null where nobody counts them by this dimension. */
export type FunnelCounts = Record<LeadMetric, number> & { exposures: number | null; inquiries: number }

/** Shares of one count in another; null where there is nothing to divide by. */
export type FunnelRates = {
  /** valid leads of leads: 有效率 */
  valid: number | null
  /** of valid leads */
  qualified: number | null
  graded: number | null
  won: number | null
  lost: number | null
  /** from one stage to the next */
  inquiry_to_qualified: number | null
  qualified_to_graded: number | null
  graded_to_won: number | null
}

/** Below this many leads, or this many wins, a rate is greyed: too few to judge. */
export const judgedFrom = { leads: 30, won: 5 } as const

const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole)

/** Rates of a row or of totals: always a ratio of sums, never a mean of ratios. */
export const ratesOf = ({ leads, valid_leads: valid, qualified, graded, won, lost }: FunnelCounts): FunnelRates => ({
  valid: ratio(valid, leads),
  qualified: ratio(qualified, valid),
  graded: ratio(graded, valid),
  won: ratio(won, valid),
  lost: ratio(lost, valid),
  inquiry_to_qualified: ratio(qualified, valid),
  qualified_to_graded: ratio(graded, qualified),
  graded_to_won: ratio(won, graded),
})

/** The counted numbers of a speed-to-lead row, and the filter of the list behind each. Of valid leads that came in live. Defined here only. */
export const speedMetrics = {
  /** somebody answered: the waits of these are what p50 and p90 are of */
  answered: { verdict: 'valid', answered: 'yes' },
  unanswered: { verdict: 'valid', answered: 'no' },
  /** the first response that was promised came in time; or it ran out */
  kept: { verdict: 'valid', sla: 'kept' },
  missed: { verdict: 'valid', sla: 'missed' },
} as const satisfies Record<string, Partial<LeadFilter>>
export type SpeedMetric = keyof typeof speedMetrics
export const speedMetricNames = Object.keys(speedMetrics) as SpeedMetric[]
export type SpeedCounts = Record<SpeedMetric, number>

/** Share of promised first responses that came in time, of those decided; null where none is. */
export const keptShare = ({ kept, missed }: Pick<SpeedCounts, 'kept' | 'missed'>): number | null => ratio(kept, kept + missed)

/** The numbers of a day's report that open a list of leads, and the filter of that list beside its days. `overdue` is of now. Defined here only. */
export const dailyLeadMetrics = {
  leads: { view: 'cohort', ...leadMetrics.leads },
  kept: { view: 'cohort', ...speedMetrics.kept },
  missed: { view: 'cohort', ...speedMetrics.missed },
  qualified: { view: 'activity', ...leadMetrics.qualified },
  graded: { view: 'activity', ...leadMetrics.graded },
  won: { view: 'activity', ...leadMetrics.won },
} as const satisfies Record<string, Partial<LeadFilter>>
export type DailyLeadMetric = keyof typeof dailyLeadMetrics
