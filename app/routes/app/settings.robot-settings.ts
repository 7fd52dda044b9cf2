import { changeRobot } from '~/domain/notifications'
import { ChangeRobot } from '~/domain/notifications/contract'
import { backTo, submit } from '~/http'

export const action = submit({ permission: 'robots:write', form: ChangeRobot.omit({ robotId: true }) }, async ({ ctx, input, params }) =>
  backTo('/settings/robots', () => changeRobot(ctx, { robotId: params['robotId'] as never, ...input }), () => '/settings/robots?done=changed'))
