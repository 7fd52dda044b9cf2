import { z } from '@hono/zod-openapi'

const count = z.number().int()
const money = z.string().openapi({ example: '1200.00' })
const sums = {
  won: money.openapi({ description: 'won in the current month so far' }), wins: count, weighted: money.openapi({ description: 'open leads: expected amount × chance' }),
  total: money, low: money.openapi({ description: '10th percentile of the total' }), high: money.openapi({ description: '90th percentile' }),
  full: money.openapi({ description: 'open leads without chances' }), leads: count, overdue: count, placed: count.openapi({ description: 'leads without a month, placed by the median time' }),
}
const Sums = z.object(sums).openapi('ForecastSums')
const Rate = z.object({
  step: z.enum(['inquiry', 'qualified', 'A', 'B', 'C', 'D']), won: count, of: count, chance: z.number().openapi({ description: 'drawn towards the prior' }),
  interval: z.object({ lo: z.number(), hi: z.number() }).nullable().openapi({ description: 'Wilson, 95 %, of won in of' }), prior: z.number(),
  few: z.boolean(), horizon_days: count, median_days: z.number(),
}).openapi('ForecastRate')
const Tested = z.object({
  month: z.string(), forecast: money, low: money, high: money, won: money, unseen: money, error: z.number().nullable(), inside: z.boolean(),
}).openapi('ForecastTestedMonth')

/** What `forecastFigures` says, for the description of the API. */
export const ForecastAnswer = z.object({
  as_of: z.string(), time_zone: z.string(), month: z.string(), by: z.string(), currency: z.string(),
  currencies: z.array(z.object({
    currency: z.string(), months: z.array(Sums.extend({ month: z.string().openapi({ description: '2026-11, or later' }) })), totals: Sums,
    rows: z.array(z.object({ key: z.string().nullable(), label: z.string().nullable(), month: Sums, all: Sums })),
  })),
  without_amount: z.object({ inquiry: count, qualified: count, graded: count }).openapi({ description: 'open valid leads without an expected amount: in no month' }),
  rates: z.array(Rate),
  back_test: z.object({ months: z.array(Tested), mape: z.number().nullable(), inside: count, of: count, without_wins: count, enough: z.boolean() })
    .openapi({ description: 'months that are over, of the organisation’s currency: what would have been forecast on their first day' }),
}).openapi('ForecastReport')
