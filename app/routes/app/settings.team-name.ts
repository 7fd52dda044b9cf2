import * as z from 'zod'
import { renameTeam } from '~/domain/orgs'
import { backTo, submit } from '~/http'
import type { Id } from '~/lib/ids'

/** A team's name. */
export const action = submit({ permission: 'members:write', form: z.object({ name: z.string().default('') }) }, async ({ ctx, input, params }) =>
  backTo('/settings/teams', () => renameTeam(ctx, { teamId: params['teamId'] as Id<'team'>, name: input.name })),
)
