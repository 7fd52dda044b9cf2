import * as z from 'zod'
import { reactivateMember } from '~/domain/orgs'
import { backTo, submit } from '~/http'
import type { Id } from '~/lib/ids'

/** A deactivated member let in again. */
export const action = submit({ permission: 'members:write', form: z.object({}) }, async ({ ctx, params }) =>
  backTo('/settings/members', () => reactivateMember(ctx, { memberId: params['memberId'] as Id<'mem'> })),
)
