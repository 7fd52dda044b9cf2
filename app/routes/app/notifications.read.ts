import { markRead } from '~/domain/notifications'
import { MarkRead } from '~/domain/notifications/contract'
import { doneOrBack, submit } from '~/http'

export const action = submit({ permission: 'leads:read', form: MarkRead }, async ({ ctx, input, request }) => doneOrBack(request, '/notifications', await markRead(ctx, input)))
