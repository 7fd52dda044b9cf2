import * as z from 'zod'
import { moveToTeam } from '~/domain/orgs'
import { backTo, submit } from '~/http'
import type { Id } from '~/lib/ids'

/** A member's team, or none. */
export const action = submit({ permission: 'members:write', form: z.object({ teamId: z.string().default('') }) }, async ({ ctx, input, params }) =>
  backTo('/settings/members', () => moveToTeam(ctx, { memberId: params['memberId'] as Id<'mem'>, teamId: input.teamId === '' ? null : (input.teamId as Id<'team'>) })),
)
