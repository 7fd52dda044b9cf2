import { forgetMails as forget } from '~/domain/outreach'
import type { Handler } from '~jobs/handler'

/** Erases what was written to somebody who is forgotten. */
export const forgetMails: Handler<'people.forgotten'> = async (ctx, { payload }) => {
  await forget(ctx, payload)
}
