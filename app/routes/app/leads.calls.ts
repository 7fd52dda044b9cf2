import * as z from 'zod'
import { startCall } from '~/domain/leads'
import { submit } from '~/http'
import { offlineAnswer } from '~/ui/leads/offline-answer'
import { leadOf } from './leads.named'

/** I am calling this lead. */
export const action = submit({ permission: 'leads:write', form: z.object({}) }, ({ ctx, params, request }) => startCall(ctx, { leadId: leadOf(params, request) }))

export const clientAction = offlineAnswer
