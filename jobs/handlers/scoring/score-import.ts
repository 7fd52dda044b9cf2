import { scoreImport } from '~/domain/scoring'
import type { Handler } from '~jobs/handler'

/** Leads of a file have no event of their own: those it made or asked again for are scored when it has ended. Twice changes nothing. */
export const scoreImported: Handler<'import.finished'> = async (ctx, { payload }) => {
  await scoreImport(ctx, payload.importId)
}
