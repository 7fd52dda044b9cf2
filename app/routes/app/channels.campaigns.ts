import { createCampaign } from '~/domain/channels'
import { CreateCampaign } from '~/domain/channels/contract'
import { submit } from '~/http'

/** A new campaign of the channel. */
export const action = submit({ permission: 'channels:write', form: CreateCampaign.omit({ channelId: true }) }, ({ ctx, input, params }) =>
  createCampaign(ctx, { ...input, channelId: params['channelId'] as never }),
)
