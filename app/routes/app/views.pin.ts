import * as z from 'zod'
import { pinView } from '~/domain/views'
import { redirectTo, submit } from '~/http'
import { refusedView, viewPath } from './views.path'

export const action = submit({ permission: 'leads:read', form: z.object({ pinned: z.enum(['yes', 'no']) }) }, ({ ctx, input, params }) =>
  refusedView(async () => redirectTo(viewPath((await pinView(ctx, { viewId: params['viewId'] as never, pinned: input.pinned === 'yes' })).viewId))))
