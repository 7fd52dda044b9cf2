import * as z from 'zod'
import { isDate } from '~/lib/period'
import { funnelViews } from '../leads/vocabulary'
import { dimensionNames, speedDimensions } from './vocabulary'

const day = z.string().refine(isDate, 'not-a-day')

/** A question about the funnel. Days are of the organisation's time zone, both included; `as_of` hides what came later. */
export const FunnelQuery = z.object({
  from: day,
  to: day,
  by: z.enum(dimensionNames).default('channel'),
  view: z.enum(funnelViews).default('cohort'),
  as_of: day.optional(),
})

/** The same, with days in their order. */
export const FunnelQuestion = FunnelQuery.refine(({ from, to }) => from <= to, { message: 'ends-before-it-begins', path: ['to'] })
export type FunnelQuestion = z.output<typeof FunnelQuestion>

/** The address of the funnel page: what is mangled falls back, so that an old link still shows a page. */
export const FunnelSearch = z.object({
  period: z.string().optional().catch(undefined),
  from: day.optional().catch(undefined),
  to: day.optional().catch(undefined),
  by: z.enum(dimensionNames).catch('channel'),
  view: z.enum(funnelViews).catch('cohort'),
  as_of: day.optional().catch(undefined),
  compare: z.enum(['previous', 'off']).catch('previous'),
})
export type FunnelSearch = z.output<typeof FunnelSearch>

/** A question about how fast leads are answered: of those that came in from `from` to `to`. */
export const SpeedQuery = z.object({ from: day, to: day, by: z.enum(speedDimensions).default('channel') })
export const SpeedQuestion = SpeedQuery.refine(({ from, to }) => from <= to, { message: 'ends-before-it-begins', path: ['to'] })
export type SpeedQuestion = z.output<typeof SpeedQuestion>

/** The address of the page of speed-to-lead. */
export const SpeedSearch = z.object({
  period: z.string().optional().catch(undefined),
  from: day.optional().catch(undefined),
  to: day.optional().catch(undefined),
  by: z.enum(speedDimensions).catch('channel'),
})
