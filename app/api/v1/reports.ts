import { createRoute, z } from '@hono/zod-openapi'
import { forecast, forecastFigures, funnelByStage, speedToLead, type FunnelRow } from '~/domain/analytics'
import { ForecastQuery, FunnelQuery, SpeedQuery } from '~/domain/analytics/contract'
import { apiContext } from '~/http'
import { presetPeriod } from '~/lib/period'
import { ForecastAnswer } from './forecast-answer'
import { apiRouter, problems } from './router'

const ratio = z.number().nullable().openapi({ description: 'null where there is nothing to divide by' })
const count = z.number().int()

const FunnelRowAnswer = z.object({
  key: z.string().nullable().openapi({ description: 'id of the channel, campaign, source or member; null where leads have none, apart from one called "unknown"' }),
  label: z.string().nullable(),
  exposures: z.number().nullable(),
  inquiries: count, leads: count, valid_leads: count, qualified: count, graded: count, won: count, lost: count, junk: count,
  imported: count.openapi({ description: 'leads that are imported history' }),
  ripening: count.openapi({ description: 'valid leads without an outcome, younger than nine in ten wins take' }),
  rates: z.object({
    valid: ratio, qualified: ratio, graded: ratio, won: ratio, lost: ratio,
    inquiry_to_qualified: ratio, qualified_to_graded: ratio, graded_to_won: ratio,
  }),
  win_rate: ratio,
  win_rate_interval: z.object({ lo: z.number(), hi: z.number() }).nullable().openapi({ description: 'Wilson, 95 %; null in the activity view' }),
  days_to_won: z.object({ avg: z.number().nullable(), median: z.number().nullable(), p90: z.number().nullable() }),
  judged: z.boolean().openapi({ description: 'false: too few leads or wins to compare by' }),
}).openapi('FunnelRow')

const FunnelAnswer = z.object({
  view: z.enum(['cohort', 'activity']), by: z.string(), from: z.string(), to: z.string(), as_of: z.string(), time_zone: z.string(),
  rows: z.array(FunnelRowAnswer), totals: FunnelRowAnswer,
}).openapi('FunnelReport')

const funnel = createRoute({
  method: 'get',
  path: '/reports/funnel',
  summary: 'Leads by stage, of those that came in (cohort) or of what happened (activity)',
  request: { query: FunnelQuery.partial({ from: true, to: true }) },
  responses: { ...problems, 200: { description: 'Rows and totals; days are of the organisation’s time zone, both included', content: { 'application/json': { schema: FunnelAnswer } } } },
})

const waits = z.object({ p50: z.number().nullable(), p90: z.number().nullable() }).openapi({ description: 'minutes; null where nothing was answered' })
const SpeedRowAnswer = z.object({
  key: z.string().nullable().openapi({ description: 'id of the channel or member, or the hour (0 to 23); null where leads have none' }),
  label: z.string().nullable(), answered: count, unanswered: count, kept: count, missed: count, in_time: ratio, calendar: waits, working: waits,
  judged: z.boolean().openapi({ description: 'false: too few answered leads to compare by' }),
}).openapi('SpeedRow')
const SpeedAnswer = z.object({ by: z.string(), from: z.string(), to: z.string(), time_zone: z.string(), rows: z.array(SpeedRowAnswer), totals: SpeedRowAnswer }).openapi('SpeedReport')

const speed = createRoute({
  method: 'get',
  path: '/reports/speed-to-lead',
  summary: 'Minutes from arrival to first response, of leads that came in during a period',
  request: { query: SpeedQuery.partial({ from: true, to: true }) },
  responses: { ...problems, 200: { description: 'Rows and totals: calendar minutes, and working minutes by the organisation’s hours and holidays as they stand now', content: { 'application/json': { schema: SpeedAnswer } } } },
})

const one = (what: string) => z.string().optional().openapi({ description: `id of ${what}` })
const forecastRoute = createRoute({
  method: 'get',
  path: '/reports/forecast',
  summary: 'What is expected to be won, month by month, with an 80 % band, the chances it is reckoned with and how far past forecasts were off',
  request: { query: ForecastQuery.extend({ owner: one('the owner, or none'), channel: one('the channel, or none'), line: one('the product line') }) },
  responses: { ...problems, 200: { description: 'A block a currency (the organisation’s first; there are no exchange rates yet). Money is a decimal string of the currency it stands under', content: { 'application/json': { schema: ForecastAnswer } } } },
})

/** Reports of the API, mounted beside the other resources of /api/v1. */
export const reports = apiRouter()

reports.openapi(funnel, async (c) => {
  const ctx = await apiContext(c.req.raw, 'reports:read')
  const { from, to, ...question } = c.req.valid('query')
  const all = presetPeriod('all', ctx.now, 'UTC')
  const { rows, totals, ...asked } = await funnelByStage(ctx, { ...question, from: from ?? all.from, to: to ?? all.to })
  return c.json({ ...asked, rows: rows.map(answerOf), totals: answerOf(totals) }, 200)
})

reports.openapi(speed, async (c) => {
  const ctx = await apiContext(c.req.raw, 'reports:read')
  const { from, to, by } = c.req.valid('query')
  const all = presetPeriod('last-90-days', ctx.now, 'UTC')
  const { rows, totals, ...asked } = await speedToLead(ctx, { by, from: from ?? all.from, to: to ?? all.to })
  const shown = ({ kind: _kind, ...row }: (typeof rows)[number]) => row
  return c.json({ ...asked, rows: rows.map(shown), totals: shown(totals) }, 200)
})

reports.openapi(forecastRoute, async (c) => {
  const ctx = await apiContext(c.req.raw, 'reports:read')
  return c.json(forecastFigures(await forecast(ctx, c.req.valid('query') as never)), 200)
})

const answerOf = ({ kind: _kind, few: _few, ...row }: FunnelRow) => ({ ...row, win_rate: row.rates.won })
