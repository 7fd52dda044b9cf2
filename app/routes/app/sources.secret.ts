import { rotateSecret } from '~/domain/capture'
import { RotateSecret } from '~/domain/capture/contract'
import { submit } from '~/http'

/** A new secret: ours is answered this once, one that the platform issued is brought along and not said again. */
export const action = submit({ permission: 'sources:write', form: RotateSecret.omit({ sourceId: true }) }, async ({ ctx, input, params }) => {
  const { secret, formerUntil } = await rotateSecret(ctx, { sourceId: params['sourceId'] as never, ...input })
  return { secret: input.secret === null ? secret : null, formerUntil }
})
