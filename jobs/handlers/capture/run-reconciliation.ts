import { runReconciliation as run } from '~/domain/capture'
import type { Handler } from '~jobs/handler'

/** Compares a source with its platform's own list, and fetches what is missing. */
export const runReconciliation: Handler<'source.reconciliation-requested'> = async (ctx, { payload }) => {
  await run(ctx, { reconciliationId: payload.reconciliationId })
}
