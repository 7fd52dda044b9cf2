import * as z from 'zod'
import { testRobot } from '~/domain/notifications'
import { backTo, submit } from '~/http'

export const action = submit({ permission: 'robots:write', form: z.object({}) }, async ({ ctx, params }) =>
  backTo('/settings/robots', () => testRobot(ctx, { robotId: params['robotId'] as never }), ({ problem }) => (problem === null ? '/settings/robots?done=sent' : '/settings/robots')))
