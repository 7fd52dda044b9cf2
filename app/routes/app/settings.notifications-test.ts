import * as z from 'zod'
import { sendTestNotice } from '~/domain/notifications'
import { backTo, submit } from '~/http'

export const action = submit({ permission: 'leads:read', form: z.object({}) }, async ({ ctx }) =>
  backTo('/settings/notifications', () => sendTestNotice(ctx, {}), () => '/settings/notifications?tested=1'))
