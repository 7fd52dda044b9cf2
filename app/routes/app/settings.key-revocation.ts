import * as z from 'zod'
import { revokeApiKey } from '~/domain/auth'
import { backTo, submit } from '~/http'
import type { Id } from '~/lib/ids'

/** The end of an API key. */
export const action = submit({ permission: 'keys:write', form: z.object({}) }, async ({ ctx, params }) =>
  backTo('/settings/keys', () => revokeApiKey(ctx, { keyId: params['keyId'] as Id<'key'> })),
)
