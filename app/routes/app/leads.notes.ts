import { offlineAnswer } from '~/ui/leads/offline-answer'
import * as z from 'zod'
import { addNote } from '~/domain/leads'
import { submit } from '~/http'
import { leadOf } from './leads.named'

export const action = submit({ permission: 'leads:write', form: z.object({ note: z.string().min(1, 'required') }) }, ({ ctx, input, params, request }) =>
  addNote(ctx, { leadId: leadOf(params, request), note: input.note }),
)

export const clientAction = offlineAnswer
