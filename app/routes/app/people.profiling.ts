import * as z from 'zod'
import { objectToProfiling, withdrawObjection } from '~/domain/scoring'
import { doneOrBack, submit } from '~/http'

const Form = z.object({ leaveOut: z.enum(['yes', 'no']), lead: z.string().max(40).optional() })

/** Leaves somebody out of profiling because they asked for it, or takes them back in. */
export const action = submit({ permission: 'leads:write', form: Form }, async ({ ctx, input: { leaveOut, lead }, params, request }) => {
  const person = { personId: params['personId'] as never }
  const done = leaveOut === 'yes' ? await objectToProfiling(ctx, person) : await withdrawObjection(ctx, person)
  return doneOrBack(request, lead === undefined ? `/people/${params['personId'] ?? ''}` : `/leads/${encodeURIComponent(lead)}`, done)
})
