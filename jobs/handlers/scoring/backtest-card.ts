import { runBacktest } from '~/domain/scoring'
import type { Handler } from '~jobs/handler'

/** Tests a card on many leads. Tested twice it changes nothing. */
export const backtestAsked: Handler<'card.backtest-asked'> = async (ctx, { payload }) => {
  await runBacktest(ctx, payload)
}
