import * as z from 'zod'
import { endCall } from '~/domain/leads'
import { submit } from '~/http'
import { offlineAnswer } from '~/ui/leads/offline-answer'
import { leadOf } from './leads.named'

/** I am done with this lead on the telephone. */
export const action = submit({ permission: 'leads:write', form: z.object({}) }, ({ ctx, params, request }) => endCall(ctx, { leadId: leadOf(params, request) }))

export const clientAction = offlineAnswer
