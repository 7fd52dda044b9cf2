import { sendConfirmation as send } from '~/domain/capture'
import type { Handler } from '~jobs/handler'

/** Mails the link that makes a submission count. One that was confirmed or decided meanwhile is left alone. */
export const sendConfirmation: Handler<'form.confirmation-asked'> = async (ctx, { payload }) => {
  await send(ctx, { deliveryId: payload.deliveryId })
}
