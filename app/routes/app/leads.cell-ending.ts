import { nothing } from '~/domain/kernel/contract'
import { endOverride } from '~/domain/scoring'
import { doneOrBack, submit } from '~/http'

/** Ends what somebody set by hand: the card's cell counts again. */
export const action = submit({ permission: 'leads:write', form: nothing }, async ({ ctx, params, request }) =>
  doneOrBack(request, `/leads/${params['leadId'] ?? ''}`, await endOverride(ctx, { leadId: params['leadId'] as never })))
