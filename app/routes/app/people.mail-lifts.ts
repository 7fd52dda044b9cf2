import { liftSuppression } from '~/domain/outreach'
import { LiftSuppression } from '~/domain/outreach/contract'
import { doneOrBack, submit } from '~/http'

/** Lets an address get mail again, with the reason why. */
export const action = submit({ permission: 'outreach:write', form: LiftSuppression.omit({ personId: true }) }, async ({ ctx, input, params, request }) =>
  doneOrBack(request, `/people/${params['personId'] ?? ''}`, await liftSuppression(ctx, { personId: params['personId'] as never, ...input })))
