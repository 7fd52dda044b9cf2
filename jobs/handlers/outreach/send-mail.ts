import { sendMail as send } from '~/domain/outreach'
import type { Handler } from '~jobs/handler'

/** Sends a mail whose time has come. What goes wrong is noted with the mail, which is tried again by the schedule. */
export const sendMail: Handler<'mail.due'> = async (ctx, { payload }) => {
  await send(ctx, payload)
}
