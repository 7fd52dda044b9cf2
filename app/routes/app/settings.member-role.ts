import * as z from 'zod'
import { changeRole } from '~/domain/orgs'
import { roles } from '~/domain/orgs/vocabulary'
import { backTo, submit } from '~/http'
import type { Id } from '~/lib/ids'

/** A member's role. */
export const action = submit({ permission: 'members:write', form: z.object({ role: z.enum(roles) }) }, async ({ ctx, input, params }) =>
  backTo('/settings/members', () => changeRole(ctx, { memberId: params['memberId'] as Id<'mem'>, role: input.role })),
)
