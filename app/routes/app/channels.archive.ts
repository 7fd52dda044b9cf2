import * as z from 'zod'
import { archiveChannel, restoreChannel } from '~/domain/channels'
import { submit } from '~/http'

export const action = submit({ permission: 'channels:write', form: z.object({ archived: z.enum(['true', 'false']) }) }, ({ ctx, input, params }) =>
  (input.archived === 'true' ? archiveChannel : restoreChannel)(ctx, { channelId: params['channelId'] as never }),
)
