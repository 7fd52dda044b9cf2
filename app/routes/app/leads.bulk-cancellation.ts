import * as z from 'zod'
import { cancelBulk } from '~/domain/views'
import { redirectTo, submit } from '~/http'

export const action = submit({ permission: 'leads:write', form: z.object({}) }, async ({ ctx, params }) => redirectTo(`/leads/bulk/${(await cancelBulk(ctx, { bulkId: params['bulkId'] as never })).bulkId}`))
