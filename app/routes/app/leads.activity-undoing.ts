import { offlineAnswer } from '~/ui/leads/offline-answer'
import * as z from 'zod'
import { undoActivity } from '~/domain/leads'
import { submit } from '~/http'

export const action = submit({ permission: 'leads:write', form: z.object({}) }, ({ ctx, params, request }) => undoActivity(ctx, { activityId: (params['activityId'] ?? new URL(request.url).searchParams.get('activity')) as never }))

export const clientAction = offlineAnswer
