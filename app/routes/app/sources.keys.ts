import { updateSourceKeys } from '~/domain/capture'
import { UpdateSourceKeys } from '~/domain/capture/contract'
import { submit } from '~/http'

/** Keys and settings of a source; an empty secret keeps what is stored. */
export const action = submit({ permission: 'sources:write', form: UpdateSourceKeys.omit({ sourceId: true }) }, ({ ctx, input, params }) =>
  updateSourceKeys(ctx, { ...input, sourceId: params['sourceId'] as never }),
)
