import { runLearning } from '~/domain/scoring'
import type { Handler } from '~jobs/handler'

/** Learns a card that was asked for. Learned twice it changes nothing. */
export const learnAsked: Handler<'card.learning-asked'> = async (ctx, { payload }) => {
  await runLearning(ctx, payload)
}
