import { scoreRecords as score } from '~/domain/scoring'
import type { Handler } from '~jobs/handler'

/** People or companies changed, were merged or split: the leads on which they hang are scored anew. Twice changes nothing. */
export const scoreRecords: Handler<'merge.made' | 'merge.split' | 'people.changed' | 'people.forgotten' | 'company.changed' | 'suppression.changed'> = async (ctx, { payload }) => {
  await score(ctx, payload)
}
