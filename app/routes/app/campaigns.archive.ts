import * as z from 'zod'
import { archiveCampaign, restoreCampaign } from '~/domain/channels'
import { submit } from '~/http'

export const action = submit({ permission: 'channels:write', form: z.object({ archived: z.enum(['true', 'false']) }) }, ({ ctx, input, params }) =>
  (input.archived === 'true' ? archiveCampaign : restoreCampaign)(ctx, { campaignId: params['campaignId'] as never }),
)
