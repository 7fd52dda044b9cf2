import * as z from 'zod'
import { deactivateMember } from '~/domain/orgs'
import { backTo, submit } from '~/http'
import type { Id } from '~/lib/ids'

/** The end of a member's access. */
export const action = submit({ permission: 'members:write', form: z.object({}) }, async ({ ctx, params }) =>
  backTo('/settings/members', () => deactivateMember(ctx, { memberId: params['memberId'] as Id<'mem'> })),
)
