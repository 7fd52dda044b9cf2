import { unmarkRead } from '~/domain/notifications'
import { UnmarkRead } from '~/domain/notifications/contract'
import { doneOrBack, submit } from '~/http'

export const action = submit({ permission: 'leads:read', form: UnmarkRead }, async ({ ctx, input, request }) => doneOrBack(request, '/notifications', await unmarkRead(ctx, input)))
