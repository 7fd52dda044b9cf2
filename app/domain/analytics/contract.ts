import * as z from 'zod'
import { isDate } from '~/lib/period'
import { funnelViews } from '../leads/vocabulary'
import { idOf } from '../kernel/contract'
import { dimensionNames, forecastDimensions, LATER, speedDimensions } from './vocabulary'

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

const orNone = <T extends z.ZodType>(of: T) => z.union([z.literal('').transform(() => null), z.null(), of]).optional().transform((value) => value ?? null)
/** A day's report, of the organisation or a team. */
export const DailyReportQuestion = z.object({ day, teamId: orNone(idOf('team')) })
export const DailySearch = z.object({ day: day.optional().catch(undefined), team: idOf('team').optional().catch(undefined) })
/** Contacts logged on a day, of one member, a team or everybody; calls only, where asked for. */
export const ContactsOfDay = z.object({ day, memberId: idOf('mem').optional(), teamId: idOf('team').optional(), callsOnly: z.boolean().default(false) })
export const ContactsSearch = z.object({ day: day.optional().catch(undefined), member: idOf('mem').optional().catch(undefined), team: idOf('team').optional().catch(undefined), kind: z.enum(['call']).optional().catch(undefined) })

const month = z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])$/, 'not-a-month')
const goal = z.preprocess((value) => (value === '' || value === undefined ? null : value), z.coerce.number({ error: 'not-a-number' }).int('not-a-number').min(1, 'too-small').max(100_000, 'too-large').nullable())
export const TargetsOf = z.object({ month })
/** What a member or a team is to reach in a month; empty sets none. */
export const SetTargets = z.object({ month, subject: z.union([idOf('mem'), idOf('team')]), contacts_per_day: goal, qualified_per_month: goal })
/** When the report of the organisation (no team) or a team is made, as a form writes a time: 18:30. */
export const SetReportPlan = z.object({
  teamId: orNone(idOf('team')), at: z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'not-a-time'),
  on: z.union([z.boolean(), z.string().transform((text) => text === 'on' || text === 'true')]).default(false),
})

const owner = z.union([idOf('mem'), z.literal('none')])
const channel = z.union([idOf('ch'), z.literal('none')])
/** What is expected to be won, month by month: of one owner, channel or product line where said. */
export const ForecastQuery = z.object({ owner: owner.optional(), channel: channel.optional(), line: idOf('pl').optional(), by: z.enum(forecastDimensions).default('owner') })
export type ForecastQuestion = z.output<typeof ForecastQuery>
const forecastMonth = z.union([month, z.literal(LATER)])
/** The leads behind a number of the forecast: of a month, a currency, in a stage (or grade), or those past their month. */
export const ForecastLeads = ForecastQuery.extend({ month: forecastMonth.optional(), currency: z.string().regex(/^[A-Z]{3}$/).optional(), step: z.enum(['inquiry', 'qualified', 'A', 'B', 'C', 'D']).optional(), overdue: z.boolean().default(false) })
export type ForecastLeadsQuestion = z.output<typeof ForecastLeads>
/** The wins of a month, in a currency. */
export const ForecastWins = ForecastQuery.extend({ month: month.optional(), currency: z.string().regex(/^[A-Z]{3}$/).optional() })
export type ForecastWinsQuestion = z.output<typeof ForecastWins>
const blankIsNone = <T extends z.ZodType>(of: T) => z.union([z.literal('').transform(() => undefined), of]).optional().catch(undefined)
/** The address of the forecast page. */
export const ForecastSearch = z.object({ owner: blankIsNone(owner), channel: blankIsNone(channel), line: blankIsNone(idOf('pl')), by: z.enum(forecastDimensions).catch('owner') })
export const ForecastLeadsSearch = ForecastSearch.extend({
  month: forecastMonth.optional().catch(undefined), currency: z.string().regex(/^[A-Z]{3}$/).optional().catch(undefined), step: z.enum(['inquiry', 'qualified', 'A', 'B', 'C', 'D']).optional().catch(undefined),
  overdue: z.literal('1').optional().catch(undefined), won: z.literal('1').optional().catch(undefined),
})
/** What a rep's grades and Clew's suggestions have in common; over all that the viewer sees. */
export const GradeAgreementQuery = z.object({})
