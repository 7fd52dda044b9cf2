import { renameCampaign } from '~/domain/channels'
import { RenameCampaign } from '~/domain/channels/contract'
import { submit } from '~/http'

export const action = submit({ permission: 'channels:write', form: RenameCampaign.omit({ campaignId: true }) }, ({ ctx, input, params }) =>
  renameCampaign(ctx, { ...input, campaignId: params['campaignId'] as never }),
)
