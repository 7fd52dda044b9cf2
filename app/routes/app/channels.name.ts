import { renameChannel } from '~/domain/channels'
import { CreateChannel } from '~/domain/channels/contract'
import { submit } from '~/http'

export const action = submit({ permission: 'channels:write', form: CreateChannel }, ({ ctx, input, params }) => renameChannel(ctx, { ...input, channelId: params['channelId'] as never }))
