import * as z from 'zod'
import { revokeInvitation } from '~/domain/orgs'
import { backTo, submit } from '~/http'
import type { Id } from '~/lib/ids'

/** The withdrawal of an invitation. */
export const action = submit({ permission: 'members:write', form: z.object({}) }, async ({ ctx, params }) =>
  backTo('/settings/members', () => revokeInvitation(ctx, { invitationId: params['invitationId'] as Id<'inv'> })),
)
