import * as z from 'zod'
import { rotateSecret } from '~/domain/capture'
import { submit } from '~/http'

/** A new secret, answered this once. */
export const action = submit({ permission: 'sources:write', form: z.object({}) }, ({ ctx, params }) => rotateSecret(ctx, { sourceId: params['sourceId'] as never }))
