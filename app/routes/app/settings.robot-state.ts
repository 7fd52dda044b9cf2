import { switchRobot } from '~/domain/notifications'
import { SwitchRobot } from '~/domain/notifications/contract'
import { backTo, submit } from '~/http'

export const action = submit({ permission: 'robots:write', form: SwitchRobot.pick({ on: true }) }, async ({ ctx, input, params }) =>
  backTo('/settings/robots', () => switchRobot(ctx, { robotId: params['robotId'] as never, ...input }), () => '/settings/robots?done=changed'))
