import * as z from 'zod'
import { removeRobot } from '~/domain/notifications'
import { backTo, submit } from '~/http'

export const action = submit({ permission: 'robots:write', form: z.object({}) }, async ({ ctx, params }) =>
  backTo('/settings/robots', () => removeRobot(ctx, { robotId: params['robotId'] as never }), () => '/settings/robots?done=removed'))
