// What will be won, month by month? Open valid leads' expected amount × the historic chance of the step they are in, in the
// month they are expected, with what this month has brought so far; an 80 % band; and how far past forecasts were off.
// Reads `stage_moves` once with its leads by primary key (all of the organisation: rates are learned from everybody's), and
// `leads` once by day; everything else is reckoned from these two (analytics/forecast).
import { sql } from 'drizzle-orm'
import { toUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { query, type Context } from '../../kernel'
import { leadFilter, visibleLeads } from '../../leads'
import { LeadFilter } from '../../leads/contract'
import { ForecastQuery, type ForecastQuestion } from '../contract'
import { backTest, type BackTest } from '../forecast/back-test'
import { posteriorsOf, type OpenLine, type WonLine } from '../forecast/open-lines'
import { readForecast } from '../forecast/read-forecast'
import type { StepRate } from '../forecast/step-rates'
import { monthsOf, sumsOf, type ForecastMonth, type ForecastSums } from '../forecast/sum-months'
import type { ForecastDimension } from '../vocabulary'

/** One line an owner, channel or product line: this month and all months. `key` is its id; null where leads have none. */
export type ForecastRow = { key: string | null; label: string | null; kind: string | null; month: ForecastSums; all: ForecastSums }
export type CurrencyForecast = { currency: string; months: ForecastMonth[]; totals: ForecastSums; rows: ForecastRow[] }
/** Open valid leads of which nobody has said what they may bring: in no month, and not counted as nothing. */
export type WithoutAmount = Record<'inquiry' | 'qualified' | 'graded', number>
export type ForecastReport = {
  as_of: string; time_zone: string; month: string; by: ForecastDimension; currency: string
  /** the organisation's currency first; others stand apart, because there are no exchange rates yet */
  currencies: CurrencyForecast[]
  without_amount: WithoutAmount
  rates: StepRate[]
  back_test: BackTest
}

/**
 * The forecast of the leads the viewer may see. Amounts are minor units of the currency they stand under; months are of the
 * organisation's time zone. The chances are the whole organisation's. Refuses: not-allowed, invalid.
 */
export const forecast = query({
  name: 'report.forecast',
  permission: 'reports:read',
  input: ForecastQuery,
  async run({ tx, ctx, input }): Promise<ForecastReport> {
    const now = await readForecast(tx, ctx, input)
    const { timeZone, currency, current, rates } = now
    const posteriors = posteriorsOf(rates)
    const others = [...new Set([...now.lines, ...now.wins].map((line) => line.currency))].filter((code) => code !== currency).sort()
    const names = await namesOf(tx, input.by, [...now.lines, ...now.wins].flatMap((line) => keyOf(line, input.by) ?? []))
    const currencies = [currency, ...others].map((code): CurrencyForecast => {
      const lines = now.lines.filter((line) => line.currency === code)
      const wins = now.wins.filter((line) => line.currency === code)
      const rowOf = (key: string | null): ForecastRow => {
        const [own, ownWins] = [lines.filter((line) => keyOf(line, input.by) === key), wins.filter((line) => keyOf(line, input.by) === key)]
        const named = key === null ? undefined : names.get(key)
        return { key, label: named?.label ?? null, kind: named?.kind ?? null, month: sumsOf(own.filter(({ month }) => month === current), ownWins, posteriors), all: sumsOf(own, ownWins, posteriors) }
      }
      const rows = [...new Set([...lines, ...wins].map((line) => keyOf(line, input.by)))].map(rowOf)
      rows.sort((a, b) => (a.all.total === b.all.total ? (a.label ?? '').localeCompare(b.label ?? '') : a.all.total > b.all.total ? -1 : 1))
      return { currency: code, months: monthsOf(lines, wins, current, posteriors), totals: sumsOf(lines, wins, posteriors), rows }
    })
    return {
      as_of: now.today, time_zone: timeZone, month: current, by: input.by, currency, currencies, without_amount: await withoutAmount(tx, ctx, input, timeZone),
      rates: Object.values(rates), back_test: backTest({ ...now, now: ctx.now }),
    }
  },
})

/** The filter of the list of open leads without an amount, in a stage. */
export const withoutAmountBehind = ({ owner, channel, line }: Pick<ForecastQuestion, 'owner' | 'channel' | 'line'>, stage: keyof WithoutAmount): LeadFilter =>
  LeadFilter.parse({ verdict: 'valid', stage, ...(owner === undefined ? {} : { owner }), ...(channel === undefined ? {} : { channel }), f: ['amount.empty', ...(line === undefined ? [] : [`line.is.${line}`])] })

async function withoutAmount(tx: Tx, ctx: Context, input: ForecastQuestion, timeZone: string): Promise<WithoutAmount> {
  const in_ = (stage: keyof WithoutAmount) => leadFilter(ctx, withoutAmountBehind(input, stage), timeZone)
  const [found] = await tx.execute<WithoutAmount>(sql`
    select count(*) filter (where ${in_('inquiry')})::int as inquiry, count(*) filter (where ${in_('qualified')})::int as qualified, count(*) filter (where ${in_('graded')})::int as graded
    from leads l join lead_stages s on s.org_id = l.org_id and s.lead_id = l.id where s.stage in ('inquiry', 'qualified', 'graded') and ${visibleLeads(ctx, 'l')}`)
  return found ?? { inquiry: 0, qualified: 0, graded: 0 }
}

const keyOf = (line: OpenLine | WonLine, by: ForecastDimension): Id<'mem'> | Id<'ch'> | Id<'pl'> | null => (by === 'owner' ? line.ownerId : by === 'channel' ? line.channelId : line.lineId)

const tables = { owner: sql`members`, channel: sql`channels`, line: sql`product_lines` }

async function namesOf(tx: Tx, by: ForecastDimension, keys: readonly string[]): Promise<Map<string, { label: string; kind: string | null }>> {
  const ids = new Map([...new Set(keys)].map((key) => [toUuid(key), key]))
  if (ids.size === 0) return new Map()
  const rows = await tx.execute<{ id: string; label: string; kind: string | null }>(sql`
    select d.id::text as id, d.name as label, ${by === 'channel' ? sql`d.kind` : sql`null`} as kind from ${tables[by]} d where d.id = any (${`{${[...ids.keys()].join(',')}}`}::uuid[])`)
  return new Map(rows.map((row) => [ids.get(row.id) ?? row.id, row]))
}
