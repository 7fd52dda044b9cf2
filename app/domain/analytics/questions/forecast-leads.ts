// Which leads are behind a number of the forecast, and what does each add? The same reading as `forecast`, line by line.
import type { Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { query, type Context } from '../../kernel'
import { leadListRows, type LeadListRow } from '../../leads'
import { ForecastLeads, ForecastWins } from '../contract'
import { posteriorsOf, type OpenLine, type WonLine } from '../forecast/open-lines'
import { readForecast } from '../forecast/read-forecast'
import { bucketOf, sumsOf, type ForecastSums } from '../forecast/sum-months'

/** The leads behind a number of the forecast, each with what it adds: the sum of `weighted` is the number. */
export type ForecastLead = OpenLine & { lead: LeadListRow }
export type ForecastLeadsAnswer = { leads: ForecastLead[]; count: number; sums: ForecastSums | null; currency: string }

const MOST_LEADS = 500

/** Open leads of a forecast, the heaviest first; of one currency (the organisation's unless said). At most 500 are listed, all are counted. */
export const forecastLeads = query({
  name: 'report.forecast-leads',
  permission: 'reports:read',
  input: ForecastLeads,
  async run({ tx, ctx, input }): Promise<ForecastLeadsAnswer> {
    const { lines, current, currency: own, rates } = await readForecast(tx, ctx, input)
    const currency = input.currency ?? own
    const meant = lines.filter((line) => line.currency === currency && (input.month === undefined || bucketOf(line.month, current) === input.month)
      && (input.step === undefined || line.step === input.step) && (!input.overdue || line.overdue))
    meant.sort((a, b) => (a.weighted === b.weighted ? a.leadId.localeCompare(b.leadId) : a.weighted > b.weighted ? -1 : 1))
    const leads = await withLeads(tx, ctx, meant)
    return { leads, count: meant.length, sums: meant.length === 0 ? null : sumsOf(meant, [], posteriorsOf(rates)), currency }
  },
})

/** A won lead and what it brought. */
export type ForecastWin = WonLine & { lead: LeadListRow }
export type ForecastWinsAnswer = { wins: ForecastWin[]; count: number; sum: bigint; currency: string; month: string }

/** The leads won in a month (this one unless said), of one currency; the largest first. At most 500 are listed, all are counted. */
export const forecastWins = query({
  name: 'report.forecast-wins',
  permission: 'reports:read',
  input: ForecastWins,
  async run({ tx, ctx, input }): Promise<ForecastWinsAnswer> {
    const { everyWin, current, currency: own } = await readForecast(tx, ctx, input)
    const [currency, month] = [input.currency ?? own, input.month ?? current]
    const meant = everyWin.filter((line) => line.currency === currency && line.month === month)
    meant.sort((a, b) => (a.amount === b.amount ? a.leadId.localeCompare(b.leadId) : a.amount > b.amount ? -1 : 1))
    return { wins: await withLeads(tx, ctx, meant), count: meant.length, sum: meant.reduce((sum, { amount }) => sum + amount, 0n), currency, month }
  },
})

async function withLeads<L extends { leadId: Id<'lead'> }>(tx: Tx, ctx: Context, lines: readonly L[]): Promise<(L & { lead: LeadListRow })[]> {
  const shown = lines.slice(0, MOST_LEADS)
  const rows = new Map((await leadListRows(tx, ctx, shown.map(({ leadId }) => leadId))).map((row) => [row.id, row]))
  return shown.flatMap((line) => {
    const lead = rows.get(line.leadId)
    return lead === undefined ? [] : [{ ...line, lead }]
  })
}
