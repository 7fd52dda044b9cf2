import * as z from 'zod'
import { localDay } from '~/domain/kernel/contract'
import { overrideCell } from '~/domain/scoring'
import { cells, overrideReasons } from '~/domain/scoring/vocabulary'
import { doneOrBack, submit } from '~/http'
import { addDays, dayStart } from '~/lib/period'

const noDay = z.literal('').transform(() => null)
/** `until` is the last day it holds, in the organisation's time zone. */
const Form = z.object({ cell: z.coerce.number().pipe(z.literal(cells)), reason: z.enum(overrideReasons), until: z.union([noDay, localDay]).optional() })

/** Sets the cell of a lead by hand. */
export const action = submit({ permission: 'leads:write', form: Form }, async ({ ctx, viewer, input: { cell, reason, until }, params, request }) =>
  doneOrBack(request, `/leads/${params['leadId'] ?? ''}`, await overrideCell(ctx, {
    leadId: params['leadId'] as never, cell, reason, until: until === undefined || until === null ? null : dayStart(addDays(until, 1), viewer.org.timeZone),
  })))
