import { updateSource } from '~/domain/capture'
import { UpdateSource } from '~/domain/capture/contract'
import { submit } from '~/http'

/** The name of a source, and where its leads go from now on. */
export const action = submit({ permission: 'sources:write', form: UpdateSource.omit({ sourceId: true }) }, ({ ctx, input, params }) =>
  updateSource(ctx, { ...input, sourceId: params['sourceId'] as never }),
)
