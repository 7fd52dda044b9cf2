import * as z from 'zod'
import { suppressAddress } from '~/domain/outreach'
import { SuppressAddress } from '~/domain/outreach/contract'
import { doneOrBack, submit } from '~/http'

/** Notes that somebody wants no mail at one of their addresses. */
export const action = submit({ permission: 'leads:write', form: SuppressAddress.omit({ personId: true }).extend({ to: z.string() }) }, async ({ ctx, input, params, request }) =>
  doneOrBack(request, `/people/${params['personId'] ?? ''}`, await suppressAddress(ctx, { personId: params['personId'] as never, to: input.to })))
