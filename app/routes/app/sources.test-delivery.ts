import * as z from 'zod'
import { sendTest } from '~/domain/capture'
import { submit } from '~/http'

/** A signed test through the source's own door. */
export const action = submit({ permission: 'sources:write', form: z.object({}) }, ({ ctx, params }) => sendTest(ctx, { sourceId: params['sourceId'] as never }))
