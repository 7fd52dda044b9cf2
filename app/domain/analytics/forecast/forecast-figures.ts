import { formatMinor } from '~/lib/money'
import type { ForecastReport } from '../questions/forecast'
import type { ForecastSums } from './sum-months'

/** A forecast as API and command line answer it: amounts as decimal texts of the currency they stand under. */
export function forecastFigures({ currencies, rates, back_test: test, ...report }: ForecastReport) {
  const own = (minor: bigint) => formatMinor(minor, report.currency)
  return {
    ...report,
    currencies: currencies.map(({ currency, months, totals, rows }) => ({
      currency, months: months.map((month) => ({ month: month.month, ...figuresOf(month, currency) })), totals: figuresOf(totals, currency),
      rows: rows.map(({ key, label, month, all }) => ({ key, label, month: figuresOf(month, currency), all: figuresOf(all, currency) })),
    })),
    rates: rates.map(({ step, won, of, chance, interval, prior, few, horizonDays, medianDays }) => ({ step, won, of, chance, interval, prior, few, horizon_days: horizonDays, median_days: medianDays })),
    back_test: {
      months: test.months.map(({ month, forecast, low, high, won, unseen, error, inside }) => ({ month, forecast: own(forecast), low: own(low), high: own(high), won: own(won), unseen: own(unseen), error, inside })),
      mape: test.mape, inside: test.inside, of: test.of, without_wins: test.withoutWins, enough: test.enough,
    },
  }
}

function figuresOf({ won, wins, weighted, total, low, high, full, leads, overdue, placed }: ForecastSums, currency: string) {
  const money = (minor: bigint) => formatMinor(minor, currency)
  return { won: money(won), wins, weighted: money(weighted), total: money(total), low: money(low), high: money(high), full: money(full), leads, overdue, placed }
}

export type ForecastFigures = ReturnType<typeof forecastFigures>
