import { addDays, localDate } from '~/lib/period'
import type { Tx } from '~db/client.server'
import type { Context } from '../../kernel'
import type { ForecastQuestion } from '../contract'
import { organisationOf } from '../moments'
import { monthOf } from './months'
import { openLines, wonLines, type OpenLine, type Rates, type WonLine } from './open-lines'
import { readArrivals, readPaths, type Arrivals, type Path } from './paths'
import { learnStepRates } from './step-rates'

export type ForecastNow = {
  timeZone: string; currency: string; today: string; current: string; paths: Path[]; arrivals: Arrivals[]
  rates: Rates; lines: OpenLine[]; /** of this month */ wins: WonLine[]; everyWin: WonLine[]
}

/** What page, list, API and command line share: open leads with their chances, and what was won in this month so far. */
export async function readForecast(tx: Tx, ctx: Context, question: ForecastQuestion): Promise<ForecastNow> {
  const { timeZone, currency } = await organisationOf(tx)
  const paths = await readPaths(tx, ctx, question)
  const arrivals = await readArrivals(tx, timeZone)
  const today = localDate(ctx.now, timeZone)
  const current = monthOf(today)
  // Of now everything up to this very moment is known.
  const moment = new Date(ctx.now.getTime() + 1)
  const rates = learnStepRates(paths, arrivals, { moment, timeZone, end: addDays(today, 1) })
  const everyWin = wonLines(paths, moment, timeZone)
  return { timeZone, currency, today, current, paths, arrivals, rates, lines: openLines(paths, rates, { moment, current, timeZone }), wins: everyWin.filter(({ month }) => month === current), everyWin }
}
