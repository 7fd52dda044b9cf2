import * as z from 'zod'
import { removeTeam } from '~/domain/orgs'
import { backTo, submit } from '~/http'
import type { Id } from '~/lib/ids'

/** The removal of a team nobody is in. */
export const action = submit({ permission: 'members:write', form: z.object({}) }, async ({ ctx, params }) =>
  backTo('/settings/teams', () => removeTeam(ctx, { teamId: params['teamId'] as Id<'team'> })),
)
